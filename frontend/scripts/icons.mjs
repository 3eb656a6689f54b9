// Takes the listed Lucide icons and writes their inner paths to dist/icons.json,
// where the template tag {% icon %} finds them: no request, no sprite to wait for.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const here = new URL("..", import.meta.url).pathname;
const require = createRequire(import.meta.url);
const folder = join(dirname(require.resolve("lucide-static/package.json")), "icons");
const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));

function inner(name) {
  const svg = readFileSync(join(folder, `${name}.svg`), "utf8");
  const body = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg);
  if (!body) throw new Error(`No drawing found in the icon ${name}`);
  return body[1].replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
}

const sprite = Object.fromEntries([...new Set(names)].sort().map((n) => [n, inner(n)]));
writeFileSync(join(here, "dist", "icons.json"), JSON.stringify(sprite));
console.log(`dist/icons.json  ${Object.keys(sprite).length} icons`);
