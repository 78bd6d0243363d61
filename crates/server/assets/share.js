// The form that makes a link, sealed on this device where the browser can, and the link that was made. The address stays.

import { byId, call, copy, offerLink, onPress, say, showInstead, showTime, sizeText, text, troubleText } from "./page.js";
import { canSeal, deriveKeys, makeFragment, MAX_NAME, seal } from "./envelope.js";

/** @type {HTMLFormElement | null} */
const form = byId("share");
/** @type {HTMLTextAreaElement} */
const secret = byId("secret");
/** @type {HTMLInputElement} */
const passphrase = byId("passphrase");
/** Only who is signed in has it, where the server sends mail. @type {HTMLTextAreaElement | null} */
const recipient = byId("recipient");
const maxFiles = canSeal() ? Number(form?.dataset.files) : 0;
const maxFilesSize = Number(form?.dataset.filesSize);

/** @type {File[]} */
let files = [];
let generated = "";
let busy = false;

const isMailed = () => Boolean(recipient?.value.trim());

/** Which guarantee holds is said before anything is sent. */
function showGuarantee() {
  const holds = isMailed() ? "mail" : canSeal() ? "device" : "server";
  for (const each of ["device", "mail", "server"]) {
    const line = byId(`guarantee-${each}`);
    if (line) line.hidden = each !== holds;
  }
}

function start() {
  showGuarantee();
  recipient?.addEventListener("input", showGuarantee);
  if (maxFiles > 0) takeFiles();
  byId("generate-part").hidden = false;
  onPress("generate", generate);
  for (const id of ["length", "symbols"]) byId(id).addEventListener("change", generate);
  // Enter there asks for another password, not for the link.
  byId("length").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    generate();
  });
  byId("passphrase-buttons").hidden = false;
  onPress("show-passphrase", () => showPassphrase(passphrase.type === "password"));
  onPress("suggest-passphrase", async () => {
    const { makeSpokenPassphrase } = await import("./password.js");
    passphrase.value = makeSpokenPassphrase();
    showPassphrase(true);
  });
  form?.addEventListener("input", () => say("problem", ""));
  form?.addEventListener("submit", (event) => {
    const stays = busy || refuse(problemOf());
    // A link that the server mails it must know: then the browser sends the form to it.
    const sealsHere = canSeal() && !isMailed();
    if (stays || sealsHere) event.preventDefault();
    if (stays) return;
    busy = true;
    if (sealsHere) make();
  });
  // A page that comes back out of the browser's memory was sent already.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) busy = false;
    // What stood in the field may come back too.
    showGuarantee();
  });
}

/** @param {boolean} shown */
function showPassphrase(shown) {
  passphrase.type = shown ? "text" : "password";
  byId("show-passphrase").textContent = text(shown ? "share-hide" : "share-show");
}

// A value of its own

/** Puts it where the last one stands, else where somebody would write: as if it was typed, so that it can be undone. */
async function generate() {
  const { makePassword } = await import("./password.js");
  byId("generator").hidden = false;
  const length = Math.min(128, Math.max(8, Math.trunc(byId("length").valueAsNumber) || 20));
  const value = makePassword(length, byId("symbols").checked);
  const before = /** @type {HTMLElement} */ (document.activeElement);
  secret.focus();
  const last = generated ? secret.value.indexOf(generated) : -1;
  if (last >= 0) secret.setSelectionRange(last, last + generated.length);
  if (!document.execCommand("insertText", false, value)) secret.setRangeText(value);
  generated = value;
  before.focus();
}

// Files

function takeFiles() {
  byId("files-part").hidden = false;
  byId("no-files").hidden = true;
  const input = byId("files");
  input.addEventListener("change", () => {
    addFiles([...input.files]);
    // So that the same file can be chosen again; the list says what there is.
    input.value = "";
  });
  /** @param {DataTransfer | null} transfer */
  const hasFiles = (transfer) => form?.isConnected && transfer?.types.includes("Files");
  // Beside the form too, where the browser would leave the page for the file.
  document.addEventListener("dragover", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    form?.classList.add("dropping");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || form?.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event.dataTransfer)) return;
    event.preventDefault();
    form?.classList.remove("dropping");
    addFiles([...(event.dataTransfer?.files ?? [])]);
  });
  document.addEventListener("paste", (event) => {
    // A text that was copied out of an office program comes with its picture.
    if (!hasFiles(event.clipboardData) || event.clipboardData?.types.includes("text/plain")) return;
    event.preventDefault();
    addFiles([...(event.clipboardData?.files ?? [])]);
  });
}

/** @param {File[]} added */
function addFiles(added) {
  if (busy || refuse(problemOfFiles([...files, ...added]))) return;
  files.push(...added);
  listFiles();
  if (isMailed()) refuse(problemOf());
}

function listFiles() {
  const list = byId("file-list");
  list.replaceChildren(...files.map((file) => {
    const item = byId("file-item").content.cloneNode(true);
    item.querySelector("bdi").textContent = file.name;
    item.querySelector(".size").textContent = sizeText(file.size);
    const remove = item.querySelector("button");
    remove.textContent = text("share-remove", { name: file.name });
    remove.addEventListener("click", () => {
      if (busy) return;
      files = files.filter((other) => other !== file);
      say("problem", "");
      listFiles();
      (list.querySelector("button") ?? byId("files")).focus();
    });
    return item;
  }));
  list.hidden = byId("text-or-files").hidden = !files.length;
  byId("generate-part").hidden = files.length > 0;
  // A text that stands there already can be taken away.
  secret.disabled = files.length > 0 && !secret.value;
  if (!recipient) return;
  recipient.disabled = files.length > 0 && !isMailed();
  byId("recipient-files").hidden = !files.length;
}

