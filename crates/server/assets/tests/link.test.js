// Links as pages and people have them; the table of crates/cli/src/link.rs, and what only a page meets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linkOf, linkOfLocation, linkOfText } from "../link.js";

const HERE = "https://a.example";
const KEY = "0123456789abcdefghijklmnopqrstu";
const FRAGMENT = "EAECAwQFBgcICQoLDA0ODxA";
const WHOLE = { kind: "secret", key: KEY, fragment: FRAGMENT };
const LINK = `${HERE}/secret/${KEY}#${FRAGMENT}`;

test("the page's own address", () => {
  const at = (pathname, hash = "") => linkOfLocation({ origin: HERE, pathname, hash });
  const table = [
    [at(`/secret/${KEY}`, `#${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}%23${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}%2523${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}%252523${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}%23${FRAGMENT}`, "#main"), WHOLE],
    [at(`/secret/${KEY}/`, `#${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}`, `#${FRAGMENT}.`), WHOLE],
    [at(`/secret/${KEY}`, `#${FRAGMENT}%3E`), WHOLE],
    [at(`/secret/${KEY}`, `##${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}`, `#%23${FRAGMENT}`), WHOLE],
    [at(`/secret/${KEY}`), { ...WHOLE, fragment: null }],
    [at(`/secret/${KEY}`, "#"), { ...WHOLE, fragment: null }],
    [at(`/secret/${KEY}%23`), { ...WHOLE, fragment: null }],
    [at(`/secret/${KEY}`, "#EAEC"), { ...WHOLE, fragment: "EAEC" }],
    [at(`/receipt/${KEY}`), { kind: "receipt", key: KEY }],
    [at("/"), { kind: "none" }],
    [at("/about", `#${FRAGMENT}`), { kind: "none" }],
  ];
  for (const [index, [link, expected]] of table.entries()) assert.deepEqual(link, expected, `row ${index}`);
});

test("a pasted link is mended", () => {
  const half = LINK.length - 30;
  for (const text of [
    LINK,
    `  ${LINK}\n`,
    `https://A.example:443/secret/${KEY}#${FRAGMENT}`,
    `http://a.example/secret/${KEY}#${FRAGMENT}`,
    `a.example/secret/${KEY}#${FRAGMENT}`,
    `/secret/${KEY}#${FRAGMENT}`,
    `${KEY}#${FRAGMENT}`,
    LINK.replace("#", "%23"),
    LINK.replace("#", "%2523"),
    LINK.replace("#", "/#"),
    LINK.replace("#", "?utm_source=mail#"),
    `<${LINK}>`,
    `"${LINK}"`,
    `'${LINK}'`,
    `“${LINK}”`,
    `(${LINK})`,
    `${LINK}.`,
    `${LINK}&utm_source=mail`,
    `${LINK.slice(0, half)}\r\n${LINK.slice(half)}`,
    `<${LINK.slice(0, half)}\n   ${LINK.slice(half)}>`,
    `${LINK.slice(0, -5)}\n${LINK.slice(-5)}`,
    `${LINK.slice(0, 20)}\u200b${LINK.slice(20)}`,
    `Here it is: ${LINK}\nThanks, Bob`,
    `Link:${LINK} Passphrase: bado-kive-luma-zite`,
    `https://gateway.example/?url=${encodeURIComponent(LINK)}&data=05%7C02`,
    `https://gateway.example/?url=${encodeURIComponent(LINK.replace("#", "%23"))}&data=05%7C02`,
  ]) {
    assert.deepEqual(linkOfText(text, HERE), WHOLE, text);
  }
});

test("what is pasted instead of a link is named", () => {
  const table = [
    [`${HERE}/secret/${KEY}`, { ...WHOLE, fragment: null }],
    [`${HERE}/secret/${KEY} is the link`, { ...WHOLE, fragment: null }],
    [`${HERE}/secret/${KEY}#`, { ...WHOLE, fragment: null }],
    [`${HERE}/secret/${KEY}#!!!`, { ...WHOLE, fragment: null }],
    [`${HERE}/secret/${KEY}#EAEC`, { ...WHOLE, fragment: "EAEC" }],
    [`${LINK}A`, { ...WHOLE, fragment: `${FRAGMENT}A` }],
    [KEY, { ...WHOLE, fragment: null }],
    [`${HERE}/secret/abc123.`, { kind: "secret", key: "abc123", fragment: null }],
    [FRAGMENT, { kind: "fragment", fragment: FRAGMENT }],
    [` #${FRAGMENT}\n`, { kind: "fragment", fragment: FRAGMENT }],
    [`%23${FRAGMENT}`, { kind: "fragment", fragment: FRAGMENT }],
    [`<${FRAGMENT}>`, { kind: "fragment", fragment: FRAGMENT }],
    [`#${FRAGMENT.slice(0, 9)}\n${FRAGMENT.slice(9)}`, { kind: "fragment", fragment: FRAGMENT }],
    [`${HERE}/receipt/${KEY}`, { kind: "receipt", key: KEY }],
    [`${HERE}/private/${KEY}`, { kind: "receipt", key: KEY }],
    [`${HERE}/metadata/${KEY}/`, { kind: "receipt", key: KEY }],
    [LINK.replace("a.example", "b.example:8443"), { kind: "other host", origin: "https://b.example:8443" }],
    [`b.example/secret/${KEY}`, { kind: "other host", origin: "https://b.example" }],
    [`https://b.example/receipt/${KEY}`, { kind: "other host", origin: "https://b.example" }],
  ];
  for (const [text, expected] of table) assert.deepEqual(linkOfText(text, HERE), expected, text);
});

test("what is no link is refused", () => {
  for (const text of [
    "",
    " \n",
    "#",
    "hello",
    "please open it",
    HERE,
    `${HERE}/#${FRAGMENT}`,
    `${HERE}/secret/`,
    `${HERE}/about/abc123`,
    `${HERE}/secret/abc123/more`,
    `${HERE}/secret/a%2Fbcdef`,
    `https://a.example@b.example/secret/${KEY}`,
    "ftp://a.example/secret/abc123",
    "javascript:alert(1)",
    "https://",
    "https%3A%2F%2F%E0%A4%A",
    "x".repeat(1_000_000),
  ]) {
    assert.deepEqual(linkOfText(text, HERE), { kind: "none" }, text.slice(0, 80));
  }
});

test("a link that is made is read back, on any port", () => {
  for (const origin of [HERE, "http://localhost:7143", "http://[::1]:7143"]) {
    const made = linkOf(origin, KEY, FRAGMENT);
    assert.equal(made, `${origin}/secret/${KEY}#${FRAGMENT}`);
    assert.deepEqual(linkOfText(made, origin), WHOLE);
    assert.deepEqual(linkOfText(made.replace(/^https?:\/\//, ""), origin), WHOLE);
  }
  assert.equal(linkOf(HERE, KEY, null), `${HERE}/secret/${KEY}`);
});
