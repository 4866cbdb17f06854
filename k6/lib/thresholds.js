/** What has to hold. k6 ends with 99 where it does not. */
import { INSTANCES } from './instances.js';
import { PROFILE, chosenScenarios, measuredRequests, parts } from './profiles.js';

/** The routes that the report shows by themselves. */
export const ROUTES = [
  'GET /carts/:id',
  'GET /carts/:id/items/:item',
  'POST /carts/:id/items',
  'PATCH /carts/:id/items',
  'DELETE /carts/:id/items/:item',
  'POST /carts/:id/merge',
  'POST /carts/:id/checkout',
];

/** The paper's promise is the last of these: 300 ms for 99.9 % of the requests at 500 requests a second. */
const PROMISED = ['p(95)<100', 'p(99)<200', 'p(99.9)<300'];

/** Of a single route, of which there are too few requests for more; a merge at login is two writes. */
const PROMISED_OF_ROUTE = 'p(99)<300';

const PROMISE = {
  requests: PROMISED,
  operations: PROMISED,
  route: PROMISED_OF_ROUTE,
  failed: 'rate<0.001',
  givenUp: 'rate==0',
  made: 0.999,
};

/**
 * What is left out is not bounded, and only in the report.
 *
 * - requests: durations once warm. The client waits two seconds for an answer (lib/client.js), so a bound beyond that says
 *   nothing of the instances: `operations` and `failed` do
 * - operations: the same with their retries
 * - route: of the requests of each route
 * - failed: share of requests that may be refused or not be answered
 * - givenUp: share of operations that may be given up
 * - made: share of the requests of the profile that have to be made; fewer are where the server is so slow that k6 is
 *   short of virtual users
 * - promised: parts of the load in which the promise holds, whatever holds for all
 */
const BOUNDS = {
  // Instances may have been started just now, and answer their first requests slowly. And it is run where builds are: a disk
  // that holds up an fsync for more than a second has writes refused, and sent again with success. One that is given up
  // fails the run as ever, and so does what the audit finds
  smoke: {
    requests: ['p(95)<1000'],
    operations: ['p(95)<1000'],
    route: 'p(95)<1000',
    failed: 'rate<0.05',
    givenUp: 'rate==0',
    made: 0.9,
  },
  average: PROMISE,
  // It looks for the rate at which answers become slow or refused; the report shows it, the audit has to hold anyway
  stress: { operations: ['p(95)<5000'], failed: 'rate<0.5', givenUp: 'rate<0.01' },
  // The rush may be more than the machine can do. Nobody gives up, and ten seconds after it all is as it was before
  spike: { operations: ['p(95)<2100'], failed: 'rate<0.2', givenUp: 'rate<0.001', promised: ['before', 'after'] },
  soak: PROMISE,
  grow: { ...PROMISE, failed: 'rate==0' },
  // Who meets a stopped instance waits for two seconds; and instances that start take the processor from the others
  trouble: { operations: ['p(95)<2100'], failed: 'rate<0.3', givenUp: 'rate<0.001', made: 0.999 },
};

export function thresholds() {
  const bounds = BOUNDS[PROFILE];
  const all = {
    'http_req_duration{phase:load}': bounds.requests || [],
    'operation_duration{phase:load}': bounds.operations,
    'http_req_failed{phase:load}': [bounds.failed],
    'operation_failed{phase:load}': [bounds.givenUp],
    unexpected_answers: ['count==0'],
    audit_carts_compared: ['count>0'],
    audit_lost: ['count==0'],
    audit_doubled: ['count==0'],
    audit_resurfaced: ['count==0'],
    audit_unread: ['count==0'],
    operations_confirmed: ['count>0'],
    operations_unaudited: ['count==0'],
  };
  if (bounds.made) {
    all['iterations{phase:load}'] = [made(bounds.made, measuredRequests(), 1)];
  }
  for (const route of ROUTES) {
    all[`http_req_duration{phase:load,name:${route}}`] = bounds.route ? [bounds.route] : [];
  }
  for (const part of parts) {
    const promised = bounds.promised?.includes(part);
    all[`http_req_duration{part:${part}}`] = promised ? PROMISE.requests : [];
    all[`http_req_failed{part:${part}}`] = [promised ? PROMISE.failed : bounds.failed];
    if (promised) {
      all[`iterations{part:${part}}`] = [made(PROMISE.made, measuredRequests(part), 2)];
    }
  }
  for (const url of INSTANCES) {
    all[`audit_shared_missing{instance:${url}}`] = ['count<=0'];
    all[`audit_shared_surplus{instance:${url}}`] = ['count<=0'];
  }
  return all;
}

/** A request of each scenario may fall behind an end: that of the load, or either of a part. */
function made(share, requests, ends) {
  return `count>=${Math.floor(share * (requests - ends * chosenScenarios.length))}`;
}
