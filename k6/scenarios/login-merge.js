/** Guests who fill a cart, turn out to be customers that have one already, and take the one into the other. */
import { anyItem, between } from '../lib/data.js';
import { stepper } from '../lib/journey.js';
import { OwnCart } from '../lib/own-cart.js';
import { ownNumber } from '../lib/virtual-user.js';

let logins = 0;

export const loginStep = stepper(function* (run) {
  const name = `${ownNumber()}-${++logins}`;
  const guest = new OwnCart(run, `${run}-guest-${name}`);
  const customer = new OwnCart(run, `${run}-member-${name}`);
  const inBoth = anyItem();
  const steps = [
    () => customer.add(inBoth, 1),
    () => guest.add(inBoth, between(1, 3)),
    () => guest.add(anyItem(), 1),
    () => guest.remove(inBoth.itemId),
    () => guest.add(inBoth, 2),
    () => customer.merge(guest),
    // A second login finds nothing new
    () => customer.merge(guest),
    () => customer.browse(),
  ];
  for (const step of steps) {
    if (guest.isOver || customer.isOver) {
      return;
    }
    step();
    yield;
  }
});
