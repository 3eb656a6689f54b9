/** Hashed files: the shell's own beforehand, the others once they were needed. */
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { isAsset, isShape } from "./known";

declare const self: ServiceWorkerGlobalScope;

export const ASSETS = "assets";
export const SHAPES = "shapes";
const HASHED = /\/assets\/.+-[\w-]{8}\.\w+$/;

export async function keepAssets(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(ASSETS);
  const missing: string[] = [];
  for (const address of addresses) {
    if (!HASHED.test(address) || !(await cache.match(address))) missing.push(address);
  }
  await cache.addAll(missing);
}

/** The shapes that the shell's maps draw; a map without them is still a page. */
export async function keepShapes(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(SHAPES);
  const missing: string[] = [];
  for (const address of addresses) if (!(await cache.match(address))) missing.push(address);
  await cache.addAll(missing).catch(() => undefined);
}

/** Names carry their content's hash, so what is here is right; old ones age away. */
export function serveAssets(): void {
  const assets = new CacheFirst({
    cacheName: ASSETS,
    plugins: [new ExpirationPlugin({ maxEntries: 120, maxAgeSeconds: 90 * 24 * 3600 })],
  });
  registerRoute(({ url }) => isAsset(url, self.location.origin), assets);
  const shapes = new CacheFirst({ cacheName: SHAPES, plugins: [new ExpirationPlugin({ maxEntries: 6, maxAgeSeconds: 90 * 24 * 3600 })] });
  registerRoute(({ url }) => isShape(url, self.location.origin), shapes);
}
