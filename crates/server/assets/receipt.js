// A receipt that tells by itself when the secret is opened, and the question before burning.

import { byId, call, offerLink, showTime, text } from "./page.js";

const KEY = /^\/+(?:receipt|private|metadata)\/+([A-Za-z0-9]+)/.exec(location.pathname)?.[1] ?? "";
/** How the API calls the ends of a secret. @type {Record<string, string>} */
const ENDS = { received: "opened", burned: "burned", expired: "expired" };

const loaded = Date.now();
let timer = 0;
/** What became of the mail to the recipient, as the API calls it. */
let mail = byId("receipt")?.dataset.mail;

/**
 * Seconds until the next look: often at first, when somebody waits for it.
 * @param {number} minutes since the page was opened
 */
export function pause(minutes) {
  return minutes < 2 ? 3 : minutes < 15 ? 10 : 30;
}

async function look() {
  clearTimeout(timer);
  if (document.hidden || !byId("living")) return;
  const { status, body, retryAfter } = await call("GET", `/api/v1/receipt/${KEY}`);
  // Burned by this very page meanwhile, or over: nothing more will come.
  if (status === 404 || !byId("living")) return;
  const end = ENDS[body.state];
  if (end) return showEnd(end, body.updated);
  if (body.mail ? body.mail !== mail : mail === "queued") renew();
  clearTimeout(timer);
  timer = setTimeout(look, 1000 * Math.max(retryAfter ?? 0, pause((Date.now() - loaded) / 60_000)));
}

/** Takes what is said of the mail from the page as it is now. */
function renew() {
  const request = new XMLHttpRequest();
  request.onload = () => {
    const now = request.response?.getElementById("receipt")?.dataset.mail;
    // The secret ended meanwhile, or there is nothing new to read out.
    if (!byId("living") || !now || now === mail) return;
    mail = now;
    for (const id of ["mail", "timeline"]) {
      byId(id).replaceChildren(...request.response.getElementById(id).childNodes);
      for (const time of byId(id).querySelectorAll("time")) showTime(time, new Date(time.dateTime));
    }
  };
  request.open("GET", location.pathname);
  request.responseType = "document";
  request.send();
}

/**
 * @param {string} state
 * @param {number} when in seconds
 */
function showEnd(state, when) {
  const words = text(`receipt-${state}`);
  byId("receipt").dataset.state = byId("state").dataset.state = state;
  byId("state-text").textContent = words;
  const item = byId("timeline-item").content.cloneNode(true);
  item.querySelector("span").textContent = words;
  showTime(item.querySelector("time"), new Date(when * 1000));
  byId("timeline").lastElementChild?.replaceWith(item);
  const after = /** @type {HTMLElement | null} */ (document.querySelector(`[data-after="${state}"]`));
  if (after) after.hidden = false;
  const focusLost = byId("living").contains(document.activeElement);
  byId("living").remove();
  byId("mail").replaceChildren();
  if (focusLost) document.querySelector("h1")?.focus();
}

function askBeforeBurning() {
  const [dialog, keep, burn] = [byId("burn-dialog"), byId("keep"), byId("burn")];
  const ask = () => {
    dialog.showModal();
    keep.focus();
  };
  burn.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    ask();
  });
  keep.addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    dialog.close();
  });
  // It is a link where there are no scripts, and called a button.
  keep.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => burn.querySelector("button").focus());
  if (!dialog.open) return;
  history.replaceState(null, "", location.pathname);
  burn.hidden = false;
  dialog.removeAttribute("open");
  ask();
}

offerLink();
if (byId("living")) {
  askBeforeBurning();
  document.addEventListener("visibilitychange", look);
  timer = setTimeout(look, 1000 * pause(0));
}
