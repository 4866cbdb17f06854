/** Whether the system under test is up, asked before the load and before the audit. */
import http from 'k6/http';
import { sleep } from 'k6';
import { INSTANCES } from './instances.js';
import { linesOf, newKey, sendTo } from './client.js';

/** Seconds that an instance may take to become ready, and to answer the audit. */
export const PATIENCE = Number(__ENV.READY_WITHIN || 60);

/** Waits until every instance says that it is ready. */
export function awaitReady() {
  for (const url of INSTANCES) {
    if (!becomes(() => get(url, '/readyz').status === 200)) {
      throw new Error(`${url} is not ready. Is the cluster up, and are BASE_URLS right?`);
    }
  }
}

/**
 * Waits until no instance keeps anything for another that could not be reached, as after an outage: from then on every
 * read shows every confirmed write, where the cart's home replicas answer in time. Where instances do not tell, or it takes too long, the audit will.
 */
export function awaitSettled() {
  for (const url of INSTANCES) {
    becomes(() => {
      const answer = get(url, '/actuator/metrics/dynamo.store.hints');
      return answer.status === 404 || (answer.status === 200 && answer.json('measurements.0.value') === 0);
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

/** Adds through one instance, and reads through each, so that three shops that do not know each other are found out. */
export function roundTrip(run) {
  const cart = `/carts/${run}-first`;
  const body = { itemId: 'first', quantity: 1, unitPrice: 100 };
  const added = sendTo(0, 'POST /carts/:id/items', `${cart}/items`, { body, key: newKey(run), timeout: '10s' });
  if (added.status !== 201) {
    throw new Error(`${INSTANCES[0]} does not take an add: ${added.status} ${added.error} ${added.body}`);
  }
  INSTANCES.forEach((url, instance) => {
    const read = sendTo(instance, 'GET /carts/:id', cart, { timeout: '10s' });
    if (read.status !== 200 || linesOf(read).first !== 1) {
      throw new Error(`${url} does not show what ${INSTANCES[0]} was given: ${read.status} ${read.error} ${read.body}`);
    }
  });
}
