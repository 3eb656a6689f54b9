/**
 * Hears the names of what changed, and lets the page ask for it again.
 *
 *   <div data-live="premises:17" data-busy hx-get="" hx-trigger="live" …>
 *
 * The socket carries no content; when it cannot be had, the page asks every minute.
 */
import { trigger } from "./htmx";

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
const ASK_EVERY_MS = 60_000;

type Heard = { topic?: string; name?: string; listening?: string };

export function topicsOf(page: ParentNode): string[] {
  const marked = page.querySelectorAll<HTMLElement>("[data-live]");
  return [...new Set([...marked].map((element) => element.dataset.live ?? ""))].filter(Boolean);
}

export function refresh(page: ParentNode, topic?: string, only = "[data-live]"): void {
  for (const element of page.querySelectorAll<HTMLElement>(only)) {
    if (topic === undefined || element.dataset.live === topic) trigger(element, "live");
  }
}

export function socketAddress(location: Location): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/ws/live/`;
}

function heard(data: unknown): Heard {
  try {
    return JSON.parse(String(data)) as Heard;
  } catch {
    return {};
  }
}

export function startLive(page: Document): void {
  if (topicsOf(page).length === 0 || !("WebSocket" in window)) return;
  let delay = FIRST_DELAY_MS;
  let connected = false;
  let lost = false;

  function connect(): void {
    const socket = new WebSocket(socketAddress(window.location));
    socket.addEventListener("open", () => {
      connected = true;
      delay = FIRST_DELAY_MS;
      for (const topic of topicsOf(page)) socket.send(JSON.stringify({ listen: topic }));
      if (lost) refresh(page); // what was announced meanwhile went unheard
    });
    socket.addEventListener("message", (event) => {
      const { topic, name, listening } = heard(event.data);
      if (topic && name) refresh(page, topic);
      // What was busy when the page was made may be done before we could listen.
      if (listening) refresh(page, listening, "[data-busy]");
    });
    socket.addEventListener("close", () => {
      connected = false;
      lost = true;
      window.setTimeout(connect, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    });
  }

  connect();
  window.setInterval(() => {
    if (!connected && !page.hidden) refresh(page);
  }, ASK_EVERY_MS);
}
