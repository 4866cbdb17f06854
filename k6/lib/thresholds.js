/** What has to hold. k6 ends with 99 where it does not. */
import { INSTANCES } from './instances.js';
import { PROFILE } from './profiles.js';

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

/**
 * - duration: of requests, and of operations with their retries, once warm
 * - failed: share of requests that may be refused or not be answered
 * - given: share of operations that may be given up
 * - dropped: whether k6 may be short of virtual users, since the server is too slow
 */
const BOUNDS = {
  smoke: { duration: ['p(95)<1000'], failed: 'rate==0', givenUp: 'rate==0', dropped: 'count==0' },
  average: { duration: PROMISED, failed: 'rate<0.001', givenUp: 'rate==0', dropped: 'count==0' },
  // It looks for the rate at which answers become slow or refused; the report shows it, the audit has to hold anyway
  stress: { duration: ['p(95)<5000'], failed: 'rate<0.5', givenUp: 'rate<0.5' },
  spike: { duration: ['p(95)<1000'], failed: 'rate<0.05', givenUp: 'rate<0.01', dropped: 'count==0' },
  soak: { duration: PROMISED, failed: 'rate<0.001', givenUp: 'rate==0', dropped: 'count==0' },
  // Who meets a stopped instance waits for two seconds; and instances that start take the processor from the others
  trouble: { duration: ['p(95)<2100'], failed: 'rate<0.3', givenUp: 'rate<0.001', dropped: 'count==0' },
};

export function thresholds() {
  const bounds = BOUNDS[PROFILE];
  const all = {
    'http_req_duration{phase:load}': bounds.duration,
    'operation_duration{phase:load}': bounds.duration,
    'http_req_failed{phase:load}': [bounds.failed],
    'operation_failed{phase:load}': [bounds.givenUp],
    dropped_iterations: [bounds.dropped || 'count>=0'],
    unexpected_answers: ['count==0'],
    audit_carts_compared: ['count>0'],
    audit_lost: ['count==0'],
    audit_doubled: ['count==0'],
    audit_resurfaced: ['count==0'],
    audit_unread: ['count==0'],
    operations_confirmed: ['count>0'],
    operations_unaudited: ['count==0'],
  };
  for (const route of ROUTES) {
    all[`http_req_duration{phase:load,name:${route}}`] = [bounds.duration[0]];
  }
  for (const url of INSTANCES) {
    all[`audit_shared_missing{instance:${url}}`] = ['count<=0'];
    all[`audit_shared_surplus{instance:${url}}`] = ['count<=0'];
  }
  return all;
}
