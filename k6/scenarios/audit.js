/**
 * The audit: reads back every cart from every instance, and compares it with what was confirmed. A write of unknown
 * outcome may be there or not, but as a whole; nothing else may differ.
 */
import exec from 'k6/execution';
import { sleep } from 'k6';
import { linesOf, sendTo } from '../lib/client.js';
import { INSTANCES } from '../lib/instances.js';
import * as metrics from '../lib/metrics.js';
import { ownCarts } from '../lib/own-cart.js';
import { PATIENCE, awaitReady, awaitSettled } from '../lib/readiness.js';
import { hotCartId, settleSharedLine, sharedQuantity } from '../lib/shared-line.js';

/**
 * How often this virtual user may read again what differs, half a second apart. Where home replicas take too long to
 * answer, as on a machine with too much to do, stand-ins count, and a read may be behind; what is lost stays lost.
 */
let readsAgain = 20;

/** Run once by every virtual user, for its own carts. The first of them also sees to the lines that all have shared. */
export function auditOwnCarts({ run }) {
  // Not by tag(): with a new scenario k6 has forgotten the tags of the one before
  exec.vu.metrics.tags.phase = 'audit';
  exec.vu.metrics.tags.part = 'none';
  awaitReady();
  awaitSettled();
  for (const cart of ownCarts()) {
    INSTANCES.forEach((_, instance) => auditAt(instance, cart));
    metrics.unaudited.add(-cart.confirmed);
  }
  if (exec.scenario.iterationInTest === 0) {
    auditSharedLines(run);
  }
}

function auditAt(instance, cart) {
  let lines = ownLines(instance, cart);
  while (lines !== null && !cart.mayHold(lines) && mayReadAgain()) {
    lines = ownLines(instance, cart);
  }
  if (lines === null) {
    return;
  }
  metrics.compared.add(1);
  if (!cart.mayHold(lines)) {
    compare(cart, cart.lines, lines, `${cart.id} at ${INSTANCES[instance]}`);
  }
  if (cart.order !== null) {
    auditOrder(instance, cart);
  }
}

/** What an instance shows of the cart, null if it does not answer. */
function ownLines(instance, cart) {
  const answer = read(instance, cart.id);
  return answer === null ? null : cart.owned(linesOf(answer));
}

function mayReadAgain() {
  if (readsAgain === 0) {
    return false;
  }
  readsAgain--;
  metrics.readAgain.add(1);
  sleep(0.5);
  return true;
}

/** A checkout that is repeated is answered with its order, and does nothing. */
function auditOrder(instance, { id, order }) {
  const path = `/carts/${id}/checkout`;
  const request = { key: order.key, context: order.context, timeout: '5s' };
  const answer = insist(() => sendTo(instance, 'POST /carts/:id/checkout', path, request));
  if (answer === null) {
    return;
  }
  const where = `the order of ${id} at ${INSTANCES[instance]}`;
  if (answer.status !== 200 || answer.json('orderId') !== order.id) {
    metrics.lost.add(1);
    console.error(`${where} is lost: ${answer.status} ${answer.body}`);
  } else {
    compare({ removed: new Set() }, order.lines, linesOf(answer), where);
  }
}

function compare(cart, expected, found, where) {
  for (const itemId of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const wanted = expected[itemId] || 0;
    const there = found[itemId] || 0;
    if (there !== wanted) {
      fault(cart, itemId, wanted, there).add(1);
      console.error(`${itemId} in ${where}: ${there}, confirmed were ${wanted}`);
    }
  }
}

function fault(cart, itemId, wanted, there) {
  if (there < wanted) {
    return metrics.lost;
  }
  return cart.removed.has(itemId) ? metrics.resurfaced : metrics.doubled;
}

/** Nobody takes anything from these lines, so an instance that shows less than another is behind, or has lost something. */
function auditSharedLines(run) {
  const quantities = INSTANCES.map((_, instance) => sharedLines(instance, run));
  const most = Math.max(...quantities);
  INSTANCES.forEach((url, instance) => {
    while (quantities[instance] < most && mayReadAgain()) {
      quantities[instance] = sharedLines(instance, run);
    }
    settleSharedLine(url, quantities[instance]);
  });
}

/** Hot carts are numbered from 0 on; the first that is empty was none. */
function sharedLines(instance, run) {
  let quantity = 0;
  for (let number = 0; ; number++) {
    const answer = read(instance, hotCartId(run, number));
    if (answer === null || Object.keys(linesOf(answer)).length === 0) {
      break;
    }
    quantity += sharedQuantity(answer);
  }
  return quantity;
}

function read(instance, id) {
  return insist(() => sendTo(instance, 'GET /carts/:id', `/carts/${id}`, { timeout: '5s' }));
}

/** Asks for as long as an instance may take to become ready; null if there is no answer. */
function insist(ask) {
  const end = Date.now() + PATIENCE * 1000;
  while (Date.now() < end) {
    const answer = ask();
    if (answer.status === 200 || answer.status === 404) {
      return answer;
    }
    sleep(1);
  }
  metrics.unread.add(1);
  return null;
}
