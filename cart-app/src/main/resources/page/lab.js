/** Faults on purpose: links that are cut, instances that are stopped, other quorums. */

import { el, say } from './dom.js';
import { hue } from './nodes.js';

const SILENCE = 'No instance answers.';

export class Lab {
  #instances;
  #changed;
  #state = { instances: [], cuts: [], n: 0 };
  #parts;
  #buttons = [];
  /** The change of an instance that was asked for last, until it is done: whose, to which state, and what to say then. */
  #awaited = null;

  /**
   * @param root the part of the page that it fills
   * @param instances of the cluster; any that runs answers for all
   * @param changed called after each change
   */
  constructor(root, instances, changed) {
    this.#instances = instances;
    this.#changed = changed;
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    this.#parts = { links: part('links'), power: part('power'), r: part('r'), w: part('w'), status: part('status') };
    root.querySelector('[data-part=heal]').addEventListener('click', () => this.#cut([], 'All links carry messages.'));
    for (const select of [this.#parts.r, this.#parts.w]) {
      select.addEventListener('change', () => this.#setQuorum());
    }
    this.#build();
    root.hidden = false;
  }

  /** Which instances run, as far as any of them says. */
  isRunning(name) {
    return (this.#state.instances.find((it) => it.name === name)?.state ?? 'running') === 'running';
  }

  async look() {
    try {
      this.#state = await this.#ask((instance) => instance.get('/lab'));
      if (this.#parts.status.textContent === SILENCE) {
        say(this.#parts.status, '');
      }
      this.#show();
    } catch {
      say(this.#parts.status, SILENCE);
    }
  }

  #build() {
    const pairs = this.#instances.flatMap((one, i) => this.#instances.slice(i + 1).map((other) => [one.name, other.name]));
    this.#parts.links.append(...pairs.map(([one, other]) => {
      const both = [{ from: one, to: other }, { from: other, to: one }];
      return el(
        'li',
        { class: 'row' },
        el('span', { class: `badge ${hue(one)}` }, one),
        this.#toggle('→', `Cut what ${one} sends to ${other}`, [both[0]]),
        this.#toggle('✂', `Cut ${one} and ${other} apart`, both),
        this.#toggle('←', `Cut what ${other} sends to ${one}`, [both[1]]),
        el('span', { class: `badge ${hue(other)}` }, other),
      );
    }));
    this.#parts.power.append(...this.#instances.map(({ name }) => {
      const others = this.#instances.map((it) => it.name).filter((it) => it !== name);
      const links = others.flatMap((other) => [{ from: name, to: other }, { from: other, to: name }]);
      const stop = el('button', { type: 'button', onclick: () => this.#power(name) });
      this.#buttons.push(() => {
        const { state } = this.#state.instances.find((it) => it.name === name);
        const goal = { running: 'Stop', stopping: 'Stopping…', stopped: 'Start', starting: 'Starting…' }[state];
        say(stop, goal);
        stop.setAttribute('aria-label', `${goal} ${name}`);
        stop.disabled = !['running', 'stopped'].includes(state);
      });
      return el(
        'li',
        { class: 'row' },
        el('span', { class: `badge ${hue(name)} grow` }, name),
        this.#toggle('Cut off', `Cut ${name} off from all others`, links),
        stop,
      );
    }));
  }

  /** A button that is pressed while all of these links are cut. */
  #toggle(text, label, links) {
    const button = el('button', { type: 'button', 'aria-label': label, title: label, onclick: () => {
      const pressed = links.every((it) => this.#isCut(it));
      const others = this.#state.cuts.filter((it) => !links.some((link) => same(link, it)));
      return this.#cut(pressed ? others : [...others, ...links], `${label}: ${pressed ? 'healed' : 'done'}.`);
    } }, text);
    this.#buttons.push(() => button.setAttribute('aria-pressed', String(links.every((it) => this.#isCut(it)))));
    return button;
  }

  #isCut(link) {
    return this.#state.cuts.some((it) => same(it, link));
  }

  #cut(cuts, told) {
    return this.#change('/lab/cuts', { cuts }, told);
  }

  #power(name) {
    const running = !this.isRunning(name);
    const awaited = running
      ? { name, state: 'running', told: `${name} runs again.` }
      : { name, state: 'stopped', told: `${name} has stopped.` };
    return this.#change(`/lab/instances/${name}`, { running }, `${name} is about to ${running ? 'start' : 'stop'}.`, awaited);
  }

  #setQuorum() {
    const [r, w] = [this.#parts.r, this.#parts.w].map((it) => Number(it.value));
    return this.#change('/lab/quorum', { r, w }, `Reads need ${r}, writes ${w}.`);
  }

  /** @param awaited what this begins, if it does not end at once */
  async #change(path, body, told, awaited = null) {
    try {
      this.#state = await this.#ask((instance) => instance.put(path, body));
      // What is said from now on is about this change, and no longer about the one before
      this.#awaited = awaited;
      say(this.#parts.status, told);
      this.#show();
    } catch (trouble) {
      say(this.#parts.status, trouble.message);
    }
    this.#changed();
  }

  /** Asks the first that answers, those that should run before the others. */
  async #ask(question) {
    const order = [...this.#instances].sort((one, other) => this.isRunning(other.name) - this.isRunning(one.name));
    let trouble;
    for (const instance of order) {
      try {
        return (await question(instance)).body;
      } catch (failed) {
        trouble = failed;
        if (failed.status !== 0) {
          break;
        }
      }
    }
    throw trouble;
  }

  #show() {
    this.#buttons.forEach((update) => update());
    const { name, state, told } = this.#awaited ?? {};
    if (this.#state.instances.some((it) => it.name === name && it.state === state)) {
      this.#awaited = null;
      say(this.#parts.status, told);
    }
    for (const [select, value] of [[this.#parts.r, this.#state.r], [this.#parts.w, this.#state.w]]) {
      if (select.childElementCount !== this.#state.n) {
        select.replaceChildren(...Array.from({ length: this.#state.n }, (_, i) => el('option', {}, `${i + 1}`)));
      }
      if (document.activeElement !== select) {
        select.value = `${value}`;
      }
    }
  }
}

function same(one, other) {
  return one.from === other.from && one.to === other.to;
}
