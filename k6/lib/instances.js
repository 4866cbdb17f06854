/** The instances under test: any of them takes any request. */
import { ownNumber } from './virtual-user.js';

/** Where the instances are, as in `-e BASE_URLS=http://one:8080,http://two:8080`. */
export const INSTANCES = (__ENV.BASE_URLS || 'http://127.0.0.1:8081,http://127.0.0.1:8082,http://127.0.0.1:8083')
  .split(',')
  .map((url) => url.trim().replace(/\/+$/, ''))
  .filter((url) => url !== '');

/** Milliseconds for which a shopper asks an instance last that did not answer it. */
const AVOIDED = 2000;

const avoidedUntil = INSTANCES.map(() => 0);
/** All instances, beginning with each of them. */
const orders = INSTANCES.map((_, first) => INSTANCES.map((_, i) => (first + i) % INSTANCES.length));
let turn = 0;

/** The instances in the order in which this shopper tries them now: each in its turn, silent ones last. */
export function inTurn() {
  const order = orders[(ownNumber() + turn++) % INSTANCES.length];
  const now = Date.now();
  const isSilent = (i) => avoidedUntil[i] > now;
  return order.some(isSilent) ? [...order.filter((i) => !isSilent(i)), ...order.filter(isSilent)] : order;
}

/** Says that an instance did not answer. */
export function avoid(instance) {
  avoidedUntil[instance] = Date.now() + AVOIDED;
}
