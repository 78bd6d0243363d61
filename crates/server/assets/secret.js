// What a link leads to: opened here, on the device, where a device sealed it. Nothing is asked for before the button is
// pressed, and what is behind # is sent nowhere. docs/envelope.md has the steps.

import { byId, call, copy, makeIdempotencyKey, onPress, say, showInstead, sizeText, text, timeText, troubleText } from "./page.js";
import { canSeal, deriveKeys, EnvelopeError, open, parseFragment } from "./envelope.js";

/**
 * What this tab remembers of a secret: by what its reveal is repeated, when it was first tried, and when it succeeded.
 * @typedef {{repeat: string, at: number, device: boolean, asks: boolean, opened?: number, forgotten?: boolean}} Memory
 */

/** The key, and the part behind # also where a mail system made `%23` or `%2523` of it. @param {string} path @param {string} hash */
export function takeApart(path, hash) {
  const [, key = "", inPath] = /^\/+secret\/+([A-Za-z0-9]+)(?:%(?:25)*23)*([\w-]*)/.exec(path) ?? [];
  return { key, fragment: inPath || (/^(?:#|%(?:25)*23)+([\w-]+)/.exec(hash)?.[1] ?? "") };
}

/** A name from a stranger, made harmless: the last part of a path. What is seen is what it is. @param {string} claimed */
export function safeName(claimed) {
  const last = claimed.split(/[/\\]/).findLast((part) => part.trim()) ?? "";
  const name = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, "_").trim().replace(/[. ]+$/, "");
  return name.replace(/^[.-]+/, (dots) => "_".repeat(dots.length)) || "file";
}

const { key, fragment: written } = takeApart(location.pathname, location.hash);
const api = `/api/v1/secret/${key}`;
/** @type {import("./envelope.js").Fragment | null} */
let fragment = null;
let device = false;
/** Whether a passphrase is asked for. */
let asks = false;
let busy = false;
let shown = false;
let memory = recall();

// What this tab remembers

/** @returns {Memory | null} */
function recall() {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    // Not allowed, or not ours.
    return null;
  }
}

/** @param {Memory | null} value */
function remember(value) {
  memory = value;
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch {
    // Then a reload cannot show it again.
  }
}

/** Whether the server may still have a copy for this tab. */
function isRecent() {
  const seconds = byId("revealed-template")?.content.querySelector("#revealed").dataset.seconds;
  return !!memory && !memory.forgotten && Date.now() - (memory.opened ?? memory.at) < seconds * 1000;
}

// Before it is opened

function begin() {
  const waiting = byId("waiting");
  const form = byId("reveal");
  // Over http there is no form, and the page says why.
  if (!form) return;
  device = waiting.dataset.sealed === "device";
  asks = waiting.dataset.passphrase === "true";
  const link = byId("link-here");
  onPress("copy-link", () => copy(link, (link.value = location.href), "result-copied"));
  if (device) {
    if (!canSeal()) return say("status", text("reveal-http"));
    if (!readFragment(written)) return;
  }
  offerReveal();
}

/**
 * Whether the part behind # is whole; otherwise the page says what is wrong.
 * @param {string} found
 */
function readFragment(found) {
  try {
    fragment = parseFragment(found);
    asks = fragment.needsPassphrase;
    return true;
  } catch (error) {
    const newer = error instanceof EnvelopeError && error.reason === "newer fragment";
    if (!newer) showIncomplete();
    else if (!byId("whole-problem")) say("status", text("reveal-newer"));
    else say("whole-problem", text("reveal-newer"));
    return false;
  }
}

function offerReveal() {
  const form = byId("reveal");
  // The part behind # knows best; the server says what the sender told it.
  const part = byId("passphrase-part");
  if (part && !asks) part.remove();
  if (!part && asks) form.querySelector(".actions").before(byId("again-template").content.querySelector("#passphrase-part").cloneNode(true));
  form.hidden = false;
  form.onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    press();
  };
}

