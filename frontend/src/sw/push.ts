/**
 * Push messages in the service worker: shown, grouped, opened in the right place.
 *
 * The server puts every word, in the person's language: `channels/push.py` says which.
 * `startPush(self)` listens to push, notificationclick and pushsubscriptionchange.
 */
type Told = {
  title: string;
  body: string;
  url: string; // opens and marks as read
  page: string; // what it is about: a tab that shows it already is taken
  tag: string;
  more: string;
  lang: string;
  told_at: number;
  unread: number;
  is_urgent: boolean;
  actions: { action: string; title: string }[];
};
type Kept = { url: string; page: string; count: number };
type Tab = {
  readonly url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
  postMessage(message: unknown, transfer: Transferable[]): void;
};
export type PushScope = {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(which: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Tab[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly location: { readonly origin: string };
  readonly navigator: object;
  addEventListener(type: string, listener: (event: Event) => void): void;
};
type Waiting = Event & { waitUntil(work: Promise<unknown>): void };
type Pushed = Waiting & { data: { json(): unknown } | null };
type Clicked = Waiting & { action: string; notification: Notification };
type Changed = Waiting & { oldSubscription?: PushSubscription | null; newSubscription?: PushSubscription | null };
type Badging = { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };

const INBOX = "/me/inbox/";
const ANSWER_WITHIN_MS = 300;

export function startPush(scope: PushScope): void {
  const on = <E extends Waiting>(type: string, work: (event: E) => Promise<unknown>): void =>
    scope.addEventListener(type, (event) => (event as E).waitUntil(work(event as E)));
  on<Pushed>("push", (event) => show(scope, read(event)));
  on<Clicked>("notificationclick", (event) => clicked(scope, event));
  on<Changed>("pushsubscriptionchange", (event) => renew(scope, event));
}

/** What was sent; a message nobody can read is shown all the same: browsers demand it. */
function read(event: Pushed): Partial<Told> {
  try {
    const said: unknown = event.data?.json();
    return typeof said === "object" && said !== null ? said : {};
  } catch {
    return {};
  }
}

async function show(scope: PushScope, told: Partial<Told>): Promise<void> {
  const tag = told.tag ?? "livinglab";
  const shown = await scope.registration.getNotifications({ tag });
  const before = shown.reduce((sum, each) => sum + ((each.data as Kept | null)?.count ?? 1), 0);
  const more = before > 0 ? (told.more ?? "+%(count)s").replace("%(count)s", String(before)) : "";
  const kept: Kept = { url: told.url ?? INBOX, page: told.page ?? INBOX, count: before + 1 };
  const options = {
    body: [told.body, more].filter(Boolean).join("\n"),
    tag,
    renotify: told.is_urgent === true,
    requireInteraction: told.is_urgent === true,
    lang: told.lang ?? "ko",
    timestamp: told.told_at ?? Date.now(),
    icon: "/static/icons/any-192.png",
    badge: "/static/icons/monochrome-192.png",
    actions: told.actions ?? [],
    data: kept,
  };
  await scope.registration.showNotification(told.title ?? "리빙랩", options);
  if (told.unread !== undefined) await badge(scope, told.unread);
}

/** The number on the app's icon, where icons take one. */
async function badge(scope: PushScope, count: number): Promise<void> {
  const on = scope.navigator as Badging;
  await (count > 0 ? on.setAppBadge?.(count) : on.clearAppBadge?.())?.catch(() => undefined);
}

async function clicked(scope: PushScope, event: Clicked): Promise<unknown> {
  const { url, page } = (event.notification.data as Kept | null) ?? { url: INBOX, page: INBOX };
  event.notification.close();
  if (event.action === "read") return markRead(scope, ours(scope, url));
  return open(scope, ours(scope, url), ours(scope, page));
}

/** An address of this site, whatever the message says. */
function ours(scope: PushScope, address: string): URL {
  const inbox = new URL(INBOX, scope.location.origin);
  const found = URL.canParse(address, inbox) ? new URL(address, inbox) : inbox;
  return found.origin === scope.location.origin ? found : inbox;
}

async function markRead(scope: PushScope, url: URL): Promise<void> {
  try {
    await fetch(url, { credentials: "include", redirect: "manual" });
    const answer = await fetch("/api/v1/notices/unread/", { credentials: "include" });
    if (answer.ok) await badge(scope, ((await answer.json()) as { unread: number }).unread);
  } catch {
    return; // offline: it stays unread
  }
}

/** The tab that shows the thing, else one that nothing is written in, else a new one. */
async function open(scope: PushScope, url: URL, page: URL): Promise<unknown> {
  const tabs = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = tabs.find((tab) => ours(scope, tab.url).href.split("#")[0] === page.href);
  if (there) return Promise.all([there.focus(), markRead(scope, url)]);
  for (const tab of tabs) {
    if (!(await mayLeave(tab))) continue;
    await tab.focus();
    const gone = await tab.navigate(url.href).catch(() => false); // not ours to lead
    if (gone !== false) return gone;
  }
  return scope.clients.openWindow(url.href);
}

/** Asks a page whether anything would be lost by leaving it; silence means no. */
function mayLeave(tab: Tab): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((decide) => {
    setTimeout(() => decide(false), ANSWER_WITHIN_MS);
    port1.onmessage = ({ data }) => decide(data === true);
    tab.postMessage({ kind: "may-leave" }, [port2]);
  });
}

/** The browser gave itself a new address: whoever held the old one may say the new one. */
async function renew(scope: PushScope, { oldSubscription: old, newSubscription }: Changed): Promise<void> {
  if (!old) return; // the next visit of a page finds it out
  const key = old.options.applicationServerKey;
  const wish = { userVisibleOnly: true, applicationServerKey: key };
  const fresh = newSubscription ?? (await scope.registration.pushManager.subscribe(wish));
  const held = { endpoint: old.endpoint, auth: old.toJSON().keys?.["auth"] };
  await fetch("/api/v1/push/renewals/", {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...fresh.toJSON(), old: held }),
  });
}
