import { readFileSync } from "node:fs";
import { defineConfig } from "vite";

// The service worker is one plain file, built after the pages' own: it keeps theirs.
type Chunk = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean };
type Built = Record<string, Chunk>;

/** Islands the pages of the shell need; the others are kept once they were seen. */
const SHELL = [
  "phone", "outbox", "reading-entry", "share-choice", "last-seen",
  "report-steps", "report-offline", "report-photos", "ask-cover", "map", "shapes",
];

function filesOf(built: Built, names: readonly string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = built[name];
    if (!chunk || found.has(chunk.file)) continue;
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(file);
    filesOf(built, chunk.imports ?? [], found);
  }
  return found;
}

const built = JSON.parse(readFileSync("dist/manifest.json", "utf8")) as Built;
const isShell = (name: string): boolean => SHELL.some((part) => name.endsWith(`/${part}.ts`));
const names = Object.keys(built).filter((name) => built[name]?.isEntry || isShell(name));
const files = [...filesOf(built, names)].map((file) => `/static/${file}`);

export default defineConfig({
  publicDir: false,
  define: {
    __BUILT__: JSON.stringify(files),
    "process.env.NODE_ENV": JSON.stringify("production"),
  },
  build: {
    emptyOutDir: false,
    outDir: "dist",
    target: "es2022",
    lib: { entry: "src/sw/sw.ts", formats: ["iife"], name: "sw", fileName: () => "sw.js" },
  },
});