async function press() {
  const [field, button] = [byId("passphrase"), byId("reveal-button")];
  if (busy) return;
  if (field && !field.value) {
    say("problem", text("reveal-passphrase-needed"));
    return field.focus();
  }
  busy = button.disabled = true;
  say("problem", "");
  say("status", text("reveal-opening"));
  const problem = await reveal(field?.value ?? "");
  busy = button.disabled = false;
  if (!problem) return;
  say("status", "");
  say("problem", problem);
  (field ?? button).focus();
  field?.select();
}

/**
 * What came in the way; nothing where another view stands in the page.
 * @param {string} passphrase
 * @returns {Promise<string>}
 */
async function reveal(passphrase) {
  const keys = device && fragment ? await deriveKeys(fragment, passphrase || null) : null;
  /** @type {Record<string, string>} */
  const opener = keys ? { proof: keys.proof } : asks ? { passphrase } : {};
  const tried = memory !== null;
  const now = memory ?? { repeat: makeIdempotencyKey(), at: Date.now(), device, asks };
  remember(now);
  const answer = await call("POST", api, { form: opener, idempotencyKey: now.repeat });
  if (answer.status === 200 && typeof answer.body.value === "string") {
    const { value } = answer.body;
    remember({ ...now, opened: memory?.opened ?? Date.now() });
    const content = keys ? await open(value, keys).catch(() => null) : { kind: /** @type {const} */ ("text"), text: value };
    if (content) return show(content, opener);
    byId("reveal-button")?.remove();
    return text("reveal-not-opened");
  }
  if (isUnknown(answer)) return notOpened(tried);
  // Otherwise it may have been opened all the same.
  if (!tried && answer.status === 429) remember(null);
  return troubleText(answer);
}

/**
 * The old API says the same of what is gone and of what did not open.
 * @param {import("./page.js").Answer} answer
 */
function isUnknown({ status, body }) {
  return status === 404 && body.message !== undefined;
}

/**
 * @param {boolean} tried whether an answer may have got lost before
 * @returns {Promise<string>}
 */
async function notOpened(tried) {
  const answer = await call("GET", `${api}/status`);
  if (answer.status === 200) {
    remember(null);
    if (answer.body.locked) return text("reveal-locked");
    if (asks) return text("reveal-wrong");
    showIncomplete();
    say("incomplete-text", text("incomplete-wrong"));
    return "";
  }
  if (!isUnknown(answer)) return troubleText(answer);
  // What was opened here is kept for who has the passphrase.
  if (tried && asks && isRecent()) return text("reveal-wrong");
  // Somebody else opened it, or it was burned.
  if (!tried) remember(null);
  showGone();
  return "";
}

function section() {
  return /** @type {Element} */ (document.querySelector("main section"));
}

// A link that is not complete

function showIncomplete() {
  if (byId("whole")) return say("whole-problem", text("incomplete-still"));
  const waiting = section();
  showInstead(waiting, byId("incomplete-template"));
  byId("whole").addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    const found = await complete(byId("whole-link").value);
    if (!found) return;
    history.replaceState(null, "", `/secret/${key}#${found}`);
    showInstead(section(), waiting);
    say("problem", "");
    say("status", "");
    offerReveal();
  });
}

/**
 * The part behind # of what was pasted, where it is whole and of this secret.
 * @param {string} pasted
 */
async function complete(pasted) {
  const { linkOf, linkOfText } = await import("./link.js");
  const link = linkOfText(pasted, location.origin);
  if (link.kind === "secret" && link.key !== key) return location.assign(linkOf(location.origin, link.key, link.fragment));
  const problem = { receipt: "incomplete-receipt", "other host": "incomplete-other", none: "incomplete-still" };
  if (link.kind !== "secret" && link.kind !== "fragment") return say("whole-problem", text(problem[link.kind]));
  return readFragment(link.fragment ?? "") ? link.fragment : null;
}

// Opened

/**
 * @param {import("./envelope.js").Content} content
 * @param {Record<string, string>} opener
 */
