/** The browser says there is a network again: send, even when no page is open. */
import { sendDue } from "../lib/sender";

declare const self: ServiceWorkerGlobalScope;

interface SyncEvent extends ExtendableEvent { readonly tag: string; readonly lastChance: boolean }

export const TAG = "outbox";

async function send(isLast: boolean): Promise<void> {
  const outcome = await sendDue(true);
  const isLeft = outcome && (outcome.blocked || outcome.nextAt > 0);
  if (isLeft && !isLast) throw new Error("Something still waits"); // the browser asks again
}

export function sendOnSync(): void {
  self.addEventListener("sync", (event) => {
    const { tag, lastChance } = event as SyncEvent;
    if (tag === TAG) (event as ExtendableEvent).waitUntil(send(lastChance));
  });
}
