/** Whether the system under test is up, asked before the load and before the audit. */
import http from 'k6/http';
import { sleep } from 'k6';
import { INSTANCES } from './instances.js';
import { linesOf, newKey, sendTo } from './client.js';

/** Seconds that an instance may take to become ready, to take the first write, and to answer the audit. */
export const PATIENCE = Number(__ENV.READY_WITHIN || 60);

/** Management that is elsewhere, or behind a balancer; that asks for a password; or that is for others. */
const TELLS_NOTHING = [401, 403, 404];

/** What an instance may answer that is too slow just now: 503, or nothing. */
const NOT_NOW = [0, 503];

/**
 * Waits until every instance says that it is ready; where a balancer hides that, until a cart can be asked for. Whether the
 * answer is the right one, {@link roundTrip} finds out.
 */
export function awaitReady() {
  INSTANCES.forEach((url, instance) => {
    if (!becomes(() => isReady(url, instance))) {
      throw new Error(`${url} is not ready. Is the cluster up, and are BASE_URLS right?`);
    }
  });
}

function isReady(url, instance) {
  const { status } = get(url, '/readyz');
  if (status !== 404) {
    return status === 200;
  }
  const read = sendTo(instance, 'GET /carts/:id', '/carts/nobody', { timeout: '5s' });
  return read.status > 0 && read.status < 500;
}

/**
 * Waits until no instance keeps anything for another that could not be reached, as after an outage: from then on every
 * read shows every confirmed write, where the cart's home replicas answer in time. Where instances do not tell, or it takes
 * too long, the audit will.
 */
export function awaitSettled() {
  for (const url of INSTANCES) {
    becomes(() => {
      const answer = get(url, '/actuator/metrics/dynamo.store.hints');
      return TELLS_NOTHING.includes(answer.status) || (answer.status === 200 && answer.json('measurements.0.value') === 0);
    });
  }
}

function get(url, path) {
  return http.get(url + path, { tags: { name: `GET ${path}` }, timeout: '5s' });
}

function becomes(condition) {
  const end = Date.now() + PATIENCE * 1000;
  while (!condition()) {
    if (Date.now() > end) {
      return false;
    }
    sleep(0.5);
  }
  return true;
}

/**
 * Adds through one instance, and reads through each, so that three shops that do not know each other are found out. The
 * first requests of all may take instances longer than they wait, so these are sent again, the add with the same key.
 */
export function roundTrip(run) {
  const cart = `/carts/${run}-first`;
  const body = { itemId: 'first', quantity: 1, unitPrice: 100 };
  const key = newKey(run);
  const added = patiently(() => sendTo(0, 'POST /carts/:id/items', `${cart}/items`, { body, key, timeout: '10s' }));
  if (added.status !== 201) {
    throw new Error(`${INSTANCES[0]} does not take an add: ${added.status} ${added.error} ${added.body}`);
  }
  INSTANCES.forEach((url, instance) => {
    const read = patiently(() => sendTo(instance, 'GET /carts/:id', cart, { timeout: '10s' }));
    if (read.status !== 200 || linesOf(read).first !== 1) {
      throw new Error(`${url} does not show what ${INSTANCES[0]} was given: ${read.status} ${read.error} ${read.body}`);
    }
  });
}

/** What is answered once an instance can; the last answer if it cannot. */
function patiently(ask) {
  let answer;
  becomes(() => {
    answer = ask();
    return !NOT_NOW.includes(answer.status);
  });
  return answer;
}
