// Links as pages and people have them: whole, cut, mangled by a mail system, or of the wrong kind. The twin of
// crates/cli/src/link.rs. Whether a fragment is whole, parseFragment of envelope.js says.

// What mail systems make of the #, once or more often.
const MARK = /(?:#|%(?:25)*23)+/;
// Without an address only this server's, so that no word, and no end of a broken link, is taken for a key.
const KEY_ALONE = /^[a-z0-9]{31}$/;
const PLACE = /^\/+(secret|receipt|private|metadata)\/([A-Za-z0-9]{6,80})\/*$/;
const WHOLE_FRAGMENT = /^[\w-]{23}$/;

/**
 * `receipt`: the sender's link, nothing to open behind it. `other host`: a secret, or receipt, of another server. `fragment`:
 * the part behind # alone.
 * @typedef {{kind: "secret", key: string, fragment: string | null} | {kind: "receipt", key: string}
 *   | {kind: "other host", origin: string} | {kind: "fragment", fragment: string} | {kind: "none"}} Link
 */

/**
 * Where the page is.
 * @param {{origin: string, pathname: string, hash: string}} location
 * @returns {Link}
 */
export function linkOfLocation({ origin, pathname, hash }) {
  return read(origin + pathname + hash, origin);
}

/**
 * What somebody pasted: a link, perhaps broken into lines, or within some words.
 * @param {string} text
 * @param {string} origin of this server
 * @returns {Link}
 */
export function linkOfText(text, origin) {
  const pasted = text.slice(0, 4000).replace(/[\u00ad\u200b-\u200d\u2060]/g, "");
  const links = [...pasted.trim().split(/\s+/), pasted.replace(/\s+/g, "")].map((part) => read(cut(part), origin));
  const found = links.filter(({ kind }) => kind !== "none");
  const whole = found.filter((link) => "fragment" in link && WHOLE_FRAGMENT.test(link.fragment ?? ""));
  const address = found.find(({ kind }) => kind !== "fragment");
  return whole.find(({ kind }) => kind === "secret") ?? address ?? whole[0] ?? found[0] ?? { kind: "none" };
}

/**
 * The secret's link.
 * @param {string} origin
 * @param {string} key
 * @param {string | null} fragment
 * @returns {string}
 */
export function linkOf(origin, key, fragment) {
  return `${origin}/secret/${key}${fragment ? `#${fragment}` : ""}`;
}

/**
 * Without what stands around it: words, quotes, or the address of a mail gateway with the link inside.
 * @param {string} text
 */
function cut(text) {
  const wrapped = /https?%3A%2F%2F[^&]+/i.exec(text);
  if (wrapped) {
    try {
      return decodeURIComponent(wrapped[0]);
    } catch {
      // Not made by a gateway then.
    }
  }
  const start = text.search(/https?:\/\//i);
  return (start > 0 ? text.slice(start) : text).replace(/^[<("'“‘]+/, "");
}

/**
 * @param {string} text
 * @param {string} origin
 * @returns {Link}
 */
function read(text, origin) {
  const mark = MARK.exec(text);
  // Behind the fragment may stand what ends a sentence or a quotation, or what a gateway added.
  const after = mark ? text.slice(mark.index + mark[0].length) : "";
  const fragment = /^[\w-]+/.exec(after)?.[0] ?? null;
  const before = (mark ? text.slice(0, mark.index) : text).replace(/[>"'”’.,);]+$/, "");
  if (mark && !before) return fragment ? { kind: "fragment", fragment } : { kind: "none" };
  if (!mark && WHOLE_FRAGMENT.test(before)) return { kind: "fragment", fragment: before };
  if (KEY_ALONE.test(before)) return { kind: "secret", key: before, fragment };
  return readAddress(before, fragment, origin);
}

/**
 * @param {string} text
 * @param {string | null} fragment
 * @param {string} origin
 * @returns {Link}
 */
function readAddress(text, fragment, origin) {
  const url = parseUrl(text, origin);
  const [, place, key] = PLACE.exec(url?.pathname ?? "") ?? [];
  if (!url || !key) return { kind: "none" };
  // http or https: the same server all the same.
  if (url.host !== new URL(origin).host) return { kind: "other host", origin: url.origin };
  return place === "secret" ? { kind: "secret", key, fragment } : { kind: "receipt", key };
}

/**
 * An address as people write it: a path, or without a scheme.
 * @param {string} text
 * @param {string} origin
 */
function parseUrl(text, origin) {
  const whole = text.includes("://") ? text : text.startsWith("/") ? origin + text : `${new URL(origin).protocol}//${text}`;
  try {
    const url = new URL(whole);
    return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : null;
  } catch {
    return null;
  }
}
