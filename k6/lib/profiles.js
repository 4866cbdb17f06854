import { loadBegan, tag } from './virtual-user.js';

/**
 * How much load, and for how long. A rate is requests a second of all scenarios together; retries and the audit come on
 * top of it. Requests begin at their rate whether or not earlier ones were answered (an open model): a slow server
 * does not slow down those who measure it.
 */

/** Share of each scenario in the requests. */
const SHARES = {
  shop: { share: 0.8, exec: 'shop' },
  'hot-cart': { share: 0.1, exec: 'hotCart' },
  'login-merge': { share: 0.1, exec: 'loginMerge' },
};

/**
 * - warmUp: before anything is measured, two thirds of it at a rising rate. Instances at 500/s on two cores need five
 *   minutes until their compilers are done, which take a third of the processors until then
 * - stages: from `start` to each `rate` in turn; one that has a name in `part` is also measured by itself
 * - patience: seconds that a request may take before the next one would find no virtual user free
 * - grace: seconds that operations under way may take at the end. Where instances are overwhelmed or stopped, one takes 21
 *   until it is given up (client.js); k6 drops what one that is cut off has counted, and the audit would miss it
 */
const PROFILES = {
  smoke: { warmUp: '0s', start: 20, stages: [{ rate: 20, lasts: '20s' }], patience: 1, grace: 5 },
  average: { warmUp: '6m', start: 500, stages: [{ rate: 500, lasts: '60s' }], patience: 0.5, grace: 5 },
  stress: {
    warmUp: '6m',
    start: 500,
    stages: [500, 1000, 1500, 2000].flatMap((rate) => [
      { rate, lasts: '10s' },
      { rate, lasts: '20s', part: `${rate}/s` },
    ]),
    patience: 1,
    grace: 22,
  },
  spike: {
    warmUp: '60s',
    start: 100,
    stages: [
      { rate: 100, lasts: '20s', part: 'before' },
      { rate: 1000, lasts: '5s', part: 'rush' },
      { rate: 1000, lasts: '20s', part: 'rush' },
      { rate: 100, lasts: '5s' },
      { rate: 100, lasts: '10s' },
      { rate: 100, lasts: '20s', part: 'after' },
    ],
    patience: 1,
    grace: 5,
  },
  soak: { warmUp: '6m', start: 250, stages: [{ rate: 250, lasts: '1h' }], patience: 0.5, grace: 5 },
  grow: { warmUp: '60s', start: 200, stages: [{ rate: 200, lasts: '4m' }], patience: 0.5, grace: 5 },
  trouble: { warmUp: '20s', start: 100, stages: [{ rate: 100, lasts: '150s' }], patience: 4, grace: 22 },
};

export const PROFILE = __ENV.PROFILE || 'smoke';
const SCENARIO = __ENV.SCENARIO || 'all';

export const chosenProfile = named(PROFILES, PROFILE, 'PROFILE');
if (SCENARIO !== 'all') {
  named(SHARES, SCENARIO, 'SCENARIO');
}

/** The scenarios that have a part in this run. */
export const chosenScenarios = Object.keys(SHARES).filter((name) => SCENARIO === 'all' || SCENARIO === name);

const warmUp = seconds(__ENV.WARM_UP || chosenProfile.warmUp);

const rate = Number(__ENV.RATE);
const start = rate || chosenProfile.start;
const load = chosenProfile.stages.map((stage) => ({
  rate: rate || stage.rate,
  lasts: seconds(__ENV.DURATION || stage.lasts),
  part: stage.part || 'none',
}));

/** What is measured by itself, in the order in which it comes. */
export const parts = [...new Set(chosenProfile.stages.map((stage) => stage.part).filter(Boolean))];

/** Marks what this virtual user does next: its `phase`, which is `warm-up` or `load`, and the `part` of the load. */
export function markTime() {
  const elapsed = (Date.now() - loadBegan()) / 1000 - warmUp;
  tag('phase', elapsed < 0 ? 'warm-up' : 'load');
  tag('part', partAt(elapsed));
}

function partAt(elapsed) {
  let begins = 0;
  for (const { lasts, part } of load) {
    if (elapsed >= begins && elapsed < begins + lasts) {
      return part;
    }
    begins += lasts;
  }
  return 'none';
}

/** How many requests are measured, in this part or in all, if none has to be left out for want of a virtual user. */
export function measuredRequests(part) {
  return load
    .map((stage, i) => ({ ...stage, from: i === 0 ? start : load[i - 1].rate }))
    .filter((stage) => !part || stage.part === part)
    .reduce((sum, { from, rate, lasts }) => sum + ((from + rate) / 2) * lasts, 0);
}

/** One scenario of k6 for each of ours, and the audit when all have ended. */
export function timetable() {
  const stages = [...load];
  const peak = Math.max(start, ...stages.map((stage) => stage.rate));
  if (warmUp > 0) {
    const rising = Math.ceil((warmUp * 2) / 3);
    stages.unshift({ rate: start, lasts: rising }, { rate: start, lasts: warmUp - rising });
  }

  const scenarios = {};
  for (const name of chosenScenarios) {
    const share = SCENARIO === 'all' ? SHARES[name].share : 1;
    const arrivals = (requests) => Math.max(1, Math.round(requests * share));
    scenarios[name] = {
      executor: 'ramping-arrival-rate',
      exec: SHARES[name].exec,
      startRate: arrivals(warmUp > 0 ? start / 10 : start),
      stages: stages.map((stage) => ({ target: arrivals(stage.rate), duration: `${stage.lasts}s` })),
      preAllocatedVUs: Math.ceil(arrivals(peak) * chosenProfile.patience),
      gracefulStop: `${chosenProfile.grace}s`,
    };
  }
  // As many virtual users as all scenarios together, and one turn for each: so every one audits its own carts.
  scenarios.audit = {
    executor: 'per-vu-iterations',
    exec: 'audit',
    vus: Object.values(scenarios).reduce((sum, scenario) => sum + scenario.preAllocatedVUs, 0),
    iterations: 1,
    startTime: `${stages.reduce((sum, stage) => sum + stage.lasts, 0) + chosenProfile.grace + 1}s`,
    maxDuration: '30m',
  };
  return scenarios;
}

function named(choices, name, variable) {
  if (!(name in choices)) {
    throw new Error(`there is no ${variable} ${name}; there are ${Object.keys(choices).join(', ')}`);
  }
  return choices[name];
}

function seconds(duration) {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration);
  if (!parts || duration === '') {
    throw new Error(`${duration} is no duration; write it like 90s, 10m or 1h30m`);
  }
  return Number(parts[1] || 0) * 3600 + Number(parts[2] || 0) * 60 + Number(parts[3] || 0);
}
