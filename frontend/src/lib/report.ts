/** A report between its form and what is kept and sent. */
import type { Half } from "./drafts";
import { fill } from "./i18n";
import type { NamedFile } from "./outbox";
import type { Fields } from "./store";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const NOT_SAID = new Set(["csrfmiddlewaretoken", "step", "draft", "drop", "photos"]);
const SEOUL = "+09:00"; // days and times are said by the clock of the cities

/** The form as it stands, by name; names that occur again as lists. */
export function formAsLeft(form: HTMLFormElement): Fields {
  const found: Record<string, string[]> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !NOT_SAID.has(name)) (found[name] ??= []).push(value);
  }
  return found;
}

export function photosOf(form: HTMLFormElement): NamedFile[] {
  return new FormData(form)
    .getAll("photos")
    .filter((one): one is File => one instanceof File && one.size > 0)
    .map((file) => ({ field: "photos", name: file.name, bytes: file }));
}

function isMoment(form: HTMLFormElement, name: string): boolean {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement && field.type === "datetime-local";
}

/** What the server takes: nothing empty, a border's answer as the neighbourhood. */
export function fieldsToSend(form: HTMLFormElement, key: string, askKnown: boolean): Fields {
  const said: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(formAsLeft(form)) as [string, string[]][]) {
    const full = name === "alts" ? values : values.filter((value) => value.trim() !== "");
    if (full.length) said[name] = isMoment(form, name) ? full.map((value) => `${value}:00${SEOUL}`) : full;
  }
  const { meant, ...fields } = said;
  return {
    seen_at: [new Date().toISOString()],
    ...fields,
    ...(meant ? { neighbourhood: meant } : {}),
    key,
    ask_known: askKnown ? "1" : "0",
  };
}

/** Put back what was left; the page's own scripts hear of it afterwards. */
export function putBack(form: HTMLFormElement, left: Fields): void {
  for (const [name, values] of Object.entries(left) as [string, string[]][]) {
    const fields = [...form.elements].filter((one) => (one as Control).name === name) as Control[];
    fields.forEach((field, at) => {
      const isTick = field.type === "radio" || field.type === "checkbox";
      if (isTick) (field as HTMLInputElement).checked = values.includes(field.value);
      else if (field.type !== "file" && !["key", "acting_for"].includes(name)) field.value = values[at] ?? "";
    });
  }
}

/** The chosen kind in words, as its label says it. */
export function kindOf(form: HTMLFormElement): string {
  const chosen = form.querySelector<HTMLElement>("[name=category]:checked");
  const label = chosen?.closest("label");
  const words = label?.querySelector("[data-name]") ?? label?.querySelector("span") ?? label;
  return words?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

export type Facts = { url: string; editAt: string; doneAt: string; words: Record<"title" | "untitled", string> };

/** The form as an entry of the outbox, under this id. */
export function halfOf(form: HTMLFormElement, id: string, owner: string, askKnown: boolean, facts: Facts): Half {
  const { url, editAt, doneAt, words } = facts;
  const kind = kindOf(form);
  return {
    owner, kind: "report", asForm: true, url, editAt,
    seeAt: doneAt.replace("{id}", id),
    title: kind ? fill(words.title, { kind }) : words.untitled,
    fields: fieldsToSend(form, id, askKnown),
    form: formAsLeft(form),
    step: form.dataset.step ?? "",
  };
}

/** The page is made for nobody: its key is new, and who is known is not asked for contact. */
export function makeItTheirs(form: HTMLFormElement, key: string, owner: string): void {
  const field = form.elements.namedItem("key");
  if (field instanceof HTMLInputElement) field.value = key;
  for (const guests of form.querySelectorAll<HTMLElement>("[data-guest-only]")) guests.hidden = owner !== "";
}
