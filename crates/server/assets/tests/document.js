// As much of a browser as the scripts of pages touch when they are loaded. Imported before them: what they find is nothing.

globalThis.document = {
  documentElement: { lang: "en" },
  getElementById: () => null,
  querySelector: () => null,
  querySelectorAll: () => [],
};
globalThis.location = new URL("https://secrets.example.com/");
globalThis.sessionStorage = { getItem: () => null };
globalThis.addEventListener = () => {};
