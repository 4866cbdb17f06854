/** Nodes have the same colour everywhere on the page. */

const COLOURS = 6;
const known = [];

/** Class of everything that belongs to a node. */
export function hue(node) {
  if (!known.includes(node)) {
    known.push(node);
  }
  return `hue-${known.indexOf(node) % COLOURS}`;
}
