/** Hashed files: the shell's own beforehand, the others once they were needed. */
import { ExpirationPlugin } from "workbox-expiration";
import { registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { isAsset } from "./known";

declare const self: ServiceWorkerGlobalScope;

export const ASSETS = "assets";
const HASHED = /\/assets\/.+-[\w-]{8}\.\w+$/;

/** Files of the build, and whatever the shell's pages themselves ask for. */
export function wanted(built: readonly string[], pages: readonly string[]): string[] {
  const asked = pages.flatMap((html) =>
    [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1] ?? ""),
  );
  return [...new Set([...built, ...asked])];
}

export async function keepAssets(addresses: readonly string[]): Promise<void> {
  const cache = await caches.open(ASSETS);
  const missing: string[] = [];
  for (const address of addresses) {
    if (!HASHED.test(address) || !(await cache.match(address))) missing.push(address);
  }
  await cache.addAll(missing);
}

/** Names carry their content's hash, so what is here is right; old ones age away. */
export function serveAssets(): void {
  const assets = new CacheFirst({
    cacheName: ASSETS,
    plugins: [new ExpirationPlugin({ maxEntries: 120, maxAgeSeconds: 90 * 24 * 3600 })],
  });
  registerRoute(({ url }) => isAsset(url, self.location.origin), assets);
}
