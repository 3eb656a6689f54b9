/**
 * Sends what waits, one sender at a time over all tabs and the worker.
 *
 * Before each replay the server is asked who is signed in, with a fresh token: an entry
 * goes only in its own person's name; what nobody signed in wrote goes as a guest's, or
 * becomes the person's who signs in on this phone. A sender that died leaves entries "sending"; who
 * holds the lock next sends them again, and the server does each once by its UUID.
 */
import { adopt, arrived, countOthers, entriesOf, isOpen, note, revOf, takeUp, type Parcel } from "./outbox";
import type { Entry } from "./store";
import { delay, judge, type Verdict } from "./verdict";

export interface Session { who: string; csrf: string }
/** `blocked`: no network, or nobody is signed in. `nextAt`: when to try by itself. */
export interface Outcome { sent: number; blocked: boolean; nextAt: number }

const LOCK = "outbox";
const PATIENCE_MS = 60_000;

export async function session(): Promise<Session> {
  const response = await fetch("/outbox/who/", {
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const isJson = response.headers.get("Content-Type")?.includes("json");
  if (!response.ok || !isJson) throw new TypeError("no session to be had");
  return (await response.json()) as Session;
}

function packed({ entry, files }: Parcel): { body: BodyInit; type?: string } {
  if (entry.files.length === 0 && !entry.asForm) {
    return { body: JSON.stringify(entry.fields), type: "application/json" };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(entry.fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
  }
  for (const { field, name, bytes } of files) form.append(field, bytes, name);
  return { body: form };
}

async function post(parcel: Parcel, { csrf }: Session): Promise<Verdict> {
  const { entry } = parcel;
  const headers = new Headers({
    Accept: "application/json",
    "X-CSRFToken": csrf,
    "Idempotency-Key": entry.id,
  });
  if (entry.owner) headers.set("For-Person", entry.owner); // guests have no tag
  try {
    const { body, type } = packed(parcel);
    if (type) headers.set("Content-Type", type);
    const response = await fetch(entry.url, {
      method: "POST",
      credentials: "same-origin",
      redirect: "error",
      headers,
      body,
      signal: AbortSignal.timeout(PATIENCE_MS * (type ? 1 : 5)),
    });
    return await judge(response, entry.tries);
  } catch {
    return { is: "again", afterMs: delay(entry.tries) };
  }
}

/** Send it as it stands now; what is changed meanwhile is not touched by the answer. */
async function send(id: string, now: Session, isNobodys = false): Promise<Verdict | undefined> {
  const parcel = await takeUp(id);
  if (!parcel) return undefined;
  const entry: Entry = isNobodys ? { ...parcel.entry, owner: "" } : parcel.entry;
  const verdict = await post({ ...parcel, entry }, now);
  const settle = (change: Partial<Entry>): Promise<void> => note(id, change, revOf(entry));
  if (verdict.is === "arrived") await arrived(entry, verdict.answer);
  if (verdict.is === "stop") await settle({ state: "saved", tries: entry.tries - 1 });
  if (verdict.is === "again") await settle({ state: "saved", nextAt: Date.now() + verdict.afterMs });
  if (verdict.is === "needs") {
    const { reason, question, said } = verdict;
    const asked = { ...(question ? { question } : {}), ...(said ? { said } : {}) };
    await settle({ state: "needs", reason, ...asked });
  }
  return verdict;
}

async function sendAll(isAsked: boolean): Promise<Outcome> {
  const now = await session();
  await adopt(now.who);
  const open = (await entriesOf(now.who)).filter(isOpen);
  let [sent, waits] = [0, false];
  for (const entry of open) {
    const isOrphan = entry.state === "sending"; // its sender died: we hold the lock
    if (!isAsked && !isOrphan && entry.nextAt > Date.now()) continue;
    const verdict = await send(entry.id, now);
    if (verdict?.is === "arrived") sent += 1;
    if (verdict?.is !== "stop") continue;
    if (entry.owner) return { sent, blocked: true, nextAt: 0 };
    waits = true; // a guest's that needs a person: the others may go
  }
  const left = (await entriesOf(now.who)).filter((entry) => entry.state === "saved");
  const nextAt = left.length > 0 ? Math.min(...left.map((entry) => entry.nextAt)) : 0;
  const isForeign = !now.who && (await countOthers("")) > 0;
  return { sent, blocked: waits || isForeign, nextAt };
}

/** One sender at a time; whoever does not wait goes without. */
async function alone<T>(act: () => Promise<T>, waits: boolean): Promise<T | undefined> {
  const locks = "locks" in navigator ? navigator.locks : undefined;
  if (!locks) return act();
  return locks.request(LOCK, { ifAvailable: !waits }, (lock) => (lock ? act() : undefined));
}

/** Send what is due, everything when asked to; undefined while another one sends. */
export async function sendDue(isAsked = false): Promise<Outcome | undefined> {
  const attempt = (): Promise<Outcome> =>
    sendAll(isAsked).catch((): Outcome => ({ sent: 0, blocked: true, nextAt: 0 }));
  return alone(attempt, isAsked);
}

/**
 * Send one of somebody who is not signed in any more in nobody's name, as they ask: only
 * while nobody is signed in, and it stays theirs until it has arrived.
 */
export async function sendAsGuest(id: string): Promise<void> {
  const attempt = async (): Promise<void> => {
    const now = await session().catch(() => undefined);
    if (now?.who === "") await send(id, now, true);
  };
  await alone(attempt, true);
}
