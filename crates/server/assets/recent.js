// The list of an account: a state is chosen without a button, and what is typed narrows this page at once. Enter, or the
// button, searches all of it.

import { byId } from "./page.js";

byId("state")?.addEventListener("change", () => byId("state").form.requestSubmit());

byId("search")?.addEventListener("input", () => {
  const wanted = byId("search").value.trim().toLowerCase();
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("tbody tr"))) {
    row.hidden = !row.querySelector("td")?.textContent?.toLowerCase().includes(wanted);
  }
});
