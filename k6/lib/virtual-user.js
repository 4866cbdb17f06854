/** Which virtual user this is, and what its measurements are tagged with. k6 takes a while to tell, so it is asked once. */
import exec from 'k6/execution';

let number = null;
let began = null;
const tags = {};

/** Its number, unlike that of any other in this test. */
export function ownNumber() {
  number ??= exec.vu.idInTest;
  return number;
}

/** When the load began, in milliseconds since 1970: all scenarios but the audit begin together. */
export function loadBegan() {
  began ??= exec.scenario.startTime;
  return began;
}

/** Tags all that it measures from now on, in the scenario that it is in. */
export function tag(name, value) {
  if (tags[name] !== value) {
    exec.vu.metrics.tags[name] = value;
    tags[name] = value;
  }
}
