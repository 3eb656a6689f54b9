// Puts the licences of everything that is shipped to browsers beside it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = join(dirname(fileURLToPath(import.meta.url)), "..");
const shipped = [
  "htmx.org", "idb", "leaflet", "uplot", "lucide-static", "workbox-core", "workbox-expiration",
  "workbox-navigation-preload", "workbox-routing", "workbox-strategies",
];

const texts = shipped.map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((f) => /^licen[cs]e/i.test(f));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(join(here, "dist", "LICENCES.txt"), texts.join("\n----\n\n"));
