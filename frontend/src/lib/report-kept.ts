/** The form's own entry on this phone: one name, and its photos written when they changed. */
import { write } from "./drafts";
import type { NamedFile } from "./outbox";
import { owner } from "./owner";
import { halfOf, photosOf, type Facts } from "./report";
import { dropShared } from "./report-photos-in";
import { writing, type State } from "./store";

export interface KeptReport {
  id(): string;
  /** It stands on this phone from now on; false when it went meanwhile. Throws NoRoom. */
  keep(state?: State, askKnown?: boolean): Promise<boolean>;
  photosChanged(): void;
  /** Photos of the share sheet stand in the form: it lets go of them once they are kept. */
  photosShared(ids: readonly string[]): void;
  /** An entry that waits is this form's; its photos stand in the form already. */
  take(id: string): void;
  /** What is written is another report from now on; says the name it had. */
  rename(): string;
}

export function keptReport(form: HTMLFormElement, facts: Facts): KeptReport {
  let [id, isNew] = [crypto.randomUUID() as string, true];
  let shared: readonly string[] = [];
  let [photos, photosKept] = [1, 0]; // how often they changed, and what of it is kept

  async function keep(state?: State, askKnown = true): Promise<boolean> {
    const [changed, holds] = [photos, shared];
    const files: { files?: NamedFile[] } = changed > photosKept ? { files: photosOf(form) } : {};
    const half = halfOf(form, id, await writing(owner), askKnown, facts);
    const was = await write(id, half, { ...files, ...(state ? { state } : {}), isNew });
    isNew = was === "gone"; // discarded elsewhere, and still written here: anew
    photosKept = isNew ? 0 : changed;
    if (was === "written" && files.files) {
      await dropShared(holds);
      shared = shared.filter((one) => !holds.includes(one));
    }
    return isNew ? keep(state, askKnown) : was === "written";
  }
  function rename(): string {
    const before = id;
    [id, isNew, photosKept] = [crypto.randomUUID(), true, 0];
    return before;
  }
  return {
    id: () => id,
    keep,
    photosChanged: () => void (photos += 1),
    photosShared: (ids) => void ([shared, photos] = [ids, photos + 1]),
    take: (entry) => void ([id, isNew, photosKept] = [entry, false, photos]),
    rename,
  };
}
