/**
 * Load on the cart, and the proof afterwards that it kept what it confirmed.
 *
 *     k6 run -e PROFILE=smoke k6/cart.js
 *
 * How much load is in lib/profiles.js, what shoppers do in scenarios/, what has to hold in lib/thresholds.js.
 */
import { PROFILE, timetable } from './lib/profiles.js';
import { thresholds } from './lib/thresholds.js';
import { INSTANCES } from './lib/instances.js';
import { awaitReady, PATIENCE, roundTrip } from './lib/readiness.js';
import { summary } from './lib/report.js';
import { auditOwnCarts } from './scenarios/audit.js';
import { hotCartStep } from './scenarios/hot-cart.js';
import { loginStep } from './scenarios/login-merge.js';
import { shopStep } from './scenarios/shop.js';

export const options = {
  scenarios: timetable(),
  thresholds: thresholds(),
  summaryTrendStats: ['count', 'min', 'avg', 'med', 'p(95)', 'p(99)', 'p(99.9)', 'max'],
  systemTags: ['status', 'method', 'name', 'error_code', 'scenario', 'expected_response'],
  userAgent: 'dynamo-cart-k6',
  // The connections of hundreds of shoppers to each instance are kept, as a load balancer keeps them.
  noConnectionReuse: false,
  // Each instance in turn becomes ready and shows what the first has taken; the last try may begin when patience ends
  setupTimeout: `${(PATIENCE + 10) * (2 * INSTANCES.length + 1)}s`,
  tags: { profile: PROFILE },
};

/** Refuses to begin before the system is ready; what it returns, every shopper is given. */
export function setup() {
  awaitReady();
  const run = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
  roundTrip(run);
  return { run };
}

export const shop = shopStep;
export const hotCart = hotCartStep;
export const loginMerge = loginStep;
export const audit = auditOwnCarts;

export function handleSummary(data) {
  return summary(data, PROFILE);
}
