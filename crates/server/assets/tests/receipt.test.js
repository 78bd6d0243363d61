import assert from "node:assert/strict";
import { test } from "node:test";
import "./document.js";
import { pause } from "../receipt.js";

test("a receipt is looked at often while somebody may be waiting, and seldom later", () => {
  assert.deepEqual([0, 1.9, 2, 14, 15, 600].map(pause), [3, 3, 10, 10, 30, 30]);
});
