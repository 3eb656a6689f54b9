/**
 * Hears the names of what changed, and lets the page ask for it again.
 *
 *   <div data-live="premises:17" data-busy hx-get="" hx-trigger="live" …>
 *
 * The socket carries no content; when it cannot be had, the page asks every minute. A
 * tab nobody looks at neither asks nor keeps a socket, and catches up when it is seen.
 */
import { gettext } from "./i18n";
import { onAnswer, onNewContent, trigger } from "./htmx";
import { Line } from "./line";
import { say, sayWhatChanged } from "./say";
import { badge, followUnread } from "./unread";

const ASK_EVERY_MS = 60_000;
const QUIET_AFTER_MS = 60_000;
const TOGETHER_MS = 150;
const FIELDS = "input:not([type=hidden], [type=submit]), textarea, select";

export function topicsOf(page: ParentNode): string[] {
  const marked = page.querySelectorAll<HTMLElement>("[data-live]");
  return [...new Set([...marked].map((element) => element.dataset.live ?? ""))].filter(Boolean);
}

/** Whether somebody is filling in something there, which a fresh copy would wipe out. */
export function isInUse(element: Element): boolean {
  const focused = element.ownerDocument.activeElement;
  return focused !== null && focused !== element && element.contains(focused) && focused.matches(FIELDS);
}

/** Lets the elements of a topic ask again; what is in use is left alone: how many were. */
export function refresh(page: ParentNode, topic?: string, only = "[data-live]"): number {
  let left = 0;
  for (const element of page.querySelectorAll<HTMLElement>(only)) {
    if (topic !== undefined && element.dataset.live !== topic) continue;
    if (isInUse(element)) left += 1;
    else trigger(element, "live");
  }
  return left;
}

export function socketAddress(location: Location): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/ws/live/`;
}

/** Brings the page to life; the answer stops it. */
export function startLive(page: Document): () => void {
  const hear = [sayWhatChanged(page), followUnread(page)];
  const over = new AbortController();
  if (topicsOf(page).length === 0) return () => over.abort();
  const coming = new Set<string>(); // topics to ask for in a moment
  const stale = new Set<string>(); // topics heard of while nobody looked
  let missed = false; // or nobody knows what
  let quiet = 0;

  const line = new Line(socketAddress(window.location), {
    topics: () => topicsOf(page),
    changed: soon,
    // What was busy when the page was made may be done before we could listen.
    listening: (topic) => void refresh(page, topic, "[data-busy]"),
    reopened: () => ((missed = true), catchUp()),
    ended: signedOut,
  });

  function soon(topic: string, spreadMs: number): void {
    if (coming.has(topic)) return;
    coming.add(topic);
    const hear = (): void => (coming.delete(topic), stale.add(topic), catchUp());
    window.setTimeout(hear, TOGETHER_MS + Math.random() * spreadMs);
  }

  function catchUp(): void {
    if (page.hidden) return;
    const topics = missed ? topicsOf(page) : [...stale];
    missed = false;
    stale.clear();
    for (const topic of topics) if (refresh(page, topic) > 0) stale.add(topic);
  }

  function stop(): void {
    over.abort();
    line.stop();
    window.clearInterval(asking);
  }

  function signedOut(): void {
    stop();
    badge(0);
    for (const element of page.querySelectorAll("[data-live]")) element.removeAttribute("data-live");
    say(gettext("You are signed out. Sign in again to see what is new."), page);
  }

  const asking = window.setInterval(() => {
    if (page.hidden) return;
    missed ||= !line.isOpen && navigator.onLine;
    for (const topic of line.refused) stale.add(topic);
    catchUp();
    line.renew();
  }, ASK_EVERY_MS);

  const { signal } = over;
  const seen = (): void => {
    window.clearTimeout(quiet);
    if (page.hidden) quiet = window.setTimeout(() => line.hangUp(), QUIET_AFTER_MS);
    else (line.open(), catchUp());
  };
  page.addEventListener("visibilitychange", seen, { signal });
  window.addEventListener("online", () => line.open(), { signal });
  window.addEventListener("offline", () => line.hangUp(), { signal });
  // A page with an open socket is not kept for "back".
  window.addEventListener("pagehide", () => line.hangUp(), { signal });
  window.addEventListener("pageshow", (event) => void (event.persisted && line.open()), { signal });

  onNewContent((root) => {
    for (const each of hear) each(root.parentNode ?? root);
    line.listen();
  });
  onAnswer((element, answer) => {
    if (!element.matches("[data-live]")) return true;
    if (answer.redirected && new URL(answer.url).pathname.startsWith("/accounts/")) signedOut();
    return answer.ok && !answer.redirected; // an error does not take the place of what is there
  });

  line.open();
  return stop;
}
