/** What is half written stands in the outbox from the first word on, and is not sent yet. */
import { announce, type Draft, type NamedFile } from "./outbox";
import { store, writing, type Entry, type KeptFile, type State } from "./store";

export type Half = Draft & Pick<Entry, "step" | "form" | "asForm">;

/**
 * Write an entry down under its own id, all or nothing; throws NoRoom.
 *
 * Files stay as they are where none are given. An entry that is no longer there was sent
 * or discarded meanwhile: it is not written again unless it is new. Says whether it was.
 */
export async function write(
  id: string, half: Half, { files, state, isNew }: { files?: readonly NamedFile[]; state?: State; isNew: boolean },
): Promise<boolean> {
  return writing(async () => {
    const tx = (await store()).transaction(["entries", "files"], "readwrite");
    const [entries, blobs] = [tx.objectStore("entries"), tx.objectStore("files")];
    const before = await entries.get(id);
    if (!before && !isNew) {
      await tx.done;
      return false;
    }
    const { reason, question, said, ...known } = before ?? fresh(id, half);
    const asked = state ? {} : withoutNothing({ reason, question, said });
    const entry: Entry = { ...known, ...asked, ...half, id, editAt: half.editAt.replace("{id}", id) };
    if (state) Object.assign(entry, { state, tries: 0, nextAt: 0 });
    if (files) {
      const old = await blobs.index("entry").getAllKeys(id);
      const kept: KeptFile[] = files.map(({ name, bytes }) => ({ id: crypto.randomUUID(), entry: id, name, bytes }));
      entry.files = kept.map((file, at) => ({ field: files[at]?.field ?? "file", blob: file.id }));
      await Promise.all([...old.map((key) => blobs.delete(key)), ...kept.map((file) => blobs.add(file))]);
    }
    await entries.put(entry);
    await tx.done;
    announce();
    return true;
  });
}

function fresh(id: string, half: Half): Entry {
  return { ...half, id, files: [], state: "draft", tries: 0, nextAt: 0, createdAt: Date.now() };
}

/** Properties that say nothing stand nowhere. */
function withoutNothing<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
}
