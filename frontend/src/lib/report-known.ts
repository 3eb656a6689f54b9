/** The server holds a report up: is it one of these? The person decides, nothing is lost. */
import { fill } from "./i18n";
import { discard, filesOf, find } from "./outbox";
import { write } from "./drafts";
import { part } from "./part";
import { session } from "./sender";
import { sendSoon } from "./sending";
import type { Entry, Fields } from "./store";

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
type Next = { different: () => void; joined: (entry: Entry | undefined) => Promise<void> };

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

/** "I met it too" goes the way of the report: from the outbox, with its photos. */
export async function meetToo(known: Known, from: Entry | undefined, half: Pick<Entry, "owner">, props: Props): Promise<string> {
  const id = crypto.randomUUID();
  const at = (address: string): string => address.replace("{issue}", String(known.id));
  const alts = (from?.form?.alts ?? []) as string[];
  await write(id, {
    owner: half.owner, kind: "support", asForm: true, url: at(props.supportUrl), editAt: at(props.seeAt), seeAt: at(props.seeAt),
    title: fill(props.words.support, { kind: known.title }), fields: alts.length ? { alts } : ({} as Fields),
  }, { isNew: true, state: "saved", files: from ? await filesOf(from) : [] });
  if (from) await discard(from.id);
  return id;
}

/** With a network the form itself says it, photos and all; a guest has no other way. */
export async function meetByForm(form: HTMLFormElement, address: string, csrf: string, id: string): Promise<void> {
  const token = form.elements.namedItem("csrfmiddlewaretoken");
  if (token instanceof HTMLInputElement) token.value = csrf; // the page may be older than the sign-in
  form.action = address;
  await discard(id);
  form.submit();
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
    button.onclick = async () => {
      const now = entry.owner ? undefined : await session().catch(() => undefined);
      const address = props.metUrl.replace("{issue}", String(known.id));
      if (now && !now.who) return meetByForm(part<HTMLFormElement>(root, "form"), address, now.csrf, entry.id);
      const id = await meetToo(known, entry, entry, props);
      await sendSoon(true);
      const left = await find(id);
      if (left) return next.joined(left);
      location.assign(known.url);
    };
    const item = document.createElement("li");
    item.append(card);
    return item;
  });
  part(section, "[data-list]").replaceChildren(...cards);
  part<HTMLButtonElement>(section, "[data-different]").onclick = next.different;
  return true;
}
