/** Whose phone this is now, the homes kept on it, and what goes when that changes. */
import { adopt, announce, entriesOf } from "./outbox";
import { store, writing, type Home, type Who } from "./store";

/** As long as a session lives without being used. */
const TRUSTED_MS = 14 * 24 * 3600 * 1000;
/** Caches of pages; the shell and the assets hold nothing of anybody. */
const PAGES = "pages";
/** In whose name reports go; kept like a last answer, but one person's. */
export const SENDER = "sender";

async function known(): Promise<Who | undefined> {
  return (await (await store()).get("facts", "who")) as Who | undefined;
}

/** Everything personal but unsent entries: those wait for their person, unseen. */
export async function wipe(): Promise<void> {
  const tx = (await store()).transaction(["homes", "shared", "receipts", "facts"], "readwrite");
  const names = ["homes", "shared", "receipts"] as const;
  await Promise.all([
    ...names.map((name) => tx.objectStore(name).clear()),
    tx.objectStore("facts").delete("who"),
    tx.objectStore("facts").delete(`last:${SENDER}`),
    tx.done,
  ]);
  if ("caches" in globalThis) await caches.delete(PAGES);
  announce();
}

/** A page came from the network and said who is signed in (nobody: ""). */
export async function met(tag: string): Promise<void> {
  const before = await known();
  if (before?.tag && before.tag !== tag) await wipe();
  await writing(async () => (await store()).put("facts", { tag, at: Date.now() }, "who"));
  await adopt(tag);
}

/** The person this phone last knew, while the session can still be alive. */
export async function owner(): Promise<string> {
  const who = await known();
  if (!who?.tag) return "";
  if (Date.now() - who.at < TRUSTED_MS) return who.tag;
  await wipe();
  return "";
}

/** Signing out: this person's unsent entries go as well; they were asked. */
export async function leave(): Promise<void> {
  const tag = (await known())?.tag ?? "";
  const mine = await entriesOf(tag);
  const tx = (await store()).transaction(["entries", "files"], "readwrite");
  const keys = await Promise.all(
    mine.map(({ id }) => tx.objectStore("files").index("entry").getAllKeys(id)),
  );
  await Promise.all([
    ...mine.map(({ id }) => tx.objectStore("entries").delete(id)),
    ...keys.flat().map((key) => tx.objectStore("files").delete(key)),
    tx.done,
  ]);
  await wipe();
}

export async function homes(): Promise<Home[]> {
  const tag = await owner();
  const all = tag ? await (await store()).getAll("homes") : [];
  return all.filter((home) => home.owner === tag);
}

export async function remember(home: Home): Promise<void> {
  await writing(async () => (await store()).put("homes", home));
}

export async function forgetHome(id: number): Promise<void> {
  await (await store()).delete("homes", id);
}
