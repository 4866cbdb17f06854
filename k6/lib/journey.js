/** Journeys of several requests, one of them at each turn of k6. */
import { markTime } from './profiles.js';

/**
 * Makes the function that k6 calls of a generator that yields after each request; a journey that has ended is followed
 * by a new one.
 */
export function stepper(journey) {
  let current = null;
  return ({ run }) => {
    markTime();
    if (current === null || current.next().done) {
      current = journey(run);
      current.next();
    }
  };
}
