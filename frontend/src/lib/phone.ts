/** After a page has loaded: whose phone it is, what waits on it, the worker. */
import { restoreForms } from "./forms-kept";
import { entriesOf, onChange } from "./outbox";
import { met, owner } from "./owner";
import { session } from "./sender";
import { startSending } from "./sending";
import { startWorker } from "./worker";

function say(page: Document, name: string, count: number): void {
  const line = page.querySelector<HTMLElement>(`[data-phone-${name}]`);
  if (!line) return;
  line.hidden = count === 0;
  const place = line.querySelector("[data-count]");
  if (place) place.textContent = String(count);
}

async function showWaiting(page: Document): Promise<void> {
  const entries = (await entriesOf(await owner())).filter(({ state }) => state !== "draft");
  const needs = entries.filter((entry) => entry.state === "needs").length;
  say(page, "waits", entries.length - needs);
  say(page, "needs", needs);
}

/** A page as last seen, or one of the shell, cannot tell who is here: the server can. */
async function whoIsHere(page: Document): Promise<string | undefined> {
  const { who, seenAt } = page.documentElement.dataset;
  if (who !== undefined && seenAt === undefined) return who;
  if (!navigator.onLine) return undefined;
  return session().then((found) => found.who, () => undefined);
}

async function startOutbox(page: Document): Promise<void> {
  const who = await whoIsHere(page);
  if (who !== undefined) await met(who);
  onChange(() => void showWaiting(page));
  await showWaiting(page);
  startSending(page);
}

export function begin(page: Document): void {
  restoreForms(page);
  // A browser that keeps nothing (a private window) shows the pages all the same.
  startOutbox(page).catch(() => undefined);
  startWorker(page).catch(() => undefined);
}
