/** The reporting form in the hands of its script: its steps, and what is in it now. */
import { part } from "./part";

export type Step = HTMLFieldSetElement;
export type Form = HTMLFormElement;

export const stepsOf = (form: Form): Step[] => [...form.querySelectorAll<Step>("fieldset[data-step]")];
export const step = (form: Form, name: string): Step => part<Step>(form, `[data-step="${name}"]`);
export const nameOf = (one: Step): string => one.dataset.step ?? "";

/** What a field holds now; of a group of radio buttons the chosen one. */
export function said(form: Form, name: string): string {
  return String(new FormData(form).get(name) ?? "").trim();
}

export function put(form: Form, name: string, value: string): void {
  for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
    if (field.type === "radio") field.checked = field.value === value;
    else field.value = value;
  }
}

/** The city of the place that was found; empty while none is known. */
export const cityOf = (form: Form): string =>
  form.querySelector<HTMLElement>("[data-found] [data-city]")?.dataset.city ?? "";

/** Whether something made for some cities is meant for the place. */
export function fitsCity(thing: HTMLElement, city: string): boolean {
  return !city || (thing.dataset.cities ?? "").split(" ").includes(city);
}

const ASKED = ["place_from", "lon", "lat", "neighbourhood", "meant", "address", "category", "words"];

/** What the server needs to know for a piece of the form; never photos or contacts. */
export function query(form: Form): string {
  const data = new FormData(form);
  const isListed = data.get("place_from") === "list";
  if (isListed) for (const name of ["lon", "lat", "meant"]) data.delete(name);
  else data.delete("neighbourhood");
  const pairs = ASKED.map((name) => [name, String(data.get(name) ?? "").trim()]);
  return new URLSearchParams(pairs.filter(([, value]) => value) as [string, string][]).toString();
}

/** A piece of the form from the server; null without a network, "" when there is none. */
export async function piece(form: Form, name: string): Promise<string | null> {
  const address = `${form.getAttribute("action") ?? ""}${name}/?${query(form)}`;
  const options = { credentials: "same-origin", signal: AbortSignal.timeout(10_000) } as const;
  const answer = await fetch(address, options).catch(() => undefined);
  if (!answer || answer.status >= 500) return null;
  return answer.status === 204 ? "" : answer.text();
}
