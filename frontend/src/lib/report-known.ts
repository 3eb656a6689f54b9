/** The server holds a report up: is it one of these? The person decides, nothing is lost. */
import { fill } from "./i18n";
import { write } from "./drafts";
import { part } from "./part";
import { session } from "./sender";
import type { Entry } from "./store";

export type Props = {
  url: string;
  supportUrl: string;
  metUrl: string;
  editAt: string;
  doneAt: string;
  seeAt: string;
  pointsUrl: string;
  words: Record<"title" | "untitled" | "support" | "metres", string>;
};
export type Known = {
  id: number; url: string; title: string; words: string; metres: number | null; at: string;
  state_words: string; is_open: boolean; photo?: string; place?: string;
};
type Next = { different: () => void; meet: (known: Known) => void };

export const SUPPORT = "support"; // the kind of entry a report becomes that was met too

const day = (at: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" }).format(new Date(at));

/** A card as the server draws them; without a photo its sign stays. */
export function cardOf(template: HTMLTemplateElement, known: Known, sentence: string): HTMLElement {
  const card = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  const say = (name: string, words: string): void => {
    const place = part(card, `[data-${name}]`);
    place.textContent = words;
    place.hidden = words === "";
  };
  const photo = part<HTMLImageElement>(card, "[data-picture]");
  photo.hidden = !known.photo;
  part(card, "[data-sign]").hidden = !photo.hidden;
  if (known.photo) photo.src = known.photo;
  const link = part<HTMLAnchorElement>(card, "[data-link]");
  link.href = known.url;
  link.textContent = known.title;
  say("said", known.words);
  say("state", known.state_words);
  say("metres", known.metres === null ? "" : fill(sentence, { metres: String(known.metres) }));
  say("place", known.place ?? "");
  say("age", day(known.at));
  return card;
}

/**
 * "I met it too" goes the way of the report: from the outbox, with its words and photos.
 *
 * The report itself becomes it and goes only once the server has named it. Refused, it opens
 * in the form again with everything, where it may be changed or still go as a report.
 */
export async function meetToo(known: Pick<Known, "id" | "title">, from: Entry, props: Props): Promise<void> {
  const at = (address: string): string => address.replace("{issue}", String(known.id));
  const { words, alts } = { ...from.fields, ...from.form };
  await write(from.id, {
    owner: from.owner, kind: SUPPORT, asForm: true, url: at(props.supportUrl), editAt: props.editAt, seeAt: at(props.seeAt),
    title: fill(props.words.support, { kind: known.title }), fields: { ...(words ? { words } : {}), ...(alts ? { alts } : {}) },
  }, { isNew: false, state: "saved" });
}

/** A form sent by the page itself; the page may be older than the sign-in. */
export function sendForm(form: HTMLFormElement, address: string, csrf: string): void {
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  if (token instanceof HTMLInputElement) token.value = csrf;
  form.action = address;
  form.submit();
}

/** It arrived: the server's own page says what that means, also to a guest. */
export async function seeWhatItMeans(address: string, seeAt: string): Promise<void> {
  const now = await session().catch(() => undefined);
  if (!now) return location.assign(seeAt);
  const form = document.createElement("form");
  const token = document.createElement("input");
  [form.method, form.hidden, token.name] = ["post", true, "csrfmiddlewaretoken"];
  form.append(token);
  document.body.append(form);
  sendForm(form, address, now.csrf);
}

/** Shows the known ones, if that is what was asked; says whether it was. */
export function askWhetherKnown(root: HTMLElement, entry: Entry, props: Props, next: Next): boolean {
  const found = entry.question === "known" ? ((entry.said?.known ?? []) as Known[]) : [];
  const section = part(root, "[data-known-already]");
  if (found.length === 0) return false;
  const template = part<HTMLTemplateElement>(section, "template[data-card]");
  const cards = found.map((known) => {
    const card = cardOf(template, known, props.words.metres);
    const button = part<HTMLButtonElement>(card, "[data-met-too]");
    button.hidden = !known.is_open;
    button.onclick = () => next.meet(known);
    const item = document.createElement("li");
    item.append(card);
    return item;
  });
  part(section, "[data-list]").replaceChildren(...cards);
  part<HTMLButtonElement>(section, "[data-different]").onclick = next.different;
  return true;
}
