// A link as a QR code, drawn here because no server may see the link. Loaded when its button is pressed.

import { correction, generate } from "./vendor/lean-qr.mjs";

const SVG = "http://www.w3.org/2000/svg";
// ISO/IEC 18004: four modules around it, and dark on light in any theme.
const QUIET = 4;

/**
 * @param {string} text
 * @param {string} label its accessible name
 * @returns {SVGSVGElement}
 */
export function drawQr(text, label) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const size = code.size + 2 * QUIET;
  const ground = element("rect", { width: String(size), height: String(size), fill: "#fff" });
  const modules = element("path", { d: pathOf(code), fill: "#000" });
  const svg = element("svg", { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges", role: "img", "aria-label": label });
  svg.append(ground, modules);
  return svg;
}

/**
 * A rectangle for each run of dark modules in a row.
 * @param {import("./vendor/lean-qr.mjs").Bitmap} code
 */
function pathOf(code) {
  let path = "";
  for (let y = 0; y < code.size; y++) {
    for (let x = 0, run = 0; x < code.size; x += run + 1) {
      for (run = 0; code.get(x + run, y); run++);
      if (run) path += `M${x + QUIET} ${y + QUIET}h${run}v1h-${run}z`;
    }
  }
  return path;
}

/**
 * @template {keyof SVGElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} attributes
 * @returns {SVGElementTagNameMap[Name]}
 */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
