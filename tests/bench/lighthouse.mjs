// Lighthouse for one list of pages in one Chromium: JSON in (stdin), a line of JSON a page out.
//   {chrome, flags, runs, pages: [{name, url, session?, categories}]}
// A page that is not 100 everywhere at once is measured `runs` times: the medians count.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const from = createRequire(join(process.cwd(), "frontend", "package.json"));
const home = from.resolve("lighthouse");
const { default: lighthouse } = await import(pathToFileURL(home).href);
const driver = createRequire(home).resolve("puppeteer-core"); // the one Lighthouse drives with
const { default: puppeteer } = await import(pathToFileURL(driver).href);

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

async function beSomebody(browser, page) {
  await browser.deleteCookie(...(await browser.cookies()));
  if (!page.session) return;
  const { hostname } = new URL(page.url);
  await browser.setCookie({ name: "sessionid", value: page.session, domain: hostname });
}

async function once(browser, port, page) {
  await beSomebody(browser, page);
  const result = await lighthouse(page.url, {
    port,
    output: "json",
    logLevel: "silent",
    onlyCategories: page.categories,
    formFactor: "mobile",
    throttlingMethod: "simulate",
    disableStorageReset: false,
  });
  const seen = result.lhr.finalDisplayedUrl;
  if (seen !== encodeURI(decodeURI(page.url))) throw new Error(`${page.url} led to ${seen}`);
  const { categories } = result.lhr;
  const scores = Object.fromEntries(
    page.categories.map((id) => {
      const score = categories[id]?.score ?? null;
      return [id, score === null ? null : Math.round(score * 100)];
    }),
  );
  return { scores, failing: failing(result.lhr), warnings: result.lhr.runWarnings };
}

async function measured(browser, port, page) {
  const found = [await once(browser, port, page)];
  const isFull = Object.values(found[0].scores).every((score) => score === 100);
  while (!isFull && found.length < runs) found.push(await once(browser, port, page));
  const scores = Object.fromEntries(
    page.categories.map((id) => [id, median(found.map((one) => one.scores[id]))]),
  );
  return { name: page.name, scores, runs: found.length, failing: found.at(-1).failing };
}

const { port, stop } = await startChromium();
const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}` });
try {
  for (const page of pages) {
    process.stdout.write(`${JSON.stringify(await measured(browser, port, page))}\n`);
  }
} finally {
  await browser.disconnect();
  await stop();
}
