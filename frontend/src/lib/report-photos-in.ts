/** Photos that come to a report from elsewhere: kept ones, and the share sheet's. */
import type { NamedFile } from "./outbox";
import { store } from "./store";

const asFile = ({ name, bytes }: { name: string; bytes: Blob }): File =>
  new File([bytes], name, { type: bytes.type });

/** The island of the photos, once it is alive. */
function alive(root: HTMLElement): Promise<HTMLElement | null> {
  const island = root.querySelector<HTMLElement>("[data-island=report-photos]");
  if (!island || island.dataset.alive !== undefined) return Promise.resolve(island);
  return new Promise((done) => island.addEventListener("photos:ready", () => done(island), { once: true }));
}

async function tell(root: HTMLElement, name: string, files: readonly File[], alts: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  const island = await alive(root);
  island?.dispatchEvent(new CustomEvent(name, { detail: { files, alts } }));
}

export const putPhotos = (root: HTMLElement, files: readonly NamedFile[], alts: readonly string[]): Promise<void> =>
  tell(root, "photos:put", files.map(asFile), alts);

export const addPhotos = (root: HTMLElement, files: readonly File[]): Promise<void> =>
  tell(root, "photos:add", files, []);

/** What ?shared=… names; taken out of the share sheet's place once it stands in the form. */
export async function sharedPhotos(): Promise<File[]> {
  const ids = new URLSearchParams(location.search).get("shared")?.split(",").filter(Boolean) ?? [];
  if (ids.length === 0) return [];
  const db = await store();
  const found = await Promise.all(ids.map((id) => db.get("shared", id)));
  history.replaceState(history.state, "", location.pathname);
  await Promise.all(ids.map((id) => db.delete("shared", id)));
  return found.flatMap((one) => (one ? [asFile(one)] : []));
}
