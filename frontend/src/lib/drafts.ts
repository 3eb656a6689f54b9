/** What is half written stands in the outbox from the first word on, and is not sent yet. */
import { announce, revOf, type Draft, type NamedFile } from "./outbox";
import { store, writing, type Entry, type KeptFile, type State } from "./store";

export type Half = Draft & Pick<Entry, "step" | "form" | "asForm">;

/** What became of writing it down; one that went meanwhile is not written again. */
export type Written = "written" | "sent" | "gone";

/**
 * Write an entry down under its own id, all or nothing; throws NoRoom.
 *
 * Files stay as they are where none are given. Of one that is no longer here only a receipt
 * says that it was sent; else it was discarded elsewhere, and is written again as a new one.
 */
export async function write(
  id: string, half: Half, { files, state, isNew }: { files?: readonly NamedFile[]; state?: State; isNew: boolean },
): Promise<Written> {
  return writing(async () => {
    const tx = (await store()).transaction(["entries", "files", "receipts"], "readwrite");
    const [entries, blobs] = [tx.objectStore("entries"), tx.objectStore("files")];
    const before = await entries.get(id);
    if (!before && !isNew) {
      const receipt = await tx.objectStore("receipts").get(id);
      await tx.done;
      return receipt ? "sent" : "gone";
    }
    const { reason, question, said, ...known } = before ?? fresh(id, half);
    const asked = state ? {} : withoutNothing({ reason, question, said });
    const entry: Entry = { ...known, ...asked, ...half, id, editAt: half.editAt.replace("{id}", id) };
    if (before) entry.rev = revOf(before) + 1;
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
    return "written";
  });
}

function fresh(id: string, half: Half): Entry {
  return { ...half, id, files: [], state: "draft", tries: 0, nextAt: 0, createdAt: Date.now() };
}

/** Properties that say nothing stand nowhere. */
function withoutNothing<T extends object>(facts: T): Partial<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Partial<T>;
}
