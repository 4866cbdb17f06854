/**
 * A line to which many virtual users add at once. None of them knows what it must hold in the end, but counters do: see
 * `sharedMissing` and `sharedSurplus`.
 */
import * as metrics from './metrics.js';
import { INSTANCES } from './instances.js';
import { linesOf, newKey, send } from './client.js';

const LINE = { itemId: 'for-all', unitPrice: 250 };

/** The name of the hot cart with this number, from 0 on. */
export function hotCartId(run, number) {
  return `${run}-hot-${number}`;
}

export function addToSharedLine(run, cart) {
  eachInstance(metrics.sharedSurplus, -1);
  const answer = send('POST /carts/:id/items', `/carts/${cart}/items`, {
    body: { ...LINE, quantity: 1 },
    key: newKey(run),
  });
  if (answer) {
    eachInstance(metrics.sharedMissing, 1);
  }
}

function eachInstance(counter, quantity) {
  INSTANCES.forEach((url) => counter.add(quantity, { instance: url }));
}

/** What of a hot cart all have added to. */
export function sharedQuantity(cartAnswer) {
  return linesOf(cartAnswer)[LINE.itemId] || 0;
}

/** Sets off what the line holds at an instance against what was counted. */
export function settleSharedLine(url, quantity) {
  metrics.sharedMissing.add(-quantity, { instance: url });
  metrics.sharedSurplus.add(quantity, { instance: url });
}
