/** What every replica holds of the cart, what becomes of it, and why. */

import { dot, holds, past } from './clock.js';
import { Descent } from './descent.js';
import { el, say } from './dom.js';
import { Trouble } from './instance.js';
import { hue } from './nodes.js';

const STRATEGIES = ['observed-remove', 'paper-union', 'last-writer-wins'];

export class Versions {
  #cart = '';
  #descent = new Descent();
  #shown = '';
  #merges = [];
  #parts;

  /** @param root the part of the page that it fills */
  constructor(root) {
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    this.#parts = {
      summary: part('summary'),
      replicas: part('replicas'),
      descent: part('descent'),
      words: part('words'),
      merged: part('merged'),
      strategy: part('strategy'),
      why: part('why'),
    };
    this.#parts.strategy.append(...STRATEGIES.map((name) => el('option', { value: name }, name)));
    this.#parts.strategy.addEventListener('change', () => this.#explain());
  }

  /** Takes up another cart, and forgets what it has seen of the last. */
  open(cart) {
    this.#cart = cart;
    this.#descent.clear();
    this.#shown = '';
    this.#merges = [];
    const { summary, replicas, descent, words, merged, why } = this.#parts;
    [summary, replicas, descent, words, merged, why].forEach((part) => part.replaceChildren());
  }

  /**
   * Asks each instance what it holds itself, since only that one always knows; and one of them what merges make of it.
   *
   * @param through the one of the instances that merges
   */
  async look(instances, through) {
    const cart = this.#cart;
    const ask = async (instance, strategy) =>
      (await instance.get(`/carts/${encodeURIComponent(cart)}/versions?strategy=${strategy}`)).body;
    const others = instances.filter((it) => it !== through);
    try {
      const [merges, views] = await Promise.all([
        Promise.all(STRATEGIES.map((strategy) => ask(through, strategy))),
        Promise.all(others.map((it) => ask(it, STRATEGIES[0]).catch(() => null))),
      ]);
      if (cart === this.#cart) {
        this.#show(merges, replicasOf([through, ...others], [merges[0], ...views]));
      }
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) {
        throw trouble;
      }
      this.#shown = '';
      say(this.#parts.summary, trouble.status === 403
        ? 'What replicas hold is for tokens with the scope carts.versions.'
        : trouble.message);
    }
  }

  #show(merges, replicas) {
    const text = JSON.stringify([merges, replicas]);
    if (text === this.#shown) {
      return;
    }
    this.#shown = text;
    this.#merges = merges;
    const held = replicas.flatMap((it) => it.versions ?? []);
    const present = newest(held);
    this.#descent.learn(held, present);
    say(this.#parts.summary, summary(present, replicas));
    this.#parts.replicas.replaceChildren(...replicas.map(card));
    const { drawing, words } = this.#descent.draw();
    this.#parts.descent.replaceChildren(drawing);
    // The newest are at the right
    this.#parts.descent.scrollLeft = this.#parts.descent.scrollWidth;
    this.#parts.words.replaceChildren(...words.map((it) => el('li', {}, it)));
    this.#parts.merged.replaceChildren(...comparison(merges));
    this.#explain();
  }

  #explain() {
    const chosen = this.#merges.find((it) => it.strategy === this.#parts.strategy.value);
    this.#parts.why.replaceChildren(...(chosen ? reasons(chosen) : []));
  }
}

/** Each home replica once: as it shows itself where it could be asked, else as the first instance sees it. */
function replicasOf(instances, views) {
  return views[0].replicas.map((seen) => {
    const itself = views[instances.findIndex((it) => it.name === seen.node)];
    return itself?.replicas.find((it) => it.node === seen.node) ?? seen;
  });
}

/** Names of the versions that none of the others replaces. */
function newest(versions) {
  const pasts = versions.map((it) => past(it.past));
  const names = new Set(versions.map((it) => it.version));
  return [...names].filter((name) => !pasts.some((it) => holds(it, dot(name))));
}

