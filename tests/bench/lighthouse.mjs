// Lighthouse for one list of pages in one Chromium: JSON in (stdin), a line of JSON a page out.
//   {chrome, flags, runs, pages: [{name, url, cookie?, categories}]}
// A page that is not 100 everywhere at once is measured `runs` times: the medians count.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const from = createRequire(join(process.cwd(), "frontend", "package.json"));
const { default: lighthouse } = await import(pathToFileURL(from.resolve("lighthouse")).href);

const text = await new Response(process.stdin).text();
const { chrome, flags, runs, pages } = JSON.parse(text);

async function startChromium() {
  const folder = await mkdtemp(join(tmpdir(), "livinglab-lighthouse-"));
  const words = ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${folder}`];
  const child = spawn(chrome, [...words, ...flags, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const port = await new Promise((resolve, reject) => {
    let said = "";
    child.on("exit", () => reject(new Error(`Chromium ended:\n${said}`)));
    child.stderr.on("data", (piece) => {
      said += piece;
      const found = /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(said);
      if (found) resolve(Number(found[1]));
    });
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { port, stop };
}

const median = (values) => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : null;
};

function failing(lhr) {
  const refs = Object.values(lhr.categories).flatMap((category) => category.auditRefs);
  const weighed = new Set(refs.filter((ref) => ref.weight > 0).map((ref) => ref.id));
  return Object.values(lhr.audits)
    .filter((audit) => weighed.has(audit.id) && audit.score !== null && audit.score < 0.9)
    .map((audit) => `${audit.id}${audit.displayValue ? ` ${audit.displayValue}` : ""}`);
}

async function once(port, page) {
  const result = await lighthouse(page.url, {
    port,
    output: "json",
    logLevel: "silent",
    onlyCategories: page.categories,
    formFactor: "mobile",
    throttlingMethod: "simulate",
    disableStorageReset: false,
    extraHeaders: page.cookie ? { Cookie: page.cookie } : undefined,
  });
  const { categories } = result.lhr;
  const scores = Object.fromEntries(
    page.categories.map((id) => {
      const score = categories[id]?.score ?? null;
      return [id, score === null ? null : Math.round(score * 100)];
    }),
  );
  return { scores, failing: failing(result.lhr), warnings: result.lhr.runWarnings };
}

async function measured(port, page) {
  const found = [await once(port, page)];
  const isFull = Object.values(found[0].scores).every((score) => score === 100);
  while (!isFull && found.length < runs) found.push(await once(port, page));
  const scores = Object.fromEntries(
    page.categories.map((id) => [id, median(found.map((one) => one.scores[id]))]),
  );
  return { name: page.name, scores, runs: found.length, failing: found.at(-1).failing };
}

const { port, stop } = await startChromium();
try {
  for (const page of pages) {
    process.stdout.write(`${JSON.stringify(await measured(port, page))}\n`);
  }
} finally {
  await stop();
}
