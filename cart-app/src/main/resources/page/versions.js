/** What every replica holds of the cart, what becomes of it, and why. */

import { dot } from './clock.js';
import { Descent } from './descent.js';
import { el, say } from './dom.js';
import { Trouble } from './instance.js';
import { hue } from './nodes.js';

const STRATEGIES = ['observed-remove', 'paper-union', 'last-writer-wins'];

export class Versions {
  #descent = new Descent();
  #shown = '';
  #answers = [];
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

  /** Forgets what it has seen, for another cart. */
  clear() {
    this.#descent.clear();
    this.#shown = '';
  }

  /** Asks one of the instances. */
  async look(instance, cart) {
    const path = `/carts/${encodeURIComponent(cart)}/versions?strategy=`;
    try {
      const answers = await Promise.all(STRATEGIES.map((name) => instance.get(path + name)));
      this.#show(answers.map((it) => it.body));
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

  #show(answers) {
    const text = JSON.stringify(answers);
    if (text === this.#shown) {
      return;
    }
    this.#shown = text;
    this.#answers = answers;
    const [cart] = answers;
    this.#descent.learn(
      [...cart.versions, ...cart.replicas.flatMap((it) => it.versions ?? [])],
      cart.versions.map((it) => it.version),
    );
    say(this.#parts.summary, summary(cart));
    this.#parts.replicas.replaceChildren(...cart.replicas.map(replica));
    const { drawing, words } = this.#descent.draw();
    this.#parts.descent.replaceChildren(drawing);
    this.#parts.words.replaceChildren(...words.map((it) => el('li', {}, it)));
    this.#parts.merged.replaceChildren(...comparison(answers));
    this.#explain();
  }

  #explain() {
    const chosen = this.#answers.find((it) => it.strategy === this.#parts.strategy.value);
    this.#parts.why.replaceChildren(...(chosen ? reasons(chosen) : []));
  }
}

function summary({ versions, replicas }) {
  const held = replicas.filter((it) => it.versions);
  const same = new Set(held.map((it) => it.versions.map((version) => version.version).sort().join()));
  const count =
    versions.length === 0
      ? 'Nobody has written this cart.'
      : versions.length === 1
        ? 'One version; it knows all that was ever done to this cart.'
        : `${versions.length} versions that did not see each other. A read merges them; the next write replaces them all.`;
  const missing = replicas.length - held.length;
  const agreement = same.size > 1 ? ' The replicas differ.' : versions.length > 0 && missing === 0 ? ' All replicas hold the same.' : '';
  return `${count}${agreement}${missing > 0 ? ` ${missing} of ${replicas.length} replicas cannot be reached from here.` : ''}`;
}

function replica({ node, versions, problem }) {
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
  const none = el('tr', {}, el('td', { colspan: answers.length + 1, class: 'quiet' }, 'empty'));
  return [head, el('tbody', {}, rows.length > 0 ? rows : none)];
}

function reasons({ entries, remembered }) {
  const lines = entries.map((entry) =>
    el(
      'li',
      { class: entry.kept ? 'kept' : 'gone' },
      el('strong', {}, `${entry.sets ? '' : '+'}${entry.quantity} ${entry.itemId}`),
      entry.kept ? ' is there: ' : ' is gone: ',
      `${entry.because}. Brought in by `,
      entry.births.map((name) => badge(name)),
    ));
  const gone = remembered
    .filter((it) => it.itemId !== null)
    .map((it) => el('li', { class: 'gone' }, el('strong', {}, it.itemId), ` was in a change that is undone or done, and is remembered so that it has no effect again (${new Date(it.at).toLocaleTimeString()})`));
  return lines.length + gone.length > 0 ? [...lines, ...gone] : [el('li', { class: 'quiet' }, 'There is nothing to explain.')];
}