function show(content, opener) {
  shown = true;
  // Another language would be another page.
  byId("language")?.remove();
  showInstead(section(), byId("revealed-template"));
  byId("text-view").hidden = content.kind !== "text";
  byId("files-view").hidden = content.kind !== "files";
  if (content.kind === "text") showText(content.text);
  else showFiles(content.files);
  byId("forget")?.addEventListener("submit", async (/** @type {Event} */ event) => {
    event.preventDefault();
    const answer = await call("POST", `${api}/forget`, { form: opener, idempotencyKey: memory?.repeat });
    if (answer.status === 200 || isUnknown(answer)) forget();
    else say("revealed-problem", troubleText(answer));
  });
  return "";
}

/** @param {string} value kept as it came: a field makes one line end of another */
function showText(value) {
  const area = byId("secret");
  area.value = value;
  area.rows = 2;
  // Measured once: a long text is slow to lay out.
  const hidden = (area.scrollHeight - area.clientHeight) / parseFloat(getComputedStyle(area).lineHeight);
  area.rows = Math.min(20, 2 + Math.ceil(hidden || 0));
  offerText(value);
}

/** @param {string} value */
function offerText(value) {
  const area = byId("secret");
  const part = area.closest(".field");
  const toggle = () => {
    part.hidden = !part.hidden;
    byId("hide-secret").textContent = text(part.hidden ? "revealed-show" : "revealed-hide");
  };
  onPress("hide-secret", toggle);
  onPress("copy-secret", async () => {
    if (await copy(area, value, "revealed-copied") || !part.hidden) return;
    toggle();
    area.select();
  });
}

/** @param {import("./envelope.js").SealedFile[]} files */
function showFiles(files) {
  byId("file-list").replaceChildren(...files.map(({ name: claimed, bytes }) => {
    const name = safeName(claimed);
    const item = byId("file-item").content.cloneNode(true);
    item.querySelector("bdi").textContent = name;
    item.querySelector(".size").textContent = sizeText(bytes.length);
    const button = item.querySelector("button");
    button.textContent = text("revealed-save", { name });
    button.addEventListener("click", () => save(new File([bytes], name, { type: "application/octet-stream" })));
    return item;
  }));
}

/** Never shown, only saved. What a mail app's browser does with it nobody knows. @param {File} file */
async function save(file) {
  const { seconds } = byId("revealed").dataset;
  if (seconds > 0) say("status", text("revealed-saving", { seconds }));
  const shared = { files: [file] };
  if (matchMedia("(pointer: coarse)").matches && navigator.canShare?.(shared)) {
    try {
      return await navigator.share(shared);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function forget() {
  // Pressed twice.
  if (!byId("forget")) return;
  if (memory) remember({ ...memory, forgotten: true });
  byId("secret").value = "";
  for (const part of [...byId("revealed").children]) if (!part.matches("h1, #status")) part.remove();
  byId("revealed").querySelector("h1").focus();
  say("status", text("revealed-forgotten"));
}

// Gone

function showGone() {
  document.querySelector("footer")?.remove();
  showInstead(section(), byId("gone-template"));
  sayHere();
}

/** The server says the same to everybody; this tab knows better. */
function sayHere() {
  const gone = byId("gone");
  if (!gone || !memory?.opened) return;
  const opened = new Date(memory.opened);
  const today = opened.toDateString() === new Date().toDateString();
  const words = document.createElement("p");
  words.textContent = text("revealed-here", { time: timeText(opened, today ? { timeStyle: "short" } : undefined) });
  gone.replaceChildren(gone.querySelector("h1"), words);
}

/** It is gone, and perhaps because of this tab: then it may have it once more. */
async function beginAgain() {
  if (!memory || !isRecent()) return sayHere();
  ({ device, asks } = memory);
  try {
    if (device) fragment = parseFragment(written);
  } catch {
    return sayHere();
  }
  const problem = asks ? "" : await reveal("");
  if (!asks && !problem) return;
  showInstead(section(), byId("again-template"));
  offerReveal();
  say("problem", problem);
}

if (key && location.pathname !== `/secret/${key}`) history.replaceState(null, "", `/secret/${key}${written && `#${written}`}`);
// A mended link that is pasted into the address bar changes nothing but the part behind #.
addEventListener("hashchange", () => shown || location.reload());
if (byId("waiting")) begin();
else if (byId("gone")) beginAgain();
else if (byId("secret")) offerText(byId("secret").value);
