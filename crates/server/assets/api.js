// Calls of this server's API from a page. Nothing here throws for what a network does: who calls looks at `failure`.

/**
 * `failure`: there is no answer of the server. `network` stands for a lost connection, and for the page of a proxy or hotel
 * in place of an answer. `retryAfter`: seconds.
 * @typedef {{failure: null, status: number, body: Record<string, any>, retryAfter: number | null}
 *   | {failure: "network" | "aborted", status: 0, body: Record<string, any>, retryAfter: null}} Answer
 */

/**
 * @typedef {object} Options
 * @property {Record<string, string> | URLSearchParams | FormData} [form]
 * @property {string} [idempotencyKey]
 * @property {string} [session] for X-Burnbag-Session
 * @property {AbortSignal} [signal]
 * @property {(sent: number, total: number) => void} [onProgress] of what is sent, in bytes
 */

/**
 * @param {"GET" | "POST"} method
 * @param {string} path from the root: /api/v1/…
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
export function call(method, path, { form, idempotencyKey, session, signal, onProgress } = {}) {
  return new Promise((resolve) => {
    // fetch tells nothing of what is sent.
    const request = new XMLHttpRequest();
    const fail = (/** @type {"network" | "aborted"} */ failure) => () => {
      resolve({ failure, status: 0, body: {}, retryAfter: null });
    };
    const abort = () => request.abort();
    request.onload = () => resolve(answerOf(request));
    request.onerror = request.ontimeout = fail("network");
    request.onabort = fail("aborted");
    request.onloadend = () => signal?.removeEventListener("abort", abort);
    if (onProgress) request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
    if (signal?.aborted) return fail("aborted")();
    signal?.addEventListener("abort", abort);
    request.open(method, path);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    if (idempotencyKey) request.setRequestHeader("Idempotency-Key", idempotencyKey);
    if (session) request.setRequestHeader("X-Burnbag-Session", session);
    request.send(form ? bodyOf(form) : null);
  });
}

/**
 * A fresh one: 43 characters that nobody guesses.
 * @returns {string}
 */
export function makeIdempotencyKey() {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Array.from(crypto.getRandomValues(new Uint8Array(43)), (byte) => alphabet[byte % 64]).join("");
}

/**
 * A form in urlencoded. An envelope of 33 MB needs no escapes, so it is handed on as it is; files of a form are left out,
 * because they go sealed or not at all.
 * @param {Record<string, string> | URLSearchParams | FormData} form
 * @returns {Blob}
 */
export function bodyOf(form) {
  const entries = form instanceof URLSearchParams || form instanceof FormData ? form : Object.entries(form);
  const parts = [];
  for (const [name, value] of entries) {
    if (typeof value !== "string") continue;
    const plain = !/[^\w-]/.test(value);
    parts.push(parts.length ? "&" : "", new URLSearchParams([[name, plain ? "" : value]]).toString(), plain ? value : "");
  }
  return new Blob(parts, { type: "application/x-www-form-urlencoded" });
}

/**
 * @param {XMLHttpRequest} request
 * @returns {Answer}
 */
function answerOf(request) {
  const { status, response } = request;
  const isObject = typeof response === "object" && response !== null;
  if (status < 300 && !isObject) return { failure: "network", status: 0, body: {}, retryAfter: null };
  const seconds = Number.parseInt(request.getResponseHeader("Retry-After") ?? "", 10);
  return { failure: null, status, body: isObject ? response : {}, retryAfter: Number.isNaN(seconds) ? null : seconds };
}