function summary(present, replicas) {
  const held = replicas.filter((it) => it.versions);
  const sets = new Set(held.map((it) => it.versions.map((version) => version.version).sort().join()));
  const missing = replicas.length - held.length;
  const sentences = [];
  if (present.length === 0 && missing > 0) {
    sentences.push('Nothing was heard of this cart.');
  } else if (present.length === 0) {
    sentences.push('Nobody has written this cart.');
  } else if (present.length === 1) {
    sentences.push(missing > 0 ? 'One version is known.' : 'One version. It knows all that was done to this cart.');
  } else {
    sentences.push(`${present.length} versions that did not see each other. Reads merge them; the next write replaces them.`);
  }
  if (sets.size > 1) {
    sentences.push('The replicas differ.');
  } else if (present.length > 0 && held.length === replicas.length) {
    sentences.push('All replicas hold the same.');
  }
  if (missing > 0) {
    sentences.push(`${missing} of ${replicas.length} replicas cannot be asked, and may hold ${present.length === 0 ? 'it' : 'more'}.`);
  }
  return sentences.join(' ');
}

function card({ node, versions, problem }) {
  return el(
    'li',
    { class: `card ${hue(node)}` },
    el('h4', {}, node),
    problem ? el('p', { class: 'bad' }, problem) : null,
    versions?.length === 0 ? el('p', { class: 'quiet' }, 'holds nothing') : null,
    (versions ?? []).map((version) =>
      el('div', { class: 'held' }, badge(version.version), el('span', {}, contents(version.items)))),
  );
}

/** A version by its writer and counter; the whole name on demand. */
function badge(name) {
  const { node, counter } = dot(name);
  return el('span', { class: `badge ${hue(node)}`, title: name }, `${node} #${counter}`);
}

function badges(names) {
  return names.flatMap((name, i) => (i === 0 ? [badge(name)] : [' ', badge(name)]));
}

function contents(items) {
  return items.length === 0 ? 'empty' : items.map((it) => `${it.quantity} ${it.itemId}`).join(', ');
}

function comparison(answers) {
  const items = [...new Set(answers.flatMap((it) => it.merged.items.map((line) => line.itemId)))].sort();
  const quantity = (answer, item) => answer.merged.items.find((line) => line.itemId === item)?.quantity ?? 0;
  const head = el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Item'), answers.map((it) => el('th', { scope: 'col' }, it.strategy))));
  const rows = items.map((item) => {
    const ours = quantity(answers[0], item);
    return el('tr', {}, el('th', { scope: 'row' }, item), answers.map((answer) => {
      const theirs = quantity(answer, item);
      return el('td', { class: theirs === ours ? '' : 'differs' }, `${theirs}`);
    }));
  });
  const none = el('tr', {}, el('td', { colspan: answers.length + 1, class: 'quiet' }, 'no items'));
  return [head, el('tbody', {}, rows.length > 0 ? rows : none)];
}

function reasons({ entries, remembered }) {
  const told = new Set(entries.map((it) => it.operation));
  const others = remembered.filter((it) => it.itemId !== null && !told.has(it.operation));
  const lines = [...counted(entries.map(reason)), ...(others.length > 0 ? [over(others)] : [])];
  return lines.length > 0 ? lines : [el('li', { class: 'quiet' }, 'There is nothing to explain.')];
}

/** Why an entry is there or gone, with the versions that decide it, and those that it came by. */
function reason(entry) {
  const deciding = entry.decidedBy ?? [];
  return el(
    'li',
    { class: entry.kept ? 'kept' : 'gone' },
    el('strong', {}, `${entry.sets ? '' : '+'}${entry.quantity} ${entry.itemId}`),
    entry.kept ? ' is there: ' : ' is gone: ',
    entry.because,
    ...(deciding.length > 0 ? [' (', ...badges(deciding), ')'] : []),
    '. Brought in by ',
    ...badges(entry.births),
  );
}

/** Lines that say the same are one, with how many there are. */
function counted(lines) {
  const byText = Map.groupBy(lines, (line) => line.outerHTML);
  return [...byText.values()].map((same) => {
    const [line] = same;
    line.append(same.length > 1 ? `, ${same.length} times, each by a request of its own` : '');
    return line;
  });
}

/** What is remembered, though no version holds it: the answer does not tell by what each was taken out. */
function over(operations) {
  const items = [...new Set(operations.map((it) => it.itemId))].sort();
  const counts = items.map((item) => `${item} (${operations.filter((it) => it.itemId === item).length})`);
  const last = new Date(Math.max(...operations.map((it) => new Date(it.at).getTime()))).toLocaleTimeString();
  return el(
    'li',
    { class: 'over' },
    'Earlier changes of ',
    el('strong', {}, counts.join(', ')),
    ' are over. They are removes, or adds that have been removed, ordered, replaced or merged into another cart, and are ',
    `remembered so that a repeated request or a late copy changes nothing. The last ended at ${last}.`,
  );
}
