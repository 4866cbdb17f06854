/** Draws which version descends from which: those that are there now, and those that this page has seen before. */

import { dot, holds, latest, past } from './clock.js';
import { svg } from './dom.js';
import { hue } from './nodes.js';

const MOST_REMEMBERED = 60;
const COLUMNS = 7;
const COLUMN_WIDTH = 76;
const ROW_HEIGHT = 44;
const LEFT = 104;
const RADIUS = 15;

export class Descent {
  #seen = new Map();
  #present = new Set();

  /** Forgets all, for another cart. */
  clear() {
    this.#seen.clear();
    this.#present.clear();
  }

  /**
   * @param versions all that any replica holds
   * @param present names of those that none of the others replaces
   */
  learn(versions, present) {
    for (const version of versions) {
      this.#seen.set(version.version, { ...dot(version.version), past: past(version.past) });
    }
    this.#present = new Set(present);
    for (const version of versions) {
      for (const ancestor of latest(past(version.past))) {
        if (!this.#seen.has(ancestor.name)) {
          // Written before this page looked; of its past nothing is known
          this.#seen.set(ancestor.name, { ...ancestor, past: new Map() });
        }
      }
    }
    const surplus = [...this.#seen.keys()].filter((name) => !this.#present.has(name));
    surplus.slice(0, Math.max(0, surplus.length - MOST_REMEMBERED)).forEach((name) => this.#seen.delete(name));
  }

  /** The drawing, and the same in words. */
  draw() {
    const versions = this.#related();
    const last = Math.max(0, ...versions.map((it) => it.column));
    const first = Math.max(0, last - COLUMNS + 1);
    const shown = versions.filter((it) => it.column >= first);
    const lanes = arrange(shown, first);
    const width = LEFT + (last - first + 1) * COLUMN_WIDTH;
    const height = lanes.reduce((sum, lane) => sum + lane.rows, 0) * ROW_HEIGHT;
    const drawing = svg(
      'svg',
      {
        viewBox: `0 0 ${width} ${Math.max(height, ROW_HEIGHT)}`,
        width,
        role: 'img',
        'aria-label': 'Which version descends from which. The list below says it in words.',
      },
      lanes.map((lane) => svg('text', { x: 0, y: lane.y + 5, class: `lane ${hue(lane.node)}` }, lane.node)),
      shown.flatMap((it) => it.parents.filter((parent) => shown.includes(parent)).map((parent) => edge(parent, it))),
      shown.map((it) => this.#circle(it)),
    );
    return { drawing, words: shown.map((it) => this.#inWords(it)) };
  }

  #circle({ name, node, counter, x, y }) {
    return svg(
      'g',
      { class: `version ${this.#present.has(name) ? 'present' : 'replaced'} ${hue(node)}` },
      svg('title', {}, name),
      svg('circle', { cx: x, cy: y, r: RADIUS }),
      svg('text', { x, y: y + 5, 'text-anchor': 'middle' }, `${counter}`),
    );
  }

  #inWords(version) {
    const { name, parents } = version;
    const origin = parents.length === 0 ? 'has no past' : `knows ${parents.map(short).join(' and ')}`;
    return `${short(version)} ${origin}, and ${this.#present.has(name) ? 'is there now' : 'was replaced'}.`;
  }

  /** Each with its parents, the ancestors that are no ancestors of another one, and its distance from the first. */
  #related() {
    const all = [...this.#seen.values()].map((it) => ({ ...it }));
    for (const version of all) {
      const ancestors = all.filter((it) => holds(version.past, it));
      version.parents = ancestors.filter((it) => !ancestors.some((other) => holds(other.past, it)));
    }
    all.forEach(column);
    return all;
  }
}

/** As everywhere on the page but where the whole name is asked for. */
function short({ node, counter }) {
  return `${node} #${counter}`;
}

function column(version) {
  version.column ??= Math.max(-1, ...version.parents.map(column)) + 1;
  return version.column;
}

/** Gives each version its place, in the lane of the node that wrote it, and returns the lanes. */
function arrange(versions, first) {
  let top = 0;
  return [...new Set(versions.map((it) => it.node))].sort().map((node) => {
    const rows = new Map();
    for (const version of versions.filter((it) => it.node === node)) {
      const row = rows.get(version.column) ?? 0;
      rows.set(version.column, row + 1);
      version.x = LEFT + (version.column - first) * COLUMN_WIDTH + RADIUS + 4;
      version.y = (top + row + 0.5) * ROW_HEIGHT;
    }
    const lane = { node, rows: Math.max(...rows.values()), y: (top + 0.5) * ROW_HEIGHT };
    top += lane.rows;
    return lane;
  });
}

function edge(from, to) {
  const middle = (from.x + to.x) / 2;
  return svg('path', {
    class: 'edge',
    d: `M${from.x + RADIUS} ${from.y} C${middle} ${from.y} ${middle} ${to.y} ${to.x - RADIUS} ${to.y}`,
  });
}
