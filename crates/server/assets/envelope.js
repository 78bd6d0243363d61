// What a device seals and opens: docs/envelope.md, byte by byte. The twin of crates/core/src/{fragment,envelope,content}.rs.

const FRAGMENT = 0x10;
const PASSPHRASE = 0x01;
const ENVELOPE = 1;
const HEADER = 13;
const TEXT = 0;
const FILES = 1;

export const MAX_FILES = 10;
export const MAX_NAME = 255;
const MAX_MEDIA_TYPE = 127;

/**
 * What a vector's `expect` says; the last two are of contents that cannot be sealed.
 * @typedef {"malformed fragment" | "newer fragment" | "needs passphrase" | "newer envelope" | "does not open"
 *   | "unknown content" | "bad count" | "bad name"} Reason
 */
/** @typedef {{head: number, random: Uint8Array<ArrayBuffer>, needsPassphrase: boolean, text: string}} Fragment */
/** @typedef {{head: number, content: CryptoKey, proof: string}} Keys */
/** @typedef {{name: string, mediaType: string, bytes: Uint8Array<ArrayBuffer>}} SealedFile */
/** @typedef {{kind: "text", text: string} | {kind: "files", files: SealedFile[]}} Content */

export class EnvelopeError extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason);
    this.name = "EnvelopeError";
    this.reason = reason;
  }
}

/**
 * Whether this page may seal and open at all: browsers have the means over https and on localhost only.
 * @returns {boolean}
 */
export function canSeal() {
  return globalThis.crypto?.subtle !== undefined;
}

/**
 * @param {boolean} needsPassphrase
 * @returns {Fragment}
 */
export function makeFragment(needsPassphrase) {
  const bytes = crypto.getRandomValues(new Uint8Array(17));
  bytes[0] = needsPassphrase ? FRAGMENT | PASSPHRASE : FRAGMENT;
  return fragmentOf(bytes);
}

/**
 * @param {string} text
 * @returns {Fragment}
 */
export function parseFragment(text) {
  const bytes = fromBase64url(text);
  if (bytes?.length !== 17) throw new EnvelopeError("malformed fragment");
  if ((bytes[0] & ~PASSPHRASE) !== FRAGMENT) throw new EnvelopeError("newer fragment");
  return fragmentOf(bytes);
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Fragment}
 */
function fragmentOf(bytes) {
  const needsPassphrase = (bytes[0] & PASSPHRASE) !== 0;
  return { head: bytes[0], random: bytes.subarray(1), needsPassphrase, text: toBase64url(bytes) };
}

/**
 * A passphrase that the fragment does not ask for is ignored. With one it takes tenths of a second.
 * @param {Fragment} fragment
 * @param {string | null} passphrase
 * @returns {Promise<Keys>}
 */
export async function deriveKeys({ head, random, needsPassphrase }, passphrase) {
  if (needsPassphrase && !passphrase) throw new EnvelopeError("needs passphrase");
  const root = await crypto.subtle.importKey("raw", random, "HKDF", false, ["deriveBits", "deriveKey"]);
  const none = new Uint8Array(32);
  const stretch = needsPassphrase && passphrase
    ? await stretched(passphrase, await crypto.subtle.deriveBits(hkdf(none, "salt"), root, 256))
    : none;
  const kind = { name: "AES-GCM", length: 256 };
  const [content, proof] = await Promise.all([
    crypto.subtle.deriveKey(hkdf(stretch, "content"), root, kind, false, ["encrypt", "decrypt"]),
    crypto.subtle.deriveBits(hkdf(stretch, "proof"), root, 256),
  ]);
  return { head, content, proof: toBase64url(new Uint8Array(proof)) };
}

/**
 * @param {BufferSource} salt
 * @param {string} use
 */
function hkdf(salt, use) {
  return { name: "HKDF", hash: "SHA-256", salt, info: new TextEncoder().encode(`burnbag/e2e/${use}`) };
}

/**
 * NFC, because two keyboards may spell one character differently.
 * @param {string} passphrase
 * @param {BufferSource} salt
 */
async function stretched(passphrase, salt) {
  const bytes = new TextEncoder().encode(passphrase.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: 600_000 }, key, 256);
}

/**
 * The envelope's text.
 * @param {Content} content
 * @param {Keys} keys
 * @param {Uint8Array<ArrayBuffer>} [nonce] for the vectors only: a nonce is used once
 * @returns {Promise<string>}
 */
export async function seal(content, keys, nonce = crypto.getRandomValues(new Uint8Array(12))) {
  const sealed = new Uint8Array(await crypto.subtle.encrypt(gcm(nonce, keys), keys.content, encodeContent(content)));
  // The header and two bytes are 20 whole characters, so that 25 MB need not be moved to stand behind a header.
  const start = new Uint8Array(HEADER + 2);
  start[0] = ENVELOPE;
  start.set(nonce, 1);
  start.set(sealed.subarray(0, 2), HEADER);
  return toBase64url(start) + toBase64url(sealed.subarray(2));
}

/**
 * @param {string} envelope its text
 * @param {Keys} keys
 * @returns {Promise<Content>}
 */
