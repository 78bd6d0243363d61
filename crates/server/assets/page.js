// What the scripts of all pages use: texts, times, the clipboard, QR codes, calls of the API. Pages stand without it.

/** @type {Answer} */
const LOST = { lost: true, status: 0, body: {}, retryAfter: null };

/**
 * @param {string} id
 * @returns {any} the element, or null
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A text of the page; scripts have none of their own.
 * @param {string} id
 * @param {Record<string, string | number>} [values] what stands in its braces
 * @returns {string}
 */
export function text(id, values = {}) {
  const found = document.querySelector(`#texts [data-text="${id}"]`)?.textContent ?? "";
  // From right to left a size or a name keeps its own direction.
  const [open, close] = document.documentElement.dir === "rtl" ? ["\u2068", "\u2069"] : ["", ""];
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? open + values[name] + close : whole));
}

/**
 * Says something in a region that assistive technology reads out, where there is one; also when it said the same before.
 * @param {string} id
 * @param {string} words
 */
export function say(id, words) {
  const region = byId(id);
  if (!region) return;
  region.textContent = "";
  region.textContent = words;
  if (words) region.scrollIntoView({ block: "nearest" });
}

/**
 * Shows a button that needs scripts, and what it does.
 * @param {string} id
 * @param {(button: HTMLButtonElement) => void} action
 */
export function onPress(id, action) {
  const button = byId(id);
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => action(button));
}

/**
 * Another view in place of one, from its template or as it was before. The heading gets the focus, and titles the tab.
 * @param {Element} old
 * @param {any} view a template, or an element
 */
export function showInstead(old, view) {
  old.replaceWith(view.content ? view.content.cloneNode(true) : view);
  const heading = document.querySelector("h1");
  document.title = document.title.replace(/^.*?(?= · )/s, () => heading?.textContent ?? "");
  heading?.focus();
  window.scrollTo(0, 0);
}

/**
 * Copies, or selects the field so that a key can do it. Whether it is copied.
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} value
 * @param {string} done the text that says so
 */
export async function copy(field, value, done) {
  try {
    await navigator.clipboard.writeText(value);
    say("status", text(done));
    return true;
  } catch {
    field.hidden = false;
    field.focus();
    field.select();
    say("status", text("press-copy"));
    return false;
  }
}

/** The buttons beside a link. */
export function offerLink() {
  const link = byId("link");
  if (!link) return;
  onPress("copy-link", () => copy(link, link.value, "result-copied"));
  onPress("show-qr", async (button) => {
    const place = byId("qr");
    try {
      const { drawQr } = await import("./qr.js");
      place.replaceChildren(drawQr(link.value, text("result-qr-name")));
    } catch {
      return say("status", text("trouble-lost"));
    }
    place.hidden = !place.hidden;
    button.setAttribute("aria-expanded", String(!place.hidden));
  });
}

/**
 * `4.2 MB`: as the server writes sizes.
 * @param {number} bytes
 * @returns {string}
 */
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const [unit, tenths] = bytes < 1e6 ? ["kB", Math.ceil(bytes / 100)] : ["MB", Math.ceil(bytes / 1e5)];
  const number = tenths < 100 ? tenths / 10 : Math.ceil(tenths / 10);
  return `${number.toLocaleString(document.documentElement.lang, { useGrouping: false })} ${unit}`;
}

/**
 * A time for this reader.
 * @param {Date} time
 * @param {Intl.DateTimeFormatOptions} [how]
 */
export function timeText(time, how = { dateStyle: "medium", timeStyle: "short" }) {
  return new Intl.DateTimeFormat(document.documentElement.lang, how).format(time);
}

/**
 * @param {HTMLTimeElement | null} element
 * @param {Date} time
 */
export function showTime(element, time) {
  if (!element || Number.isNaN(time.getTime())) return;
  element.dateTime = time.toISOString();
  element.textContent = timeText(time);
  // In a list what counts is how long ago it was.
  if (element.dataset.ago === undefined) return;
  element.title = element.textContent;
  element.textContent = agoText((Date.now() - time.getTime()) / 1000);
}

