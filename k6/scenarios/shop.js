/**
 * Shoppers, each with a cart of its own: some adds, second thoughts, looks at the cart, and mostly a checkout.
 *
 * A journey is a generator: up to each `yield` is one request, and one iteration of k6. So the rate of iterations is
 * that of requests, however long journeys are.
 */
import { anyItem, between, item, nextAction, oneOf } from '../lib/data.js';
import { stepper } from '../lib/journey.js';
import { OwnCart } from '../lib/own-cart.js';
import { ownNumber } from '../lib/virtual-user.js';

let customers = 0;

export const shopStep = stepper(function* (run) {
  const cart = new OwnCart(run, `${run}-customer-${ownNumber()}-${++customers}`);
  cart.add(anyItem(), 1);
  yield;
  for (let steps = between(2, 14); steps > 0 && !cart.isOver; steps--) {
    act(cart);
    yield;
  }
  const leaves = Math.random() < 0.2;
  if (!leaves && !cart.isOver && !cart.isEmpty) {
    cart.checkOut();
    yield;
  }
});

function act(cart) {
  const itemId = oneOf(Object.keys(cart.lines));
  const action = itemId === null ? 'add' : nextAction('shopper');
  switch (action) {
    case 'add':
      return cart.add(anyItem(), between(1, 3));
    case 'set':
      return cart.set(item(itemId), between(1, 5));
    case 'remove':
      return cart.remove(itemId);
    case 'look':
      return cart.look(itemId);
    default:
      return cart.browse();
  }
}
