/** What the share sheet hands over is kept first, then asked where to put it. */
import { store, writing, type Shared } from "../lib/store";
import { pagesFor, type Lab } from "./known";

declare const self: ServiceWorkerGlobalScope;

const KEPT_MS = 7 * 24 * 3600 * 1000;

async function keep(files: readonly File[], lab: Lab): Promise<Shared[]> {
  const shared: Shared[] = files.map((file) => ({
    id: crypto.randomUUID(), at: Date.now(), name: file.name, bytes: file, pages: pagesFor([file], lab),
  }));
  await writing(async () => {
    const tx = (await store()).transaction("shared", "readwrite");
    const old = (await tx.store.getAll()).filter(({ at }) => Date.now() - at > KEPT_MS);
    await Promise.all([
      ...old.map(({ id }) => tx.store.delete(id)),
      ...shared.map((one) => tx.store.add(one)),
      tx.done,
    ]);
  });
  return shared;
}

async function taken(request: Request, lab: Lab): Promise<Response> {
  const form = await request.formData();
  const files = form.getAll("files").filter((one): one is File => one instanceof File);
  const ids = (await keep(files, lab)).map(({ id }) => id).join(",");
  const [page, ...others] = pagesFor(files, lab);
  const goal = page && others.length === 0 ? `${page}?shared=${ids}` : `/share/?now=${ids}`;
  return Response.redirect(new URL(goal, self.location.origin).href, 303);
}

export function takeShared(lab: Lab): void {
  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const isShare = new URL(request.url).pathname === "/share/" && request.method === "POST";
    if (!isShare || request.mode !== "navigate") return;
    const full = (): Response => Response.redirect("/share/?full", 303);
    event.respondWith(taken(request, lab).catch(full));
  });
}
