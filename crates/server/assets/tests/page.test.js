// What all pages use. Calls go to a real server; XMLHttpRequest, which Node lacks, is a thin one over Node's own client.

import assert from "node:assert/strict";
import { createServer, request as send } from "node:http";
import { after, before, test } from "node:test";
import "./webcrypto.js";
import "./document.js";
import { agoText, bodyOf, call, makeIdempotencyKey, showTime, sizeText, text, troubleText } from "../page.js";

let server;
let origin;
let seen;
/** What the server answers: status, headers, text. `null`: it hangs up. */
let answer;

/** As much of it as calls need; its events come in the browsers' order. */
globalThis.XMLHttpRequest = class {
  upload = {};
  status = 0;
  response = null;
  #headers = {};
  open(method, path) {
    this.request = send(origin + path, { method });
  }
  setRequestHeader(name, value) {
    this.request.setHeader(name, value);
  }
  getResponseHeader(name) {
    return this.#headers[name.toLowerCase()] ?? null;
  }
  async send(body) {
    assert.equal(this.responseType, "json");
    this.request.on("error", () => this.#end("onerror"));
    this.request.on("response", async (response) => {
      this.status = response.statusCode;
      this.#headers = response.headers;
      try {
        let text = "";
        for await (const piece of response) text += piece;
        this.response = parsed(text);
        this.#end("onload");
      } catch {
        this.#end("onerror");
      }
    });
    if (body === null) return this.request.end();
    this.request.setHeader("Content-Type", body.type);
    this.upload.onprogress?.({ loaded: body.size, total: body.size });
    this.request.end(Buffer.from(await body.arrayBuffer()));
  }
  #end(event) {
    this[event]?.();
    this.onload = this.onerror = null;
  }
};

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

before(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request) body += piece;
    seen = { method: request.method, url: request.url, headers: request.headers, body };
    if (answer === null) return request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.text);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

const json = (status, value, headers = {}) => ({ status, headers, text: JSON.stringify(value) });
const lost = { lost: true, status: 0, body: {}, retryAfter: null };

