/** Puts the page together. */

import { Device } from './device.js';
import { el, say } from './dom.js';
import { Instance, Trouble, useToken } from './instance.js';
import { Lab } from './lab.js';
import { hue } from './nodes.js';
import { Ring } from './ring.js';
import { Versions } from './versions.js';
import { Watch } from './watch.js';

const DEVICES = [['Phone', 'socks'], ['Laptop', 'mug'], ['Tablet', 'hat']];

const byId = (id) => document.getElementById(id);

async function start() {
  const { body: settings } = await new Instance('This instance', '').get('/page/settings.json');
  const instances = settings.instances.map(({ name, url }) => new Instance(name, reachable(url)));
  instances.forEach((it) => hue(it.name));
  const versions = new Versions(byId('versions'));
  const ring = new Ring(byId('ring'));
  const lab = settings.lab ? new Lab(byId('faults'), instances, () => watch.now()) : null;
  let opened = '';

  const watch = new Watch(async () => {
    await lab?.look();
    const running = instances.filter((it) => !lab || lab.isRunning(it.name));
    const through = running.find((it) => it.name === byId('through').value) ?? running[0] ?? instances[0];
    await Promise.all([versions.look(running, through), ring.look(through, instances, opened)]);
  });
  const devices = DEVICES.slice(0, Math.max(2, instances.length)).map(([name, item], i) =>
    new Device(name, instances, instances[i % instances.length], item, () => watch.now()));

  byId('story').hidden = !settings.lab;
  byId('devices').append(...devices.map((it) => it.element));
  byId('through').append(...instances.map((it) => el('option', {}, it.name)));
  byId('through').addEventListener('change', () => watch.now());
  byId('at-once').addEventListener('click', () => Promise.all(devices.slice(0, 2).map((it) => it.add())));
  byId('pause').addEventListener('click', (event) => {
    watch.paused = !watch.paused;
    event.target.setAttribute('aria-pressed', String(watch.paused));
  });

  const open = () => {
    opened = byId('cart').value;
    versions.open(opened);
    devices.forEach((it) => it.use(opened));
    watch.now();
  };
  byId('open').addEventListener('submit', (event) => {
    event.preventDefault();
    open();
  });
  askForTokens(() => {
    if (byId('cart').value === opened) {
      // The devices keep what they have seen, and what they may send again
      devices.forEach((it) => it.refresh());
      watch.now();
    } else {
      open();
    }
  });
  open();
}

/** The other instances by the name that this one was called by: a browser takes them for the same site then. */
function reachable(url) {
  if (url === '') {
    return '';
  }
  const other = new URL(url);
  other.hostname = location.hostname;
  return other.origin === location.origin ? '' : other.origin;
}

/** @param goOn what to do once there is a token */
function askForTokens(goOn) {
  document.addEventListener('token-needed', () => {
    byId('token-needed').hidden = false;
  });
  byId('token-form').addEventListener('submit', (event) => {
    event.preventDefault();
    useToken(byId('token').value.trim());
    byId('token-needed').hidden = true;
    byId('cart').focus();
    goOn();
  });
}

start().catch((trouble) => {
  say(byId('failure'), trouble instanceof Trouble ? trouble.message : `This page has a fault: ${trouble.message}`);
});
