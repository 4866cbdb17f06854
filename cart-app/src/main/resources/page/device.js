/** A shopper's device: it knows what it saw, and nothing else. */

import { el, say } from './dom.js';
import { newKey, Trouble } from './instance.js';
import { hue } from './nodes.js';

/** Prices in cents of what most visitors will add. */
const PRICES = { socks: 450, mug: 900, hat: 1500, apple: 150 };
const USUAL_PRICE = 1000;

/** What items may be called, as a field of a form checks it and says it. */
const NAME = '\\s*[A-Za-z0-9._~:\\-]+\\s*';
const NAME_IN_WORDS = '1 to 128 letters, digits, and . _ ~ - :';

/** A cart that a device has taken in hand. */
class OpenCart {
  /** What the device has seen of it. */
  context = null;
  /** Why the device does not know what is in it; empty once it has read all of it, at whatever moment. */
  unread = 'This device has not read the cart yet.';
  /** Once all that was asked about it so far is. */
  answered = Promise.resolve();

  constructor(cart) {
    this.cart = cart;
  }
}

export class Device {
  #open = new OpenCart('');
  #lines = new Map();
  /** By its key, how to send a write again of which nobody knows what has become. */
  #unfinished = new Map();
  #changed;
  #parts;

  /**
   * @param instances whom it may talk to
   * @param instance whom it talks to at first
   * @param item what its shopper adds at first
   * @param changed called after each request
   */
  constructor(name, instances, instance, item, changed) {
    this.name = name;
    this.instance = instance;
    this.#changed = changed;
    this.#parts = this.#build(instances, item);
    this.#show();
  }

  get element() {
    return this.#parts.panel;
  }

