/**
 * A cart, or some lines of one, that only one virtual user changes; and what they must hold by what that user was told.
 * Virtual users share nothing, so each keeps these for itself, and audits them itself in the end.
 */
import * as metrics from './metrics.js';
import { linesOf, newKey, send } from './client.js';

const all = [];

/** All that this virtual user has. */
export function ownCarts() {
  return all;
}

export class OwnCart {
  /** @param owns whether a line of the cart is this user's; all are, unless others use the cart, too */
  constructor(run, id, owns = () => true) {
    this.run = run;
    this.id = id;
    this.owns = owns;
    /** Quantity by item, of all that was confirmed. */
    this.lines = {};
    /** What it is instead if the last write was kept, of which this is not known; null if there is no such write. */
    this.orElse = null;
    /** Items that were there once: too many of these are taken for some that are back, not for an add counted twice. */
    this.removed = new Set();
    this.order = null;
    this.confirmed = 0;
    this.context = undefined;
    all.push(this);
  }

  /** Whether there is an order, or a write of which the outcome is not known. Nothing more is done to such a cart. */
  get isOver() {
    return this.orElse !== null || this.order !== null;
  }

  get isEmpty() {
    return Object.keys(this.lines).length === 0;
  }

  add(item, quantity) {
    const after = { ...this.lines, [item.itemId]: (this.lines[item.itemId] || 0) + quantity };
    return this.write('POST /carts/:id/items', '/items', after, { ...item, quantity });
  }

  set(item, quantity) {
    const after = { ...this.lines, [item.itemId]: quantity };
    return this.write('PATCH /carts/:id/items', '/items', after, { ...item, quantity });
  }

  remove(itemId) {
    return this.write('DELETE /carts/:id/items/:item', `/items/${itemId}`, without(this.lines, itemId));
  }

  /** Reads the cart, and sees whether it shows what was confirmed. */
  browse() {
    const answer = send('GET /carts/:id', `/carts/${this.id}`);
    if (answer) {
      metrics.readsCurrent.add(same(this.owned(linesOf(answer)), this.lines));
    }
  }

  /** Reads one line. */
  look(itemId) {
    const answer = send('GET /carts/:id/items/:item', `/carts/${this.id}/items/${itemId}`);
    if (answer) {
      const quantity = answer.status === 404 ? 0 : answer.json('quantity');
      metrics.readsCurrent.add(quantity === (this.lines[itemId] || 0));
    }
  }

  /** Makes an order of the cart. Whatever the order does not have must still be in the cart. */
  checkOut() {
    const before = this.lines;
    const key = newKey(this.run);
    const context = this.context;
    const answer = this.write('POST /carts/:id/checkout', '/checkout', {}, undefined, key);
    if (answer && answer.status === 200) {
      this.order = { key, context, id: answer.json('orderId'), lines: linesOf(answer) };
      this.lines = difference(before, this.order.lines);
    }
  }

  /** Takes a guest's cart into this one. */
  merge(guest) {
    const after = { ...this.lines };
    for (const [itemId, quantity] of Object.entries(guest.lines)) {
      after[itemId] = (after[itemId] || 0) + quantity;
    }
    guest.orElse = {};
    const answer = this.write('POST /carts/:id/merge', '/merge', after, { sessionId: guest.id });
    if (answer) {
      guest.settle({});
    }
  }

  /** Until a write is confirmed, the cart may be as before or as after it. */
  write(route, path, after, body, key = newKey(this.run)) {
    this.orElse = after;
    const answer = send(route, `/carts/${this.id}${path}`, { body, key, context: this.context });
    if (answer && answer.status === 404) {
      this.orElse = null;
    } else if (answer) {
      // Of the answers to writes only: each covers what the one before it did, a read's might not
      this.context = answer.headers['Cart-Context'] || this.context;
      this.settle(after);
      this.confirmed++;
      metrics.confirmed.add(1);
      metrics.unaudited.add(1);
    }
    return answer;
  }

  settle(after) {
    Object.keys(this.lines)
      .filter((itemId) => !after[itemId])
      .forEach((itemId) => this.removed.add(itemId));
    this.lines = after;
    this.orElse = null;
  }

  /** Whether these may be the lines of the cart in the end: those that were confirmed, with or without an unknown write. */
  mayHold(lines) {
    return same(lines, this.lines) || (this.orElse !== null && same(lines, this.orElse));
  }

  /** Those of the lines of the whole cart that are this user's. */
  owned(lines) {
    return Object.fromEntries(Object.entries(lines).filter(([itemId]) => this.owns(itemId)));
  }
}

/** Whether two carts hold the same; a line of nothing is none. */
export function same(one, other) {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((id) => (one[id] || 0) === (other[id] || 0));
}

function without(lines, itemId) {
  const { [itemId]: _, ...rest } = lines;
  return rest;
}

function difference(lines, taken) {
  const rest = { ...lines };
  for (const [itemId, quantity] of Object.entries(taken)) {
    rest[itemId] = (rest[itemId] || 0) - quantity;
  }
  return rest;
}
