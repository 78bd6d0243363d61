import assert from "node:assert/strict";
import { test } from "node:test";
import "./document.js";
import "./webcrypto.js";
import { safeName, takeApart } from "../secret.js";

const KEY = "k".repeat(31);
const FRAGMENT = "EAAAAAAAAAAAAAAAAAAAAAA";

test("a link is taken apart, whatever a mail system made of it", () => {
  const whole = { key: KEY, fragment: FRAGMENT };
  const damaged = ["%23", "%2523", "%252523", "%23%23"];
  for (const mark of damaged) assert.deepEqual(takeApart(`/secret/${KEY}${mark}${FRAGMENT}`, ""), whole, mark);
  for (const hash of ["#", "##", "#%23", "#%2523"]) assert.deepEqual(takeApart(`/secret/${KEY}`, hash + FRAGMENT), whole, hash);
  for (const after of ["&x=1", ")", "%3E", "?x"]) {
    assert.deepEqual(takeApart(`/secret/${KEY}`, `#${FRAGMENT}${after}`), whole, after);
    assert.deepEqual(takeApart(`/secret/${KEY}%23${FRAGMENT}${after}`, ""), whole, after);
  }
  assert.deepEqual(takeApart(`/secret/${KEY}/`, `#${FRAGMENT}`), whole);
  for (const nothing of ["", "#", "#%23"]) assert.deepEqual(takeApart(`/secret/${KEY}`, nothing), { key: KEY, fragment: "" });
  assert.deepEqual(takeApart("/about", "#x"), { key: "", fragment: "x" });
});

test("names of files are harmless, and no more changed than needed", () => {
  const names = [
    ["report.pdf", "report.pdf"],
    ["Bericht März (2).pdf", "Bericht März (2).pdf"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\Windows\\win.ini", "win.ini"],
    ["C:evil.txt", "C_evil.txt"],
    ["folder/", "folder"],
    [".bashrc", "_bashrc"],
    ["-rf", "_rf"],
    ["a\0b\nc\u001b[2J", "a_b_c_[2J"],
    ["photo\u202egnp.exe", "photo_gnp.exe"],
    ["name. . ", "name"],
    ["日本語.txt", "日本語.txt"],
  ];
  for (const [claimed, safe] of names) assert.equal(safeName(claimed), safe);
  for (const nothing of ["", ".", "..", " ", "///", ".\\ "]) assert.equal(safeName(nothing), "file");
});
