/** Sends what waits: at once when asked, when the network is back, else ever more rarely. */
import { entriesOf, isOpen } from "./outbox";
import { owner } from "./owner";
import { sendDue } from "./sender";
import { askForSync } from "./worker";

const BUSY_MS = 20_000;
const SOONEST_MS = 1_000;
let timer: number | undefined;

async function isAnythingOpen(): Promise<boolean> {
  return (await entriesOf(await owner())).some(isOpen);
}

/** Try now; what stays is tried again by itself, and by the browser where it can. */
export async function sendSoon(isAsked = false): Promise<void> {
  window.clearTimeout(timer);
  if (!(await isAnythingOpen())) return;
  const outcome = await sendDue(isAsked);
  if (!(await isAnythingOpen())) return;
  await askForSync();
  const wait = outcome?.nextAt ? outcome.nextAt - Date.now() : BUSY_MS;
  timer = window.setTimeout(() => void sendSoon(), Math.max(wait, SOONEST_MS));
}

export function startSending(page: Document): void {
  window.addEventListener("online", () => void sendSoon(true));
  page.addEventListener("visibilitychange", () => {
    if (!page.hidden) void sendSoon();
  });
  void sendSoon();
}
