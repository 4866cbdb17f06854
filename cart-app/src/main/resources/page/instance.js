/** One instance of the service, as a client sees it. */

const PATIENCE_MILLIS = 10_000;

let token = '';

/** From now on requests carry this token. It is kept nowhere but here. */
export function useToken(newToken) {
  token = newToken;
}

/** What came instead of the answer that was hoped for, in words for people. */
export class Trouble extends Error {
  /** @param status of HTTP; 0 if there was no answer, or none that can be read */
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  /**
   * Whether the same request may do better later. It may have been done already: a proxy says 502 or 504 where the
   * instance died over it.
   */
  get passes() {
    return [0, 408, 429].includes(this.status) || this.status >= 500;
  }

  /** Whether it is only about who asks, so that it says nothing of what became of the same request before. */
  get concernsToken() {
    return [401, 403].includes(this.status);
  }
}

export class Instance {
  /** @param url where it serves; empty for the one that served this page */
  constructor(name, url) {
    this.name = name;
    this.url = url;
  }

  get(path) {
    return this.send('GET', path);
  }

  put(path, body) {
    return this.send('PUT', path, { body });
  }

  /**
   * @param headers those with no value are left out
   * @param credentials as of fetch; with omit the browser adds none of its own, and opens no dialog to ask for them
   * @returns {Promise<{status: number, headers: Headers, body: any}>}
   * @throws {Trouble}
   */
  async send(method, path, { body, headers = {}, credentials = 'same-origin' } = {}) {
    const answer = await this.#fetch(method, path, body, headers, credentials);
    const content = await answer.json().catch(() => null);
    if (answer.ok && content === null) {
      // What became of the request nobody knows: it was cut off, or not the instance answered
      throw new Trouble(0, `What came from ${this.name} cannot be read. Try again.`);
    }
    if (answer.ok) {
      return { status: answer.status, headers: answer.headers, body: content };
    }
    if (answer.status === 401 && path.startsWith('/carts/')) {
      document.dispatchEvent(new CustomEvent('token-needed'));
    }
    throw new Trouble(answer.status, inWords(answer, content));
  }

  async #fetch(method, path, body, headers, credentials) {
    const all = { ...headers };
    if (body !== undefined) {
      all['Content-Type'] = 'application/json';
    }
    if (token) {
      all.Authorization = `Bearer ${token}`;
    }
    const given = Object.entries(all).filter(([, value]) => value);
    try {
      return await fetch(this.url + path, {
        method,
        headers: Object.fromEntries(given),
        body: body === undefined ? undefined : JSON.stringify(body),
        cache: 'no-store',
        credentials,
        signal: AbortSignal.timeout(PATIENCE_MILLIS),
      });
    } catch {
      throw new Trouble(0, `${this.name} does not answer: it is stopped, or cannot be reached.`);
    }
  }
}

/** An id that nobody else draws. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function inWords(answer, problem) {
  const faults = (problem?.errors ?? []).map((error) => `${error.field} ${error.reason}`).join(', ');
  const said = faults || problem?.detail || answer.statusText;
  const seconds = answer.headers.get('Retry-After');
  const advice = seconds ? ` Try again in ${seconds} s.` : '';
  return `${problem?.title ?? 'Refused'} (${answer.status}): ${said}${/[.!?]$/.test(said) ? '' : '.'}${advice}`;
}
