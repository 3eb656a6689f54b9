/** What an answer means for an entry, and how long to wait before the next try. */

export type Verdict =
  | { is: "arrived"; answer: string }
  | { is: "again"; afterMs: number }
  | { is: "needs"; reason: string; question?: string; said?: Said }
  | { is: "stop" }; // nobody or somebody else is signed in: it waits for its person

const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60_000;
const LATER = new Set([408, 425, 429]);

type Said = Record<string, unknown>;

/** Doubles with every try, up to an hour, and never the same for two phones. */
export function delay(tries: number, chance: number = Math.random()): number {
  const whole = Math.min(FIRST_MS * 2 ** Math.max(tries - 1, 0), LONGEST_MS);
  return Math.round(whole * (0.5 + chance));
}

function retryAfter(headers: Headers, tries: number): number {
  const seconds = Number(headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : delay(tries);
}

/** Every sentence in it, however deep: a list's field names its places, {"alts": {"0": […]}}. */
function sentencesIn(said: unknown): string[] {
  if (typeof said === "string") return [said];
  return said && typeof said === "object" ? Object.values(said).flatMap(sentencesIn) : [];
}

/** The sentence of a refusal: its detail, or every field's own. */
export function reasonOf(said: Said): string {
  if (typeof said.detail === "string") return said.detail;
  const { code: _code, question: _question, ...fields } = said; // names, no sentences
  return [...new Set(sentencesIn(fields))].join(" ");
}

export async function judge(response: Response, tries: number): Promise<Verdict> {
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  const said = isJson ? ((await response.json().catch(() => ({}))) as Said) : {};
  const { status } = response;
  if (response.ok) {
    // Some other network's page also says 200: only the server's id counts.
    const id = said.id;
    const named = typeof id === "number" || typeof id === "string";
    return named ? { is: "arrived", answer: String(id) } : { is: "again", afterMs: delay(tries) };
  }
  if (status === 401 || said.code === "somebody_else") return { is: "stop" };
  if (status === 403 && /CSRF/i.test(reasonOf(said))) return { is: "again", afterMs: delay(tries) };
  if (status >= 500 || LATER.has(status)) {
    return { is: "again", afterMs: retryAfter(response.headers, tries) };
  }
  if (!isJson && status !== 413) return { is: "again", afterMs: delay(tries) };
  const question = typeof said.question === "string" ? said.question : undefined;
  const asked = question ?? (said.code === "already_received" ? "already_received" : undefined);
  return { is: "needs", reason: reasonOf(said), ...(asked ? { question: asked, said } : {}) };
}
