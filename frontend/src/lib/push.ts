/** This browser's push address: given after a press, checked on each visit, given back. */
const RECORD = "ll-push";
const A_DAY_MS = 86_400_000;
const READY_WITHIN_MS = 10_000;
const SUBSCRIPTIONS = "/api/v1/push/subscriptions/";

/** Who agreed in this browser, with which address, and when that was last looked at. */
type Record = { who: string; endpoint: string; at: number };
type Browser = { digest: string };

export type Can = "yes" | "no" | "blocked" | "install";

/** Whether this browser can: on an iPhone only once the app is on the home screen. */
export function canPush(page: Window & { Notification?: typeof Notification } = window): Can {
  const { navigator } = page;
  if ("serviceWorker" in navigator && "PushManager" in page && page.Notification) {
    return page.Notification.permission === "denied" ? "blocked" : "yes";
  }
  return "standalone" in navigator && !navigator.standalone ? "install" : "no";
}

export async function currentSubscription(): Promise<PushSubscription | null> {
  return (await worker()).pushManager.getSubscription();
}

async function worker(): Promise<ServiceWorkerRegistration> {
  const late = new Promise<never>((_, refuse) => {
    window.setTimeout(() => refuse(new Error("the service worker is not there")), READY_WITHIN_MS);
  });
  return Promise.race([navigator.serviceWorker.ready, late]);
}

/** Asks the browser for an address that only messages signed with this key reach. */
export async function subscribe(key: string, who: string): Promise<void> {
  const { pushManager } = await worker();
  const old = await pushManager.getSubscription();
  if (old && keyOf(old) !== key) await old.unsubscribe();
  const found = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  await tell("POST", found.toJSON());
  keep({ who, endpoint: found.endpoint, at: Date.now() });
}

/** Gives the address back, here and at the server. */
export async function unsubscribe(): Promise<void> {
  const found = await currentSubscription();
  localStorage.removeItem(RECORD);
  if (!found) return;
  await tell("DELETE", { endpoint: found.endpoint });
  await found.unsubscribe();
}

/** On each visit: does the address still stand, does it belong to who is here? */
export async function checkSubscription(who: string): Promise<void> {
  const record = kept();
  if (!record || canPush() !== "yes" || Notification.permission !== "granted") return;
  if (!who) return keep({ ...record, at: 0 }); // signed out: to be given anew at sign-in
  const found = await currentSubscription();
  if (record.who !== who) return drop(found); // somebody else sits here now
  const isKnown = found?.endpoint === record.endpoint && record.at > 0;
  if (isKnown && Date.now() - record.at < A_DAY_MS) return;
  const key = await keyOfServer();
  if (!key) return;
  if (isKnown && keyOf(found) === key && !(await isListed(found.endpoint))) return drop(found);
  await subscribe(key, who);
}

/** It was taken off the list elsewhere: so be it. */
async function drop(found: PushSubscription | null): Promise<void> {
  localStorage.removeItem(RECORD);
  await found?.unsubscribe();
}

async function isListed(endpoint: string): Promise<boolean> {
  const answer = await fetch(SUBSCRIPTIONS);
  if (!answer.ok) return true; // not the moment to give anything up
  const mine = await digest(endpoint);
  return ((await answer.json()) as Browser[]).some((browser) => browser.digest === mine);
}

async function keyOfServer(): Promise<string | null> {
  const answer = await fetch("/api/v1/push/key/");
  return answer.ok ? ((await answer.json()) as { key: string | null }).key : null;
}

async function tell(method: "POST" | "DELETE", body: object): Promise<void> {
  const answer = await fetch(SUBSCRIPTIONS, {
    method,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
}

function csrfToken(): string {
  const field = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  return field?.value ?? "";
}

function kept(): Record | null {
  const text = localStorage.getItem(RECORD);
  return text ? (JSON.parse(text) as Record) : null;
}

function keep(record: Record): void {
  localStorage.setItem(RECORD, JSON.stringify(record));
}

function keyOf(subscription: PushSubscription): string {
  const raw = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  const text = btoa(String.fromCharCode(...raw));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function bytes(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
