// QR codes, read by somebody else's decoder.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import jsQR from "jsqr";
import { drawQr } from "../qr.js";

const SCALE = 4;
const VENDOR = new URL("../vendor/", import.meta.url);

/** As much of a document as drawing needs. */
globalThis.document = {
  createElementNS: (namespace, name) => ({
    namespace,
    name,
    attributes: {},
    children: [],
    setAttribute(attribute, value) {
      this.attributes[attribute] = value;
    },
    append(...children) {
      this.children.push(...children);
    },
  }),
};

/** The picture in pixels: white, then each rectangle of the path in black. */
function paint(svg) {
  const size = Number(svg.attributes.viewBox.split(" ")[3]) * SCALE;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  const runs = svg.children[1].attributes.d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g);
  for (const [x, y, run] of Array.from(runs, (match) => match.slice(1).map((text) => Number(text) * SCALE))) {
    for (let row = y; row < y + SCALE; row++) {
      for (let column = x; column < x + run; column++) pixels.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3);
    }
  }
  return { pixels, size };
}

for (const text of [
  "https://a.example/secret/0123456789abcdefghijklmnopqrstu#EAECAwQFBgcICQoLDA0ODxA",
  "http://localhost:7143/secret/0123456789abcdefghijklmnopqrstu#EQ",
  `https://${"long.".repeat(40)}example/secret/0123456789abcdefghijklmnopqrstu#EAECAwQFBgcICQoLDA0ODxA`,
  "https://bücher.example/",
]) {
  test(`the code says ${text.slice(0, 40)} (${text.length} characters)`, () => {
    const { pixels, size } = paint(drawQr(text, "QR code of the link"));
    assert.equal(jsQR(pixels, size, size)?.data, text);
  });
}

test("it is a picture with a name, on white, with four modules around", () => {
  const svg = drawQr("https://a.example/", "QR code of the link");
  assert.deepEqual([svg.name, svg.namespace], ["svg", "http://www.w3.org/2000/svg"]);
  assert.deepEqual([svg.attributes.role, svg.attributes["aria-label"]], ["img", "QR code of the link"]);
  const [ground, modules] = svg.children;
  assert.deepEqual([ground.name, ground.attributes.fill, modules.attributes.fill], ["rect", "#fff", "#000"]);
  const [, , width, height] = svg.attributes.viewBox.split(" ");
  assert.deepEqual([ground.attributes.width, ground.attributes.height], [width, height]);
  const runs = [...modules.attributes.d.matchAll(/M(\d+) (\d+)h(\d+)/g)].map((run) => run.slice(1).map(Number));
  assert.equal(Math.min(...runs.map(([x]) => x)), 4);
  assert.equal(Math.min(...runs.map(([, y]) => y)), 4);
  assert.equal(Math.max(...runs.map(([x, , run]) => x + run)), Number(width) - 4);
  assert.equal(Math.max(...runs.map(([, y]) => y + 1)), Number(height) - 4);
});

test("the encoder is the file that the README names, and makes no code or markup of a text", () => {
  const bytes = readFileSync(new URL("lean-qr.mjs", VENDOR));
  const readme = readFileSync(new URL("README.md", VENDOR), "utf8");
  assert.ok(readme.includes(createHash("sha256").update(bytes).digest("hex")));
  assert.doesNotMatch(bytes.toString(), /eval|Function\(|innerHTML|outerHTML|insertAdjacent|document\.|DOMParser|import\b/);
});
