/**
 * Robots that all fill one cart at the same time: they add to one line together, and each has a line of its own. After
 * some hundred turns they go on to the next cart, since a cart takes 2,000 entries at most.
 */
import exec from 'k6/execution';
import { between, nextAction } from '../lib/data.js';
import { markTime } from '../lib/profiles.js';
import { OwnCart } from '../lib/own-cart.js';
import { addToSharedLine, hotCartId } from '../lib/shared-line.js';
import { ownNumber } from '../lib/virtual-user.js';

const TURNS = 400;

let robot = null;

export function hotCartStep({ run }) {
  markTime();
  const id = hotCartId(run, Math.floor(exec.scenario.iterationInTest / TURNS));
  const own = `robot-${ownNumber()}`;
  if (robot === null || robot.id !== id) {
    robot = new OwnCart(run, id, (itemId) => itemId === own);
  }
  act(robot, { itemId: own, unitPrice: 100 });
}

function act(robot, item) {
  const action = nextAction('robot');
  if (action === 'addToSharedLine' || robot.isOver) {
    return addToSharedLine(robot.run, robot.id);
  }
  switch (action) {
    case 'set':
      return robot.isEmpty ? robot.add(item, 1) : robot.set(item, between(1, 5));
    case 'remove':
      return robot.isEmpty ? robot.add(item, 1) : robot.remove(item.itemId);
    case 'browse':
      return robot.browse();
    default:
      return robot.add(item, 1);
  }
}
