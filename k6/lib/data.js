/** What is sold, and how shoppers behave: from the files in data/. */

// Each virtual user has its own: a SharedArray parses an element each time that it is looked at
const catalog = JSON.parse(open('../data/catalog.json'));
const byId = Object.fromEntries(catalog.map((item) => [item.itemId, item]));
const behaviour = JSON.parse(open('../data/behaviour.json'));

/** An item as an add or a set names it. */
export function anyItem() {
  return oneOf(catalog);
}

/** The item of this name. */
export function item(itemId) {
  return byId[itemId];
}

/** What a shopper of this kind does next, by the weights in data/behaviour.json. */
export function nextAction(kind) {
  const weights = behaviour[kind];
  let left = Math.random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  for (const [action, weight] of Object.entries(weights)) {
    left -= weight;
    if (left < 0) {
      return action;
    }
  }
  return Object.keys(weights)[0];
}

/** A whole number from `least` to `most`. */
export function between(least, most) {
  return least + Math.floor(Math.random() * (most - least + 1));
}

/** One of these, null if there are none. */
export function oneOf(list) {
  return list.length === 0 ? null : list[Math.floor(Math.random() * list.length)];
}