// What cannot be sent

/**
 * Whether there is a problem, which is said then.
 * @param {string} problem
 */
function refuse(problem) {
  say("problem", problem);
  return problem !== "";
}

function problemOf() {
  if (files.length && secret.value) return text("share-text-or-files");
  if (files.length && isMailed()) return byId("recipient-files").textContent;
  if (files.length) return problemOfFiles(files);
  const limit = Number(form?.dataset.textLimit);
  if (!secret.value) return text("share-empty");
  return new TextEncoder().encode(secret.value).length > limit ? text("share-too-long", { size: sizeText(limit) }) : "";
}

/** @param {File[]} all */
function problemOfFiles(all) {
  const long = all.find(({ name }) => new TextEncoder().encode(name).length > MAX_NAME);
  if (long) return text("share-name-long", { name: long.name });
  const size = all.reduce((sum, file) => sum + file.size, 0);
  if (all.length <= maxFiles && size <= maxFilesSize) return "";
  return text("share-too-large", { count: maxFiles, size: sizeText(maxFilesSize) });
}

// Making the link

async function make() {
  const [button, progress] = [byId("create"), byId("progress")];
  button.disabled = true;
  say("status", text("share-sealing"));
  const problem = await sealAndSend().catch((error) => error.words ?? text("share-unsealed"));
  progress.hidden = true;
  say("status", "");
  button.disabled = busy = false;
  if (!refuse(problem)) return;
  if (document.activeElement === document.body) button.focus();
}

/** What came in the way; nothing where the link stands in the page. */
async function sealAndSend() {
  const words = passphrase.value;
  const content = files.length ? { kind: "files", files: await readFiles() } : { kind: "text", text: secret.value };
  const fragment = makeFragment(words !== "");
  const keys = await deriveKeys(fragment, words || null);
  const size = files.length ? files.reduce((sum, file) => sum + file.size, 0) : new TextEncoder().encode(secret.value).length;
  /** @type {Record<string, string>} */
  const fields = {
    secret: await seal(/** @type {import("./envelope.js").Content} */ (content), keys),
    proof: keys.proof,
    kind: content.kind,
    size: String(size),
    passphrase_required: String(fragment.needsPassphrase),
    ttl: byId("ttl").value,
  };
  if (files.length) fields.files = String(files.length);
  const label = byId("memo")?.value.trim();
  if (label && form?.dataset.session) fields.memo = label;
  say("status", text("share-sending"));
  const answer = await call("POST", "/api/v1/share", { form: fields, session: form?.dataset.session, onProgress });
  if (answer.status !== 200 || !answer.body.share_url) return refusalText(answer);
  showMade(answer.body, fragment.text, words);
  return "";
}

function readFiles() {
  return Promise.all(files.map(async (file) => {
    const bytes = await file.arrayBuffer().catch(() => null);
    if (!bytes || bytes.byteLength !== file.size) throw { words: text("share-file-unread", { name: file.name }) };
    return { name: file.name, mediaType: file.type, bytes: new Uint8Array(bytes) };
  }));
}

/**
 * @param {number} sent
 * @param {number} total
 */
function onProgress(sent, total) {
  const progress = byId("progress");
  progress.hidden = !files.length;
  progress.value = sent / total;
}

/** @param {import("./page.js").Answer} answer */
function refusalText(answer) {
  const { status, body } = answer;
  // The old API says 404 to all of it; its messages differ.
  const signedOut = [401, 403].includes(status) || /^(Not authorized$|An account is required)/.test(body.message);
  if (signedOut) {
    // Who presses again was told.
    if (form) form.dataset.session = "";
    return text("share-signed-out");
  }
  if (status === 503 && body.message === "Could not store your secret") return text("share-full");
  return troubleText(answer);
}

/**
 * @param {Record<string, any>} made
 * @param {string} fragment
 * @param {string} words the passphrase
 */
function showMade(made, fragment, words) {
  const link = `${made.share_url}#${fragment}`;
  const view = byId("made").content.cloneNode(true);
  /** @param {string} id */
  const part = (id) => view.querySelector(`#${id}`);
  part("link").value = link;
  const [subject, body] = [text("result-mail-subject"), `${text("result-mail-body")}\n\n${link}\n`].map(encodeURIComponent);
  part("mail-link").href = `mailto:?subject=${subject}&body=${body}`;
  part("receipt-link").href = `/receipt/${made.metadata_key}`;
  showTime(part("until").querySelector("time"), new Date((made.created + made.ttl) * 1000));
  part("made-passphrase").hidden = !words;
  part("passphrase-made").value = words;
  files = [];
  form?.reset();
  // The link is nowhere but here: another language would be another page.
  byId("language")?.remove();
  showInstead(byId("making"), view);
  offerMade();
}

function offerMade() {
  offerLink();
  const [link, words] = [byId("link"), byId("passphrase-made")];
  if ("share" in navigator) onPress("share-link", () => navigator.share({ url: link.value }).catch(() => {}));
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-copy]"))) {
    const field = byId(button.dataset.copy ?? "");
    button.hidden = false;
    button.addEventListener("click", () => copy(field, field.value, "result-copied"));
  }
  onPress("copy-passphrase", () => copy(words, words.value, "result-passphrase-copied"));
}

if (form) start();
// Where something came in between, the links that were made stand beside the form.
if (byId("result") || byId("links")) offerMade();
