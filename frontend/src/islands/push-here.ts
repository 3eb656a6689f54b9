/**
 * The button that lets notices come to this phone. Asks only after a press, says what to
 * do when the browser blocks it, and marks this browser in the list.
 *
 *   <div data-island="push-here" data-props="…">
 *     <p data-says role="status"></p>
 *     <button type="button" data-on hidden>…</button>
 *     <button type="button" data-off hidden>…</button>
 *   </div>
 *   <li data-browser="9f86d081…"><span data-here hidden>This phone</span></li>
 */
import { part } from "../lib/part";
import { canPush, currentSubscription, digest, subscribe, unsubscribe } from "../lib/push";

type Words = Readonly<Record<"no" | "blocked" | "install" | "dismissed" | "working" | "failed" | "on", string>>;
type Props = { key: string; words: Words };

async function markHere(subscription: PushSubscription): Promise<boolean> {
  const row = document.querySelector(`[data-browser="${await digest(subscription.endpoint)}"]`);
  row?.querySelector("[data-here]")?.removeAttribute("hidden");
  return row !== null;
}

export function mount(root: HTMLElement, { key, words }: Props): () => void {
  const says = part(root, "[data-says]");
  const on = part<HTMLButtonElement>(root, "[data-on]");
  const off = part<HTMLButtonElement>(root, "[data-off]");
  const who = document.documentElement.dataset.who ?? "";

  async function look(): Promise<void> {
    const can = canPush();
    if (can !== "yes") return void (says.textContent = words[can]);
    const found = Notification.permission === "granted" ? await currentSubscription() : null;
    const isOn = found !== null && (await markHere(found));
    on.hidden = isOn;
    off.hidden = !isOn;
    if (isOn) says.textContent = words.on;
  }

  async function agree(): Promise<void> {
    const permission = await Notification.requestPermission();
    if (permission !== "granted") {
      says.textContent = permission === "denied" ? words.blocked : words.dismissed;
      on.hidden = permission === "denied";
      return;
    }
    says.textContent = words.working;
    await subscribe(key, who);
    window.location.reload(); // the list and the switches know it now
  }

  async function stop(): Promise<void> {
    await unsubscribe();
    window.location.reload();
  }

  const attempt = (work: () => Promise<void>) => (): void => {
    on.disabled = off.disabled = true;
    void work()
      .catch(() => (says.textContent = words.failed))
      .finally(() => (on.disabled = off.disabled = false));
  };
  const [agreed, stopped] = [attempt(agree), attempt(stop)];
  on.addEventListener("click", agreed);
  off.addEventListener("click", stopped);
  void look().catch(() => (says.textContent = words.failed));
  return () => {
    on.removeEventListener("click", agreed);
    off.removeEventListener("click", stopped);
  };
}