  /** Takes another cart in hand, of which it has seen nothing. */
  use(cart) {
    this.#open = new OpenCart(cart);
    this.#lines.clear();
    this.#unfinished.clear();
    say(this.#parts.answer, '');
    say(this.#parts.orders, '');
    return this.refresh();
  }

  /** Adds what is in its form. */
  add() {
    const itemId = this.#parts.item.value.trim();
    const quantity = Number(this.#parts.quantity.value);
    const unitPrice = PRICES[itemId] ?? USUAL_PRICE;
    return this.#write('POST', '/items', { itemId, quantity, unitPrice }, (line) => {
      this.#hold(line);
      return `Added ${quantity}; of ${line.itemId} there are now ${line.quantity}.`;
    });
  }

  refresh() {
    return this.#read('Read');
  }

  #read(why) {
    return this.#request('GET', '', {}, (cart) => {
      this.#holdAll(cart);
      return `${why}: ${cart.totalQuantity === 0 ? 'the cart is empty' : `${cart.totalQuantity} in the cart`}.`;
    });
  }

  #set(line, quantity) {
    const body = { itemId: line.itemId, quantity, unitPrice: line.unitPrice };
    return this.#take('PATCH', '/items', body, (now) => {
      this.#hold(now);
      return `Set; of ${now.itemId} there are now ${now.quantity}.`;
    });
  }

  #remove(line) {
    return this.#take('DELETE', `/items/${encodeURIComponent(line.itemId)}`, undefined, (cart) => {
      this.#holdAll(cart);
      return this.#lines.has(line.itemId)
        ? `Removed what this device had seen of ${line.itemId}; what others added meanwhile stays.`
        : `Removed ${line.itemId}.`;
    });
  }

  #checkOut() {
    return this.#take('POST', '/checkout', undefined, (order) => {
      for (const item of order.items) {
        this.#lines.delete(item.itemId);
      }
      this.#open.unread = 'This device has not read the cart since its order. Refresh does.';
      return `Order ${order.orderId.slice(0, 8)}: ${order.totals.totalQuantity} for ${money(order.totals.subtotal)}. Refresh to see what is left.`;
    });
  }

  /** A write that takes something out. Where this device has seen nothing it would take whatever is there. */
  #take(method, path, body, told) {
    return this.#open.context === null
      ? this.#read('Nothing was done, since this device had not seen the cart. Read now')
      : this.#write(method, path, body, told);
  }

  /** A write carries what this device has seen, and a key by which its repetition is known. */
  #write(method, path, body, told) {
    return this.#request(method, path, { body, key: newKey() }, told);
  }

  #sendAgain() {
    return Promise.all([...this.#unfinished.values()].map((send) => send()));
  }

  /** One after the other: each carries what the one before has seen, and the last answer shown is the last there was. */
  #request(method, path, what, told) {
    const open = this.#open;
    const answer = open.answered.then(() => this.#send(open, method, path, what, told));
    // The next has its turn whatever becomes of this one
    open.answered = answer.catch(() => {});
    return answer;
  }

  /** @param what `seen` is what a write was first sent with: again it is the same request, whatever was seen since */
  async #send(open, method, path, { body, key, seen = key ? open.context : null }, told) {
    this.#busy(true);
    try {
      const headers = { 'Cart-Context': seen, 'Idempotency-Key': key };
      const url = `/carts/${encodeURIComponent(open.cart)}${path}`;
      const answer = await this.instance.send(method, url, { body, headers });
      const builtOnLess = key && seen !== open.context;
      if (!builtOnLess) {
        open.context = answer.headers.get('Cart-Context') ?? open.context;
      }
      if (open === this.#open) {
        this.#unfinished.delete(key);
        const text = `${told(answer.body)} (${answer.status})`;
        this.#tell(text, 'good');
        if (builtOnLess) {
          this.#read(`${text} Then read`);
        }
      }
    } catch (trouble) {
      if (!(trouble instanceof Trouble)) {
        throw trouble;
      }
      if (open === this.#open) {
        if (key && trouble.passes) {
          this.#unfinished.set(key, () => this.#request(method, path, { body, key, seen }, told));
        } else if (!trouble.concernsToken) {
          this.#unfinished.delete(key);
        }
        if (open.unread && method === 'GET') {
          open.unread = 'This device could not read the cart, and does not know what is in it. Why is said below. Refresh tries again; this device may talk to another instance.';
        }
        this.#tell(trouble.message, 'bad');
      }
    } finally {
      this.#busy(false);
      this.#show();
      this.#changed();
    }
  }

  #hold(line) {
    if (line.quantity === 0) {
      this.#lines.delete(line.itemId);
    } else {
      this.#lines.set(line.itemId, line);
    }
  }

  #holdAll(cart) {
    this.#lines = new Map(cart.items.map((line) => [line.itemId, line]));
    this.#open.unread = '';
    if (cart.conflictingOrders.length > 0) {
      const orders = cart.conflictingOrders.map((order) => order.slice(0, 8)).join(', ');
      say(this.#parts.orders, `Orders over the same things: ${orders}. Fulfilment has to cancel all but one.`);
    } else {
      say(this.#parts.orders, '');
    }
  }

  #build(instances, item) {
    const items = el('input', { name: 'item', list: 'items', value: item, required: true, maxlength: 128, pattern: NAME, title: NAME_IN_WORDS, autocomplete: 'off', spellcheck: 'false' });
    const quantity = el('input', { name: 'quantity', type: 'number', value: 1, min: 1, max: 9999, required: true });
    const lines = el('ul', { class: 'lines' });
    const answer = el('p', { role: 'status', class: 'answer' });
    const orders = el('p', { class: 'bad' });
    const again = el('button', { type: 'button', onclick: () => this.#sendAgain() }, 'Send again, same key');
    const add = el(
      'form',
      { class: 'row bottom', onsubmit: (event) => { event.preventDefault(); this.add(); } },
      el('label', { class: 'grow above' }, 'Item', items),
      el('label', { class: 'above' }, 'Quantity', quantity),
      el('button', { class: 'main' }, 'Add'),
    );
    const panel = el(
      'section',
      { class: 'card device', 'aria-label': this.name },
      el('header', { class: 'row' }, el('h3', { class: 'grow' }, this.name), this.#choice(instances)),
      add,
      lines,
      el(
        'div',
        { class: 'row' },
        el('button', { type: 'button', onclick: () => this.refresh() }, 'Refresh'),
        el('button', { type: 'button', onclick: () => this.#checkOut() }, 'Check out'),
        again,
      ),
      answer,
      orders,
    );
    return { panel, item: items, quantity, lines, answer, orders, again };
  }

  #choice(instances) {
    const options = instances.map((it) => el('option', { value: it.name, selected: it === this.instance }, it.name));
    const select = el('select', {
      onchange: (event) => {
        this.instance = instances.find((it) => it.name === event.target.value);
        this.#show();
      },
    }, options);
    return el('label', {}, 'talks to ', select);
  }

  #tell(text, kind) {
    this.#parts.answer.className = `answer ${kind}`;
    say(this.#parts.answer, text);
  }

  #busy(busy) {
    this.#parts.panel.setAttribute('aria-busy', String(busy));
  }

  #show() {
    const { panel, lines, again, item } = this.#parts;
    panel.className = `card device ${hue(this.instance.name)}`;
    const focused = document.activeElement;
    const label = lines.contains(focused) ? focused.getAttribute('aria-label') : null;
    again.hidden = this.#unfinished.size === 0;
    lines.replaceChildren(...[...this.#lines.values()].map((line) => this.#line(line)));
    const known = this.#inWords();
    if (known) {
      lines.append(el('li', { class: 'quiet' }, known));
    }
    // The line may be gone, or the button, and the focus with it
    if (label !== null) {
      ([...lines.querySelectorAll('[aria-label]')].find((it) => it.getAttribute('aria-label') === label) ?? item).focus();
    } else if (focused === again && again.hidden) {
      item.focus();
    }
  }

  /** What the lines do not say of what this device knows. */
  #inWords() {
    const { unread } = this.#open;
    if (this.#lines.size > 0) {
      return unread ? 'There may be more: this device has not read the whole cart. Refresh does.' : '';
    }
    return unread || 'This device sees an empty cart.';
  }

  #line(line) {
    const { itemId, quantity, unitPrice } = line;
    const field = el('input', { type: 'number', value: quantity, min: 0, max: 9999, required: true, 'aria-label': `Quantity of ${itemId}` });
    return el(
      'li',
      {},
      el(
        'form',
        { class: 'row', onsubmit: (event) => { event.preventDefault(); this.#set(line, Number(field.value)); } },
        el('span', { class: 'grow name' }, itemId, el('small', {}, ` at ${money(unitPrice)}`)),
        field,
        el('button', { 'aria-label': `Set quantity of ${itemId}` }, 'Set'),
        el('button', { type: 'button', 'aria-label': `Remove ${itemId}`, onclick: () => this.#remove(line) }, 'Remove'),
      ),
    );
  }
}

function money(cents) {
  return (cents / 100).toFixed(2);
}
