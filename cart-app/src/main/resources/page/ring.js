/** The ring: who is responsible for which part of it, and where the cart lies. */

import { el, say, svg } from './dom.js';
import { hue } from './nodes.js';

const SIZE = 260;
const RADIUS = 104;
const MOST_PARTS = 512;

/** Instead of an answer, where management is elsewhere, or for operators only. */
const WITHHELD = {};

export class Ring {
  #parts;
  #shown = '';

  constructor(root) {
    const part = (name) => root.querySelector(`[data-part=${name}]`);
    this.#parts = { circle: part('circle'), place: part('place'), nodes: part('nodes') };
  }

  /** @param instance whom to ask about the ring @param instances whom to ask what they are at */
  async look(instance, instances, cart) {
    const [ring, ...nodes] = await Promise.all([
      ask(instance, `/actuator/partitions?key=${encodeURIComponent(`cart/${cart}`)}`),
      ...instances.map(async (it) => ({
        instance: it,
        node: await ask(it, '/actuator/node'),
        hints: await ask(it, '/actuator/hints'),
      })),
    ]);
    const text = JSON.stringify([ring, nodes]);
    if (text !== this.#shown) {
      this.#shown = text;
      this.#show(ring, nodes);
    }
  }

  #show(ring, nodes) {
    this.#parts.nodes.replaceChildren(...nodes.filter(({ node }) => node !== WITHHELD).map(card));
    if (!ring?.key) {
      this.#parts.circle.replaceChildren();
      say(this.#parts.place, 'The ring is not shown: the management endpoints do not answer this page.');
      return;
    }
    const { partition, homes } = ring.key;
    this.#parts.circle.replaceChildren(circle(ring));
    say(this.#parts.place, `This cart lies in partition ${partition} of ${ring.owners.length}. Its home replicas are ${homes.join(', ')}.`);
  }
}

async function ask(instance, path) {
  try {
    return (await instance.send('GET', path, { credentials: 'omit' })).body;
  } catch (trouble) {
    return [401, 403, 404].includes(trouble.status) ? WITHHELD : null;
  }
}

function circle({ nodes, owners, key }) {
  const step = Math.ceil(owners.length / MOST_PARTS);
  const angle = (index) => (index / owners.length) * 2 * Math.PI - Math.PI / 2;
  const arcs = owners
    .map((owner, index) => ({ owner, index }))
    .filter(({ index }) => index % step === 0)
    .map(({ owner, index }) => arc(angle(index), angle(Math.min(index + step, owners.length)), hue(nodes[owner])));
  const at = angle(key.partition + 0.5);
  return svg(
    'svg',
    { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': `A ring of ${owners.length} partitions, coloured by the node that is first responsible` },
    arcs,
    svg('line', { class: 'pointer', x1: SIZE / 2, y1: SIZE / 2, ...end(at, RADIUS + 14) }),
    svg('circle', { class: 'hub', cx: SIZE / 2, cy: SIZE / 2, r: 42 }),
    svg('text', { class: 'hub', x: SIZE / 2, y: SIZE / 2 - 2, 'text-anchor': 'middle' }, 'partition'),
    svg('text', { class: 'hub', x: SIZE / 2, y: SIZE / 2 + 16, 'text-anchor': 'middle' }, `${key.partition}`),
  );
}

function end(angle, radius) {
  return { x2: SIZE / 2 + radius * Math.cos(angle), y2: SIZE / 2 + radius * Math.sin(angle) };
}

function arc(from, to, colour) {
  const start = end(from, RADIUS);
  const stop = end(to, RADIUS);
  const large = to - from > Math.PI ? 1 : 0;
  return svg('path', { class: `arc ${colour}`, d: `M${start.x2} ${start.y2} A${RADIUS} ${RADIUS} 0 ${large} 1 ${stop.x2} ${stop.y2}` });
}

function card({ instance, node, hints }) {
  if (!node) {
    return el('li', { class: `card ${hue(instance.name)}` }, el('h4', {}, instance.name), el('p', { class: 'bad' }, 'does not answer'));
  }
  const peers = node.peers.map((peer) =>
    el('li', { class: peer.trusted ? '' : 'bad' }, `${peer.id} ${peer.trusted ? 'answers' : peer.linked ? 'is silent' : 'is not connected'}`));
  const kept = (hints?.targets ?? []).map((target) =>
    el('li', { class: 'hint' }, `keeps ${target.keys} ${target.keys === 1 ? 'hint' : 'hints'} for ${target.node}`));
  return el(
    'li',
    { class: `card ${hue(node.id)}` },
    el('h4', {}, node.id),
    node.obstacle ? el('p', { class: 'bad' }, node.obstacle) : null,
    el('ul', {}, peers, kept),
  );
}
