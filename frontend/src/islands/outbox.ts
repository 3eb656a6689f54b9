/**
 * What waits on this phone, each with its one state; send, edit, discard.
 *
 *   <div data-island="outbox">
 *     <p data-empty hidden>…</p> <p data-others hidden>…</p> <p data-signed-out hidden>…</p>
 *     <div data-all hidden><button type="button" data-send-all>…</button></div>
 *     <ul data-list></ul>
 *     <template data-row="saved">…</template> (also draft, sending, needs, sent)
 *   </div>
 */
import { countOthers, discard, entriesOf, isOpen, onChange, receiptsOf } from "../lib/outbox";
import { owner } from "../lib/owner";
import { part } from "../lib/part";
import { sendSoon } from "../lib/sending";
import type { Entry, Receipt } from "../lib/store";

const when = (at: number): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    month: "long", day: "numeric", hour: "numeric", minute: "numeric",
  }).format(at);

function say(row: ParentNode, name: string, words: string | undefined): void {
  const place = row.querySelector<HTMLElement>(`[data-${name}]`);
  if (!place) return;
  place.textContent = words ?? "";
  place.hidden = !words;
}

function press(row: ParentNode, name: string, act: () => void): void {
  row.querySelector(`[data-${name}]`)?.addEventListener("click", act);
}

export function mount(root: HTMLElement): () => void {
  const list = part(root, "[data-list]");
  const busy = new Set<string>(); // rows that ask whether to discard stay as they are

  function rowOf(state: string): HTMLElement {
    const template = part<HTMLTemplateElement>(root, `template[data-row="${state}"]`);
    return (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  }

  function waiting(entry: Entry): HTMLElement {
    const row = rowOf(entry.state);
    say(row, "title", entry.title);
    say(row, "when", when(entry.createdAt));
    say(row, "reason", entry.reason);
    const edit = row.querySelector<HTMLAnchorElement>("[data-edit]");
    if (edit) edit.href = entry.editAt;
    const question = row.querySelector<HTMLElement>("[data-question]");
    const ask = (isAsking: boolean): void => {
      if (isAsking) busy.add(entry.id);
      else busy.delete(entry.id);
      if (question) question.hidden = !isAsking;
      if (isAsking) question?.querySelector("button")?.focus();
    };
    if (question) question.hidden = !busy.has(entry.id);
    press(row, "send", () => void sendSoon(true));
    press(row, "discard", () => ask(true));
    press(row, "no", () => ask(false));
    press(row, "yes", () => void discard(entry.id));
    return row;
  }

  function done(receipt: Receipt): HTMLElement {
    const row = rowOf("sent");
    say(row, "title", receipt.title);
    say(row, "when", when(receipt.at));
    const see = row.querySelector<HTMLAnchorElement>("[data-see]");
    if (see) see.href = receipt.seeAt;
    return row;
  }

  async function show(): Promise<void> {
    const me = await owner();
    const [entries, receipts, others] = await Promise.all([
      entriesOf(me), receiptsOf(me), countOthers(me),
    ]);
    list.replaceChildren(...entries.map(waiting), ...receipts.map(done));
    part(root, "[data-empty]").hidden = entries.length + receipts.length + others > 0;
    part(root, "[data-others]").hidden = others === 0;
    say(root, "count-others", String(others));
    part(root, "[data-all]").hidden = !entries.some(isOpen);
  }

  const act = (): void => void sendSoon(true);
  const redraw = (): void => void show().catch(() => (part(root, "[data-empty]").hidden = false));
  const sendAll = part(root, "[data-send-all]");
  sendAll.addEventListener("click", act);
  const undo = onChange(redraw);
  redraw();
  return () => {
    sendAll.removeEventListener("click", act);
    undo();
  };
}
