/** Reads the names of versions, such as `node-1~eb9e#2`, and their pasts, such as `{node-1~eb9e#[1, 3, 7, 7]}`. */

/** The parts of a version's name: who wrote it, and the how many-th of theirs it is. */
export function dot(name) {
  const [actor, counter] = name.split('#');
  return { name, actor, node: actor.split('~')[0], counter: Number(counter) };
}

/** A past: for each actor the first and last counter of each range that it holds. */
export function past(text) {
  const ranges = new Map();
  for (const [, actor, numbers] of text.matchAll(/([^\s{,]+)#\[([^\]]*)\]/g)) {
    const bounds = numbers.split(',').map(Number);
    const pairs = [];
    for (let i = 0; i + 1 < bounds.length; i += 2) {
      pairs.push([bounds[i], bounds[i + 1]]);
    }
    ranges.set(actor, pairs);
  }
  return ranges;
}

/** Whether a past holds a version. */
export function holds(ranges, { actor, counter }) {
  return (ranges.get(actor) ?? []).some(([first, last]) => first <= counter && counter <= last);
}

/** For each actor of a past the last version of its. */
export function latest(ranges) {
  return [...ranges].map(([actor, pairs]) => dot(`${actor}#${pairs.at(-1)[1]}`));
}
