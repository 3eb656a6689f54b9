/** Photos that come to a report from elsewhere: kept ones, and the share sheet's. */
import type { NamedFile } from "./outbox";
import { store } from "./store";

type Told = { files: readonly File[]; alts: readonly string[]; stand?: () => void };

const asFile = ({ name, bytes }: { name: string; bytes: Blob }): File =>
  new File([bytes], name, { type: bytes.type });

/** The island of the photos, once it is alive. */
function alive(root: HTMLElement): Promise<HTMLElement | null> {
  const island = root.querySelector<HTMLElement>("[data-island=report-photos]");
  if (!island || island.dataset.alive !== undefined) return Promise.resolve(island);
  return new Promise((done) => island.addEventListener("photos:ready", () => done(island), { once: true }));
}

async function tell(root: HTMLElement, name: string, detail: Told): Promise<void> {
  if (detail.files.length === 0) return;
  const island = await alive(root);
  island?.dispatchEvent(new CustomEvent(name, { detail }));
}

export const putPhotos = (root: HTMLElement, files: readonly NamedFile[], alts: readonly string[]): Promise<void> =>
  tell(root, "photos:put", { files: files.map(asFile), alts });

/** Says when they stand in the form, as far as they can. */
export const addPhotos = (root: HTMLElement, files: readonly File[]): Promise<void> =>
  new Promise((stand, fail) => void tell(root, "photos:add", { files, alts: [], stand }).catch(fail));

export interface FromSheet { ids: readonly string[]; files: File[] }

/** What ?shared=… names; it stays in the share sheet's place until a draft holds it. */
export async function sharedPhotos(): Promise<FromSheet> {
  const ids = new URLSearchParams(location.search).get("shared")?.split(",").filter(Boolean) ?? [];
  if (ids.length === 0) return { ids, files: [] };
  const db = await store();
  const found = await Promise.all(ids.map((id) => db.get("shared", id)));
  return { ids, files: found.flatMap((one) => (one ? [asFile(one)] : [])) };
}

/** A draft holds them now. */
export async function dropShared(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  if (new URLSearchParams(location.search).has("shared")) history.replaceState(history.state, "", location.pathname);
  const db = await store();
  await Promise.all(ids.map((id) => db.delete("shared", id)));
}