test("a call sends its form and headers, and gives the answer", async () => {
  answer = json(200, { value: "hello" });
  const sent = [];
  const given = await call("POST", "/api/v1/secret/abc123", {
    form: { proof: "abc", passphrase: "a b&c=ü+" },
    idempotencyKey: "x".repeat(43),
    session: "s",
    onProgress: (...bytes) => sent.push(bytes),
  });
  assert.deepEqual(given, { lost: false, status: 200, body: { value: "hello" }, retryAfter: null });
  assert.deepEqual([seen.method, seen.url], ["POST", "/api/v1/secret/abc123"]);
  assert.equal(seen.headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(seen.headers["idempotency-key"], "x".repeat(43));
  assert.equal(seen.headers["x-burnbag-session"], "s");
  assert.deepEqual([...new URLSearchParams(seen.body)], [["proof", "abc"], ["passphrase", "a b&c=ü+"]]);
  assert.deepEqual(sent, [[seen.body.length, seen.body.length]]);
});

test("a call without anything sends nothing but itself", async () => {
  answer = json(200, []);
  assert.deepEqual((await call("GET", "/api/v1/private/recent")).body, []);
  assert.deepEqual([seen.method, seen.body], ["GET", ""]);
  for (const name of ["idempotency-key", "x-burnbag-session", "content-type"]) assert.equal(seen.headers[name], undefined);
});

test("refusals are answers", async () => {
  answer = json(404, { message: "Unknown secret" });
  assert.deepEqual(await call("POST", "/"), { lost: false, status: 404, body: { message: "Unknown secret" }, retryAfter: null });
  answer = json(429, { message: "Later" }, { "Retry-After": "17" });
  assert.equal((await call("POST", "/")).retryAfter, 17);
  answer = { status: 502, headers: { "Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT" }, text: "<h1>Bad Gateway</h1>" };
  assert.deepEqual(await call("POST", "/"), { lost: false, status: 502, body: {}, retryAfter: null });
});

test("no answer, half an answer, and somebody else's page are no answers", async () => {
  answer = null;
  assert.deepEqual(await call("POST", "/", { form: { a: "b" } }), lost);
  answer = { status: 200, headers: {}, text: "<h1>Welcome to our hotel</h1>" };
  assert.deepEqual(await call("POST", "/"), lost);
  answer = { status: 200, headers: {}, text: '{"value":"hel' };
  assert.deepEqual(await call("POST", "/"), lost);
});

test("forms are what servers read, whatever is in them", async () => {
  const values = { secret: "a\r\nb\0 €🔑~!'()*", half: "\uD83D", empty: "", envelope: "Aa0_-".repeat(1000), "näme&": "1" };
  const text = await bodyOf(values).text();
  assert.deepEqual(Object.fromEntries(new URLSearchParams(text)), { ...values, half: "\uFFFD" });
  assert.match(text, /^[\w.*+%&=-]+$/);
  assert.equal(await bodyOf({}).text(), "");
});

test("idempotency keys are 43 random characters of the right ones", () => {
  const all = Array.from({ length: 500 }, makeIdempotencyKey);
  for (const key of all) assert.match(key, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(new Set(all).size, 500);
  assert.equal(new Set(all.join("")).size, 64);
});

/** What the page says, by id. */
function withTexts(texts) {
  document.querySelector = (selector) => {
    const id = /^#texts \[data-text="(.+)"\]$/.exec(selector)?.[1];
    return id in texts ? { textContent: texts[id] } : null;
  };
}

test("texts are the page's, with what stands in their braces", () => {
  withTexts({ limit: "{count} files, {size} together", remove: "Remove {name}" });
  assert.equal(text("limit", { count: 3, size: "1 MB" }), "3 files, 1 MB together");
  assert.equal(text("remove", { name: "$& {size}.txt" }), "Remove $& {size}.txt");
  assert.equal(text("remove"), "Remove {name}");
  assert.equal(text("absent"), "");
});

test("an answer that is none has its words", () => {
  withTexts({ "trouble-lost": "lost", "trouble-later": "wait {time}", "trouble-server": "server" });
  assert.equal(troubleText(lost), "lost");
  const answered = (status, retryAfter) => troubleText({ lost: false, status, body: {}, retryAfter });
  assert.equal(answered(503, 5), "server");
  assert.equal(answered(429, 61), "wait 2 minutes");
  assert.equal(answered(429, 0), "wait 1 minute");
  assert.equal(answered(429, null), "wait 1 minute");
  document.documentElement.lang = "de";
  assert.equal(answered(429, 600), "wait 10 Minuten");
  document.documentElement.lang = "en";
});

test("sizes are written as the server does", () => {
  const sizes = [[0, "0 B"], [999, "999 B"], [1000, "1 kB"], [1234, "1.3 kB"], [12345, "13 kB"], [999_999, "1000 kB"],
    [1e6, "1 MB"], [4.2e6, "4.2 MB"], [25e6, "25 MB"]];
  for (const [bytes, expected] of sizes) assert.equal(sizeText(bytes), expected);
  document.documentElement.lang = "de";
  assert.equal(sizeText(1234), "1,3 kB");
  document.documentElement.lang = "en";
});

test("times are the reader's, and what is none stays as it is", () => {
  const element = { dateTime: "", textContent: "2026-01-02 03:04 UTC", dataset: {} };
  showTime(element, new Date(""));
  assert.equal(element.textContent, "2026-01-02 03:04 UTC");
  showTime(element, new Date(2026, 0, 2, 3, 4));
  assert.match(element.textContent, /^Jan 2, 2026, 3:04\sAM$/);
  assert.equal(new Date(element.dateTime).getTime(), new Date(2026, 0, 2, 3, 4).getTime());
  showTime(null, new Date());
});

test("in a list it counts how long ago it was", () => {
  const cases = [[0, "this minute"], [-5, "this minute"], [180, "3 min. ago"], [7200, "2 hr. ago"], [86_400 * 9, "9 days ago"]];
  for (const [seconds, expected] of cases) assert.equal(agoText(seconds), expected);
});
