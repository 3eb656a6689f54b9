/** The last good answer to a public question, with its age; for when there is no network. */
import { store, writing } from "./store";

export interface Last<T> { at: number; value: T }

const KEPT_MS = 14 * 24 * 3600 * 1000;

export async function keepLast(name: string, value: unknown): Promise<void> {
  await writing(async () => (await store()).put("facts", { at: Date.now(), value }, `last:${name}`));
}

export async function last<T>(name: string): Promise<Last<T> | undefined> {
  const found = (await (await store()).get("facts", `last:${name}`)) as Last<T> | undefined;
  return found && Date.now() - found.at < KEPT_MS ? found : undefined;
}