export async function open(envelope, keys) {
  const bytes = fromBase64url(envelope);
  if (!bytes?.length) throw new EnvelopeError("does not open");
  if (bytes[0] !== ENVELOPE) throw new EnvelopeError("newer envelope");
  let content;
  try {
    const how = gcm(bytes.subarray(1, HEADER), keys);
    content = await crypto.subtle.decrypt(how, keys.content, bytes.subarray(HEADER));
  } catch {
    throw new EnvelopeError("does not open");
  }
  return decodeContent(new Uint8Array(content));
}

/**
 * @param {Uint8Array<ArrayBuffer>} iv
 * @param {Keys} keys
 */
function gcm(iv, { head }) {
  return { name: "AES-GCM", iv, additionalData: Uint8Array.of(head) };
}

/**
 * Bytes of the text, or of all files together: what limits count.
 * @param {Content} content
 * @returns {number}
 */
export function sizeOf(content) {
  if (content.kind === "text") return new TextEncoder().encode(content.text).length;
  return content.files.reduce((sum, file) => sum + file.bytes.length, 0);
}

/**
 * @param {Content} content
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeContent(content) {
  const utf8 = new TextEncoder();
  if (content.kind === "text") return joined([Uint8Array.of(TEXT), utf8.encode(content.text)]);
  const { files } = content;
  if (files.length < 1 || files.length > MAX_FILES) throw new EnvelopeError("bad count");
  const parts = [Uint8Array.of(FILES, files.length)];
  for (const file of files) {
    const name = utf8.encode(file.name);
    if (name.length < 1 || name.length > MAX_NAME) throw new EnvelopeError("bad name");
    let mediaType = utf8.encode(file.mediaType);
    // The browser made it up, and nobody could mend it.
    if (mediaType.length > MAX_MEDIA_TYPE) mediaType = new Uint8Array();
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, BigInt(file.bytes.length));
    parts.push(Uint8Array.of(name.length >> 8, name.length), name);
    parts.push(Uint8Array.of(mediaType.length), mediaType, length, file.bytes);
  }
  return joined(parts);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Names are not judged. The bytes of files are views, not copies.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Content}
 */
export function decodeContent(bytes) {
  // A TextDecoder eats a byte order mark unless it is told not to.
  const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    if (bytes[0] === TEXT) return { kind: "text", text: utf8.decode(bytes.subarray(1)) };
    if (bytes[0] === FILES) return { kind: "files", files: decodeFiles(bytes, utf8) };
  } catch {
    // Not UTF-8, or cut: as unknown as any other kind.
  }
  throw new EnvelopeError("unknown content");
}

/**
 * Throws where the bytes are no files: RangeError or TypeError.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {TextDecoder} utf8
 */
function decodeFiles(bytes, utf8) {
  let at = 1;
  /** @param {number} length */
  const take = (length) => {
    if (length > bytes.length - at) throw new RangeError("cut");
    return bytes.subarray(at, (at += length));
  };
  /** @param {number} width */
  const number = (width) => take(width).reduce((value, byte) => value * 256 + byte, 0);
  const count = number(1);
  if (count < 1 || count > MAX_FILES) throw new RangeError("count");
  const files = [];
  for (let i = 0; i < count; i++) {
    const name = take(number(2));
    const mediaType = take(number(1));
    if (name.length < 1 || name.length > MAX_NAME || mediaType.length > MAX_MEDIA_TYPE) throw new RangeError("length");
    files.push({ name: utf8.decode(name), mediaType: utf8.decode(mediaType), bytes: take(number(8)) });
  }
  if (at !== bytes.length) throw new RangeError("something follows");
  return files;
}

/**
 * Base64url without padding (RFC 4648 §5).
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function toBase64url(bytes) {
  const native = /** @type {{toBase64?: (how: object) => string}} */ (/** @type {unknown} */ (bytes));
  if (native.toBase64) return native.toBase64({ alphabet: "base64url", omitPadding: true });
  const pieces = [];
  // Whole groups of three, and fewer than a call takes arguments.
  for (let at = 0; at < bytes.length; at += 0x6000) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 0x6000))));
  }
  return pieces.join("").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * `null` where it is not exactly what toBase64url writes: no padding, no other characters, no bits left over.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer> | null}
 */
export function fromBase64url(text) {
  const left = text.length % 4;
  if (left === 1 || /[^\w-]/.test(text)) return null;
  if (left === 2 && !/[AQgw]$/.test(text.slice(-1))) return null;
  if (left === 3 && !/[AEIMQUYcgkosw048]$/.test(text.slice(-1))) return null;
  const native = /** @type {{fromBase64?: (text: string, how: object) => Uint8Array<ArrayBuffer>}} */ (
    /** @type {unknown} */ (Uint8Array));
  if (native.fromBase64) return native.fromBase64(text, { alphabet: "base64url" });
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let to = 0;
  for (let at = 0; at < text.length; at += 0x8000) {
    const piece = atob(text.slice(at, at + 0x8000).replaceAll("-", "+").replaceAll("_", "/"));
    for (let i = 0; i < piece.length; i++) bytes[to++] = piece.charCodeAt(i);
  }
  return bytes;
}
