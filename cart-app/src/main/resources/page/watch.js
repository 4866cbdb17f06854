/** Looks again and again, but not while nobody is looking. */

const PAUSE_MILLIS = 1_000;

export class Watch {
  #look;
  #running = false;
  #paused = false;
  #again = false;
  #timer = 0;

  /** @param look what to do each time; the next time comes after it has ended */
  constructor(look) {
    this.#look = look;
    document.addEventListener('visibilitychange', () => this.now());
  }

  get paused() {
    return this.#paused;
  }

  set paused(paused) {
    this.#paused = paused;
    this.now();
  }

  /** Looks at once, or as soon as the present look has ended. */
  async now() {
    clearTimeout(this.#timer);
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = true;
    try {
      do {
        this.#again = false;
        await this.#look();
      } while (this.#again);
    } finally {
      this.#running = false;
    }
    if (!this.#paused && !document.hidden) {
      this.#timer = setTimeout(() => this.now(), PAUSE_MILLIS);
    }
  }
}
