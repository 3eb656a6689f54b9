/** What it is about: finding a kind by its words, its notice, its questions. */
import { fill, gettext, ngettext } from "./i18n";
import { part } from "./part";
import { cityOf, fitsCity, piece, said, step, type Form } from "./report-form";

const PAUSE_MS = 400;

const plain = (words: string): string => words.normalize("NFKC").toLocaleLowerCase().trim();
const kinds = (form: Form): HTMLElement[] => [...form.querySelectorAll<HTMLElement>("[data-kind]")];

/** Kinds that name one of the words; longer words count for more. */
export function rank(typed: string, named: string): number {
  const words = plain(typed).split(/\s+/).filter((word) => word.length > 1 || typed.trim().length === 1);
  const whole = plain(typed).replace(/\s+/g, "");
  const synonyms = named.split(" ");
  const backwards = synonyms.filter((one) => one.length > 1 && whole.includes(one)).join("").length;
  return words.reduce((sum, word) => sum + (named.includes(word) ? word.length : 0), backwards);
}

function filter(form: Form, suggested: readonly string[] = []): void {
  const typed = part<HTMLInputElement>(form, "[data-search]").value;
  const city = cityOf(form);
  let found = 0;
  for (const kind of kinds(form)) {
    const fits = fitsCity(kind, city);
    const isMeant = suggested.includes(kind.dataset.kind ?? "") || rank(typed, kind.dataset.words ?? "") > 0;
    kind.hidden = !fits || (typed.trim() !== "" && !isMeant);
    if (!kind.hidden) found += 1;
  }
  if (typed.trim() && found === 0) for (const kind of kinds(form)) kind.hidden = !fitsCity(kind, city);
  for (const group of form.querySelectorAll<HTMLElement>("[data-group]")) {
    group.hidden = group.querySelector("[data-kind]:not([hidden])") === null;
  }
  part(form, "[data-hits]").textContent = typed.trim() ? hits(found) : "";
}

function hits(found: number): string {
  if (found === 0) return gettext("No kind has these words. Here are all of them.");
  return fill(ngettext("%(count)s kind fits", "%(count)s kinds fit", found), { count: String(found) });
}

async function suggest(form: Form): Promise<void> {
  const typed = part<HTMLInputElement>(form, "[data-search]").value.trim();
  if (typed.length < 2) return;
  const words = part<HTMLTextAreaElement>(form, "[name=words]");
  const before = words.value;
  words.value = typed; // asked with these words; what was written stays
  const asked = piece(form, "kinds");
  words.value = before;
  const answer = await asked;
  if (!answer?.startsWith("{") || part<HTMLInputElement>(form, "[data-search]").value.trim() !== typed) return;
  filter(form, (JSON.parse(answer) as { kinds: string[] }).kinds);
}

/** The notice instead of a report, and the questions, of the chosen kind in its city. */
export function showChosen(form: Form): void {
  const code = said(form, "category");
  const city = cityOf(form);
  for (const notice of form.querySelectorAll<HTMLElement>("[data-notice-of]")) {
    notice.toggleAttribute("data-now", notice.dataset.noticeOf === code && fitsCity(notice, city));
  }
  for (const more of form.querySelectorAll<HTMLFieldSetElement>("[data-questions]")) {
    const isOfKind = more.dataset.questions === code && fitsCity(more, city);
    more.hidden = more.disabled = !isOfKind;
  }
}

export const chosen = (form: Form): HTMLElement | undefined =>
  kinds(form).find((kind) => kind.querySelector("input")?.checked && fitsCity(kind, cityOf(form)));

export const asksMore = (form: Form): boolean =>
  step(form, "questions").querySelector("[data-questions]:not([hidden])") !== null;

/** Required questions without an answer. */
export function unanswered(form: Form): HTMLElement | undefined {
  const asked = step(form, "questions").querySelectorAll<HTMLElement>("[data-questions]:not([hidden]) [data-required]");
  return [...asked].find((one) => {
    const typed = one.querySelector<HTMLInputElement>("input:not([type=radio], [type=checkbox]), textarea");
    return typed ? typed.value.trim() === "" : one.querySelector("input:checked") === null;
  });
}

export function openKinds(form: Form): void {
  filter(form);
  showChosen(form);
}

export function startKinds(form: Form, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  part(form, "[data-search]").addEventListener("input", () => {
    filter(form);
    clearTimeout(timer);
    timer = setTimeout(() => void suggest(form), PAUSE_MS);
  }, { signal });
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "category") showChosen(form);
  }, { signal });
}
