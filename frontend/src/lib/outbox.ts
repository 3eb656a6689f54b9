/** Verbs of entries: keep, change, discard, and turn into a receipt. Page and worker. */
import { store, writing, type Entry, type Fields, type KeptFile, type Receipt } from "./store";

export type Draft = Pick<
  Entry,
  "owner" | "kind" | "title" | "url" | "editAt" | "seeAt" | "fields"
>;
export type NamedFile = { field: string; name: string; bytes: Blob };

const RECEIPTS_KEPT_MS = 7 * 24 * 3600 * 1000;
const news = "BroadcastChannel" in globalThis ? new BroadcastChannel("outbox") : undefined;
const hearers = new Set<() => void>();

/** Tell every page of this phone, this one too, that something changed. */
export function announce(): void {
  news?.postMessage("changed");
  for (const hear of hearers) hear();
}

export function onChange(hear: () => void): () => void {
  hearers.add(hear);
  const call = (): void => hear();
  news?.addEventListener("message", call);
  return () => {
    hearers.delete(hear);
    news?.removeEventListener("message", call);
  };
}

/** Write an entry down with its files, all or nothing; throws NoRoom. */
export async function keep(draft: Draft, files: readonly NamedFile[] = []): Promise<Entry> {
  const id = crypto.randomUUID();
  const kept: KeptFile[] = files.map(({ name, bytes }) => ({
    id: crypto.randomUUID(), entry: id, name, bytes,
  }));
  const entry: Entry = {
    ...draft,
    id,
    editAt: draft.editAt.replace("{id}", id),
    files: kept.map((file, at) => ({ field: files[at]?.field ?? "file", blob: file.id })),
    state: "saved",
    tries: 0,
    nextAt: 0,
    createdAt: Date.now(),
  };
  await writing(async () => {
    const tx = (await store()).transaction(["entries", "files"], "readwrite");
    const writes = kept.map((file) => tx.objectStore("files").add(file));
    await Promise.all([tx.objectStore("entries").add(entry), ...writes, tx.done]);
  });
  announce();
  return entry;
}

export async function find(id: string): Promise<Entry | undefined> {
  return (await store()).get("entries", id);
}

/** Everything of one person, oldest first; nobody else's. */
export async function entriesOf(owner: string): Promise<Entry[]> {
  const all = await (await store()).getAll("entries");
  return all.filter((entry) => entry.owner === owner).sort((a, b) => a.createdAt - b.createdAt);
}

/** Whether it waits for nothing but the network. */
export const isOpen = ({ state }: Entry): boolean => state === "saved" || state === "sending";

/** What a guest of this phone wrote becomes the person's who signed in, as on the server. */
export async function adopt(owner: string): Promise<void> {
  const theirs = owner ? await entriesOf("") : [];
  await Promise.all(theirs.map(({ id }) => note(id, { owner })));
}

/** How many wait here for people who are not signed in now. */
export async function countOthers(owner: string): Promise<number> {
  return (await (await store()).getAll("entries")).filter((e) => e.owner !== owner).length;
}

/** Change some facts of an entry that is still there; with `rev` only of that version. */
export async function note(id: string, change: Partial<Entry>, rev?: number): Promise<void> {
  await writing(async () => {
    const tx = (await store()).transaction("entries", "readwrite");
    const entry = await tx.store.get(id);
    const isMeant = entry && (rev === undefined || revOf(entry) === rev);
    if (isMeant) await tx.store.put({ ...entry, ...change });
    await tx.done;
  });
  announce();
}

/**
 * The person wrote it anew: it may go again at once. Says whether it was still here: what
 * has arrived or was discarded meanwhile is not changed any more.
 */
export async function rewrite(id: string, title: string, fields: Fields): Promise<boolean> {
  const isHere = await writing(async () => {
    const tx = (await store()).transaction("entries", "readwrite");
    const entry = await tx.store.get(id);
    if (entry) {
      const { reason: _reason, question: _question, said: _said, ...rest } = entry;
      const rev = revOf(entry) + 1;
      await tx.store.put({ ...rest, rev, title, fields, state: "saved", tries: 0, nextAt: 0 });
    }
    await tx.done;
    return entry !== undefined;
  });
  announce();
  return isHere;
}

/** Which version of an entry this is: a change made while one is on its way is another. */
export const revOf = ({ rev = 0 }: Entry): number => rev;

export interface Parcel { entry: Entry; files: NamedFile[] }

/** Take one up for sending, with its files as they are now; nothing when it waits no more. */
export async function takeUp(id: string): Promise<Parcel | undefined> {
  return writing(async () => {
    const tx = (await store()).transaction(["entries", "files"], "readwrite");
    const entries = tx.objectStore("entries");
    const before = await entries.get(id);
    if (!before || !isOpen(before)) {
      await tx.done;
      return undefined;
    }
    const entry: Entry = { ...before, state: "sending", tries: before.tries + 1 };
    await entries.put(entry);
    const blobs = tx.objectStore("files");
    const found = await Promise.all(entry.files.map(({ blob }) => blobs.get(blob)));
    await tx.done;
    announce();
    return { entry, files: named(entry, found) };
  });
}

/** Drop it with its files, of a sent one only the version that was sent. */
async function remove(id: string, receipt?: Receipt, rev?: number): Promise<void> {
  const tx = (await store()).transaction(["entries", "files", "receipts"], "readwrite");
  const [entries, blobs] = [tx.objectStore("entries"), tx.objectStore("files")];
  if (receipt) await tx.objectStore("receipts").put(receipt);
  const entry = await entries.get(id);
  if (rev === undefined || !entry || revOf(entry) === rev) {
    await entries.delete(id);
    for (const key of await blobs.index("entry").getAllKeys(id)) await blobs.delete(key);
  }
  await tx.done;
  announce();
}

export const discard = (id: string): Promise<void> => remove(id);

/**
 * The server named what it made of it: only now the entry goes. What was changed while it
 * was on its way stays, and goes under the same name: the server says what became of it.
 */
export async function arrived(entry: Entry, answer: string): Promise<void> {
  const { id, owner, title } = entry;
  const seeAt = entry.seeAt.replace("{answer}", encodeURIComponent(answer));
  await remove(id, { id, owner, title, seeAt, answer, at: Date.now() }, revOf(entry));
}

/** That it arrived: an entry that is gone without one was discarded. */
export async function receiptOf(id: string): Promise<Receipt | undefined> {
  return (await store()).get("receipts", id);
}

export async function receiptsOf(owner: string): Promise<Receipt[]> {
  const db = await store();
  const all = await db.getAll("receipts");
  const old = all.filter((receipt) => Date.now() - receipt.at > RECEIPTS_KEPT_MS);
  await Promise.all(old.map((receipt) => db.delete("receipts", receipt.id)));
  return all
    .filter((receipt) => receipt.owner === owner && !old.includes(receipt))
    .sort((a, b) => b.at - a.at);
}

export async function filesOf(entry: Entry): Promise<NamedFile[]> {
  const db = await store();
  return named(entry, await Promise.all(entry.files.map(({ blob }) => db.get("files", blob))));
}

function named({ files }: Entry, found: readonly (KeptFile | undefined)[]): NamedFile[] {
  return found.flatMap((file, at) =>
    file ? [{ field: files[at]?.field ?? "file", name: file.name, bytes: file.bytes }] : [],
  );
}
