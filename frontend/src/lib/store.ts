/** What this phone keeps: entries that wait, their files, homes, and whose phone it is. */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";

/**
 * Half written, saved here, on its way, or waiting for an answer of the person. Sent ones
 * are receipts.
 */
export type State = "draft" | "saved" | "sending" | "needs";
export type Fields = Readonly<Record<string, unknown>>;

export interface Entry {
  id: string; // a UUID: the server does an entry once under it
  owner: string; // the page's data-who when it was written
  kind: string;
  title: string;
  url: string; // where it is posted to
  editAt: string; // the page that opens it again
  seeAt: string; // where the person finds it once it is sent
  fields: Fields;
  files: readonly { field: string; blob: string }[];
  state: State;
  asForm?: boolean; // posted as a form also without files
  step?: string; // where the person was
  form?: Fields; // the form as it was left, where it says more than what is sent
  reason?: string;
  question?: string;
  said?: Fields; // all the server said when it asked
  rev?: number; // one more with every change of what is sent
  tries: number;
  nextAt: number;
  createdAt: number;
}

export interface KeptFile { id: string; entry: string; name: string; bytes: Blob }
export interface Receipt { id: string; owner: string; title: string; at: number; seeAt: string; answer: string }
export interface Home { id: number; owner: string; name: string }
export interface Shared { id: string; at: number; name: string; bytes: Blob; pages?: readonly string[] }
export interface Who { tag: string; at: number }

interface Phone extends DBSchema {
  entries: { key: string; value: Entry };
  files: { key: string; value: KeptFile; indexes: { entry: string } };
  receipts: { key: string; value: Receipt };
  homes: { key: number; value: Home };
  shared: { key: string; value: Shared };
  facts: { key: string; value: unknown };
}

export type Store = IDBPDatabase<Phone>;
export const NAME = "livinglab";
export const STORES = ["entries", "files", "receipts", "homes", "shared", "facts"] as const;

let opened: Promise<Store> | undefined;

/** Opened once; a newer version elsewhere closes it, and the next call opens it again. */
export function store(): Promise<Store> {
  opened ??= openDB<Phone>(NAME, 1, {
    upgrade(db) {
      for (const name of ["entries", "receipts", "homes", "shared"] as const) {
        db.createObjectStore(name, { keyPath: "id" });
      }
      db.createObjectStore("files", { keyPath: "id" }).createIndex("entry", "entry");
      db.createObjectStore("facts");
    },
    blocking: () => void forget(),
    terminated: () => void (opened = undefined),
  });
  opened.catch(() => (opened = undefined));
  return opened;
}

/** Close it, as before a version change. */
export async function forget(): Promise<void> {
  const db = await opened;
  opened = undefined;
  db?.close();
}

/** The phone has no room left, or no place to keep anything at all. */
export class NoRoom extends Error {
  override name = "NoRoom";
}

export async function writing<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (name === "QuotaExceededError" || name === "UnknownError") throw new NoRoom(name);
    if (name === "SecurityError" || name === "InvalidStateError") throw new NoRoom(name);
    throw error;
  }
}
