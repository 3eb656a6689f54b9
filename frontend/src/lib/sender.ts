/**
 * Sends what waits, one sender at a time over all tabs and the worker.
 *
 * Before each replay the server is asked who is signed in, with a fresh token: an entry
 * goes only in its own person's name; what nobody signed in wrote goes as a guest's, or
 * becomes the person's who signs in on this phone. A sender that died leaves entries "sending"; who
 * holds the lock next sends them again, and the server does each once by its UUID.
 */
import { adopt, arrived, countOthers, entriesOf, filesOf, isOpen, note } from "./outbox";
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

async function packed(entry: Entry): Promise<{ body: BodyInit; type?: string }> {
  if (entry.files.length === 0 && !entry.asForm) {
    return { body: JSON.stringify(entry.fields), type: "application/json" };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(entry.fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
  }
  for (const { field, name, bytes } of await filesOf(entry)) form.append(field, bytes, name);
  return { body: form };
}

async function post(entry: Entry, { csrf }: Session): Promise<Verdict> {
  const { body, type } = await packed(entry);
  const headers = new Headers({
    Accept: "application/json",
    "X-CSRFToken": csrf,
    "Idempotency-Key": entry.id,
  });
  if (entry.owner) headers.set("For-Person", entry.owner); // guests have no tag
  if (type) headers.set("Content-Type", type);
  try {
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

async function send(entry: Entry, now: Session): Promise<Verdict> {
  const trying: Entry = { ...entry, state: "sending", tries: entry.tries + 1 };
  await note(entry.id, { state: trying.state, tries: trying.tries });
  const verdict = await post(trying, now);
  if (verdict.is === "arrived") await arrived(trying, verdict.answer);
  if (verdict.is === "stop") await note(entry.id, { state: "saved", tries: entry.tries });
  if (verdict.is === "again") {
    await note(entry.id, { state: "saved", nextAt: Date.now() + verdict.afterMs });
  }
  if (verdict.is === "needs") {
    const { reason, question, said } = verdict;
    const asked = { ...(question ? { question } : {}), ...(said ? { said } : {}) };
    await note(entry.id, { state: "needs", reason, ...asked });
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
    const verdict = await send(entry, now);
    if (verdict.is === "arrived") sent += 1;
    if (verdict.is !== "stop") continue;
    if (entry.owner) return { sent, blocked: true, nextAt: 0 };
    waits = true; // a guest's that needs a person: the others may go
  }
  const left = (await entriesOf(now.who)).filter((entry) => entry.state === "saved");
  const nextAt = left.length > 0 ? Math.min(...left.map((entry) => entry.nextAt)) : 0;
  const isForeign = !now.who && (await countOthers("")) > 0;
  return { sent, blocked: waits || isForeign, nextAt };
}

/** Send what is due, everything when asked to; undefined while another one sends. */
export async function sendDue(isAsked = false): Promise<Outcome | undefined> {
  const attempt = (): Promise<Outcome> =>
    sendAll(isAsked).catch((): Outcome => ({ sent: 0, blocked: true, nextAt: 0 }));
  const locks = "locks" in navigator ? navigator.locks : undefined;
  if (!locks) return attempt();
  return locks.request(LOCK, { ifAvailable: !isAsked }, (lock) => (lock ? attempt() : undefined));
}