/** @param {number} seconds @returns {string} */
export function agoText(seconds) {
  /** @type {[Intl.RelativeTimeFormatUnit, number]} */
  const [unit, length] = seconds < 3600 ? ["minute", 60] : seconds < 86_400 ? ["hour", 3600] : ["day", 86_400];
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short", numeric: "auto" });
  return format.format(-Math.max(0, Math.round(seconds / length)), unit);
}

/**
 * What a page says of an answer that is none.
 * @param {Answer} answer
 * @returns {string}
 */
export function troubleText({ lost, status, retryAfter }) {
  if (lost) return text("trouble-lost");
  if (status !== 429) return text("trouble-server");
  const minutes = Math.max(1, Math.ceil((retryAfter ?? 60) / 60));
  const time = minutes.toLocaleString(document.documentElement.lang, { style: "unit", unit: "minute", unitDisplay: "long" });
  return text("trouble-later", { time });
}

/**
 * `lost`: there is no answer of the server; the connection broke, or a proxy's or hotel's page came in place of an answer.
 * `retryAfter`: seconds.
 * @typedef {{lost: boolean, status: number, body: Record<string, any>, retryAfter: number | null}} Answer
 */

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [form]
 * @property {string} [idempotencyKey]
 * @property {string} [session] for X-Burnbag-Session
 * @property {(sent: number, total: number) => void} [onProgress] of what is sent, in bytes
 */

/**
 * A call of this server's API. Nothing here throws for what a network does: who calls looks at `lost`.
 * @param {"GET" | "POST"} method
 * @param {string} path from the root: /api/v1/…
 * @param {Options} [options]
 * @returns {Promise<Answer>}
 */
export function call(method, path, { form, idempotencyKey, session, onProgress } = {}) {
  return new Promise((resolve) => {
    // fetch tells nothing of what is sent.
    const request = new XMLHttpRequest();
    request.onload = () => resolve(answerOf(request));
    request.onerror = request.ontimeout = request.onabort = () => resolve(LOST);
    if (onProgress) request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total);
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
 * A form in urlencoded. An envelope of 33 MB needs no escapes, so it is handed on as it is.
 * @param {Record<string, string>} form
 * @returns {Blob}
 */
export function bodyOf(form) {
  const parts = [];
  for (const [name, value] of Object.entries(form)) {
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
  if (status < 300 && !isObject) return LOST;
  const seconds = Number.parseInt(request.getResponseHeader("Retry-After") ?? "", 10);
  return { lost: false, status, body: isObject ? response : {}, retryAfter: Number.isNaN(seconds) ? null : seconds };
}

/** Choosing a language needs no button, and the part behind # stays, which a way over another address would lose. */
function quickenLanguage() {
  const form = byId("language");
  if (!form) return;
  const button = form.querySelector("button");
  button.hidden = true;
  // Who goes through the list by keys has not chosen yet.
  form.addEventListener("keydown", () => (button.hidden = false));
  form.addEventListener("change", () => {
    // What was typed or added would be lost: then not without being asked.
    const hasFiles = byId("file-list")?.childElementCount > 0;
    if (byId("share") && (byId("secret")?.value || hasFiles)) button.hidden = false;
    if (button.hidden) form.requestSubmit();
  });
  form.addEventListener("submit", async (/** @type {Event} */ event) => {
    if (!location.hash) return;
    event.preventDefault();
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    location.reload();
  });
}

/** An address within the page would take the place of what is behind #. */
function skipInPlace() {
  document.querySelector(".skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    byId("content").focus();
  });
}

/** Where the same page is to be had over https: with the part behind #, which the link alone would lose. */
function keepFragment() {
  const instead = byId("instead");
  if (instead && location.hash) instead.hash = location.hash;
}

for (const time of document.querySelectorAll("time")) showTime(time, new Date(time.dateTime));
quickenLanguage();
skipInPlace();
keepFragment();
