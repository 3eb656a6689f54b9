/** Navigations: public pages from the network, else as last seen; the rest never kept. */
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { NetworkFirst, NetworkOnly } from "workbox-strategies";
import { kindOf, mayBeKept, type Kind, type Lab } from "./known";
import { marked } from "./seen";

declare const self: ServiceWorkerGlobalScope;

export const PAGES = "pages";
export const SHELL = "shell";
const FRESH_MS = 10 * 60_000;
const MATCH = { ignoreVary: true };

const onlyPublic = {
  cacheWillUpdate: async ({ response }: { response: Response }) =>
    mayBeKept(response) ? response : null,
};
const saysWhenSeen = {
  cachedResponseWillBeUsed: async ({ cachedResponse }: { cachedResponse?: Response }) =>
    cachedResponse ? marked(cachedResponse) : null,
};

/** Ask for the page as a guest sees it: what a signed-in person got is never kept. */
export async function keepAsGuest(address: string): Promise<void> {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(address, MATCH);
  const age = Date.now() - new Date(kept?.headers.get("Date") ?? 0).getTime();
  if (age < FRESH_MS) return;
  const response = await fetch(address, { headers: { "X-Shell": "guest" } });
  if (mayBeKept(response)) await cache.put(address, response);
}

export async function keepShell(lab: Lab): Promise<string[]> {
  const cache = await caches.open(SHELL);
  const texts = lab.shell.map(async (path) => {
    const response = await fetch(path, { cache: "reload" });
    if (!mayBeKept(response)) throw new Error(`The shell lacks ${path}`);
    await cache.put(path, response.clone());
    return response.text();
  });
  return Promise.all(texts);
}

/** The language or the text size changed: what is kept looks as before, so it goes. */
export async function lookAnew(lab: Lab): Promise<void> {
  await caches.delete(PAGES);
  await keepShell(lab);
}

export function servePages(lab: Lab): void {
  const { origin } = self.location;
  const isA = (kind: Kind) => ({ request, url }: { request: Request; url: URL }) =>
    request.mode === "navigate" && kindOf(url, origin, lab) === kind;
  const expiry = new ExpirationPlugin({
    maxEntries: 40, maxAgeSeconds: 30 * 24 * 3600, purgeOnQuotaError: true, matchOptions: MATCH,
  });
  const seen = new NetworkFirst({
    cacheName: PAGES,
    networkTimeoutSeconds: 8,
    matchOptions: MATCH,
    plugins: [onlyPublic, saysWhenSeen, expiry],
  });
  const shell = new NetworkFirst({
    cacheName: SHELL,
    networkTimeoutSeconds: 3,
    matchOptions: { ...MATCH, ignoreSearch: true },
    plugins: [
      onlyPublic,
      { cacheKeyWillBeUsed: async ({ request }) => new URL(request.url).pathname },
    ],
  });

  registerRoute(isA("shell"), shell);
  registerRoute(isA("public"), async ({ event, request, url }) => {
    const response = await seen.handle({ event, request });
    const isKept = response.headers.get("X-Shell") === "public";
    if (response.ok && !isKept) {
      (event as ExtendableEvent).waitUntil(keepAsGuest(url.href).catch(() => undefined));
    }
    return response;
  });
  registerRoute(isA("never"), new NetworkOnly());
  setCatchHandler(async ({ event }) => {
    const { request } = event as FetchEvent;
    if (request.mode !== "navigate") return Response.error();
    return (await caches.match("/offline/", { cacheName: SHELL, ...MATCH })) ?? Response.error();
  });
}
