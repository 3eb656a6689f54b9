// Paints the app's icons from our own mark (public/favicon.svg) and, for shortcuts, from
// the icon set: dist/icons/*.png, named in the manifest and in base.html.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";

const here = new URL("..", import.meta.url).pathname;
const BLUE = "#0b50d0";
const BOX = 32; // the mark's own viewBox
const SHORTCUTS = ["camera", "gauge", "zap"];
const to = join(here, "dist", "icons");
mkdirSync(to, { recursive: true });

const mark = readFileSync(join(here, "public", "favicon.svg"), "utf8");
const [house, bolt] = [...mark.matchAll(/<path[^>]*\sd="([^"]+)"/g)].map((found) => found[1]);
if (!house || !bolt) throw new Error("The mark has a house and a bolt");

const svg = (inner) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${BOX} ${BOX}">${inner}</svg>`;
const ground = `<rect width="${BOX}" height="${BOX}" fill="${BLUE}"/>`;
const scaled = (share, inner) => {
  const off = (BOX * (1 - share)) / 2;
  return `<g transform="translate(${off} ${off}) scale(${share})">${inner}</g>`;
};
const white = `<path fill="#fff" d="${house}"/><path fill="${BLUE}" d="${bolt}"/>`;
const cut = `<path fill="#fff" fill-rule="evenodd" d="${house} ${bolt}"/>`;

const drawings = {
  any: svg(scaled(0.94, `<path fill="${BLUE}" d="${house}"/><path fill="#fff" d="${bolt}"/>`)),
  maskable: svg(ground + scaled(0.56, white)), // all of it inside the safe circle
  monochrome: svg(scaled(0.8, cut)),
  "apple-touch": svg(ground + scaled(0.64, white)),
};

function paint(name, drawing, size) {
  const png = new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render().asPng();
  writeFileSync(join(to, `${name}-${size}.png`), png);
  return png.length;
}

let bytes = 0;
for (const name of ["any", "maskable", "monochrome"]) {
  for (const size of [192, 512]) bytes += paint(name, drawings[name], size);
}
bytes += paint("apple-touch", drawings["apple-touch"], 180);

const icons = JSON.parse(readFileSync(join(here, "dist", "icons.json"), "utf8"));
for (const name of SHORTCUTS) {
  const line = `<g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${icons[name]}</g>`;
  const placed = `<g transform="translate(6.4 6.4) scale(0.8)">${line}</g>`;
  const disc = `<circle cx="16" cy="16" r="16" fill="${BLUE}"/>`;
  bytes += paint(`shortcut-${name}`, svg(disc + placed), 96);
}
console.log(`dist/icons  ${Math.round(bytes / 1024)} kB`);
