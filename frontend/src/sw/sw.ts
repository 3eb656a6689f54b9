/** The service worker: shell, last seen public pages, shared files, the outbox, push. */
import { clientsClaim } from "workbox-core";
import * as navigationPreload from "workbox-navigation-preload";
import { keepAssets, keepShapes, serveAssets } from "./assets";
import { kindOf, shapesIn, wanted, type Lab } from "./known";
import { keepAsGuest, keepShell, lookAnew, servePages } from "./pages";
import { startPush } from "./push";
import { takeShared } from "./share";
import { sendOnSync } from "./sync";

declare const self: ServiceWorkerGlobalScope & { lab: Lab };
declare const __BUILT__: readonly string[];

const { lab } = self;

async function install(): Promise<void> {
  const pages = await keepShell(lab);
  await keepAssets(wanted(__BUILT__, pages));
  await keepShapes(shapesIn(pages));
}

/** The pages that were open before there was a worker count as seen, too. */
async function keepOpenPages(): Promise<void> {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const { url } of open) {
    const kind = kindOf(new URL(url), self.location.origin, lab);
    if (kind === "public") await keepAsGuest(url).catch(() => undefined);
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(keepOpenPages()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") void self.skipWaiting();
  if (event.data === "look anew") event.waitUntil(lookAnew(lab));
});

clientsClaim();
navigationPreload.enable();
takeShared(lab);
serveAssets();
servePages(lab);
sendOnSync();
startPush(self);
