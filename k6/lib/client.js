/**
 * A client as a careful storefront is one. It sends every write with an `Idempotency-Key`, and the same again to the
 * next instance where one does not confirm it: a 503, or no answer at all, means that the outcome is not known.
 */
import http from 'k6/http';
import { sleep } from 'k6';
import { INSTANCES, avoid, inTurn } from './instances.js';
import * as metrics from './metrics.js';
import { ownNumber } from './virtual-user.js';

/** The instances give up after one second. */
const TIMEOUT = '2s';

/** Rounds through all instances before an operation is given up, and the seconds between them if nobody asks for more. */
const ROUNDS = 3;
const BETWEEN_ROUNDS = 0.3;

const AGAIN = [0, 429, 500, 502, 503, 504];

/** Says who asks, where instances want to know (docs/security.md, "Customers' tokens"). */
const TOKEN = __ENV.TOKEN;

// A 404 is an answer: a line, or an order, that is not there
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 299 }, 404));

/** The next identity for a write. */
let writes = 0;
export function newKey(run) {
  writes++;
  return `${run}-${ownNumber()}-${writes}`;
}

/**
 * Sends a request until an instance confirms it.
 *
 * @param route what is asked for, with a name for each value, as in `POST /carts/:id/items`
 * @param path the same with values
 * @param request `body`; `key`, the identity of a write; `context`, what its shopper has seen of the cart
 * @returns the answer; null if none confirmed it, and a write may have been kept or not
 */
export function send(route, path, request = {}) {
  const began = Date.now();
  for (let round = 1; round <= ROUNDS; round++) {
    let pause = BETWEEN_ROUNDS;
    for (const instance of inTurn()) {
      const answer = sendTo(instance, route, path, request);
      if (!AGAIN.includes(answer.status)) {
        return finished(route, answer, began);
      }
      if (answer.status === 0) {
        avoid(instance);
      }
      if (answer.status === 500) {
        // A fault of the service, though the next try may heal it
        unexpected(route, answer);
      }
      pause = Math.max(pause, Number(answer.headers['Retry-After']) || 0);
      metrics.retries.add(1, { name: route });
    }
    sleep(pause);
  }
  metrics.operationFailed.add(true, { name: route });
  return null;
}

function finished(route, answer, began) {
  const expected = answer.status < 300 || answer.status === 404;
  metrics.operationFailed.add(!expected, { name: route });
  if (!expected) {
    unexpected(route, answer);
    return null;
  }
  metrics.operationDuration.add(Date.now() - began, { name: route });
  return answer;
}

function unexpected(route, answer) {
  metrics.unexpectedAnswers.add(1, { name: route });
  console.error(`${route} was answered ${answer.status}: ${answer.body}`);
}

/** Sends a request once, to one instance. */
export function sendTo(instance, route, path, { body, key, context, timeout } = {}) {
  const headers = {};
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  if (TOKEN) {
    headers['Authorization'] = `Bearer ${TOKEN}`;
  }
  if (key) {
    headers['Idempotency-Key'] = key;
  }
  if (context) {
    headers['Cart-Context'] = context;
  }
  const method = route.split(' ')[0];
  return http.request(method, INSTANCES[instance] + path, body ? JSON.stringify(body) : null, {
    headers,
    timeout: timeout || TIMEOUT,
    tags: { name: route },
  });
}

/** The lines of a cart as an answer shows them: quantity by item. */
export function linesOf(answer) {
  const lines = {};
  for (const { itemId, quantity } of answer.json('items')) {
    lines[itemId] = quantity;
  }
  return lines;
}
