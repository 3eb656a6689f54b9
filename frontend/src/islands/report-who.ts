/**
 * In whose name a report goes: the form is the same for everybody, so it is asked apart.
 *
 *   <div data-island="report-who" data-url="…"></div> what a helper must know stands here
 *   <form> <input type="hidden" data-acting-for> … <div data-sender-here></div> </form>
 *
 * Without a network what was said last stands, until another person uses the phone. The
 * server compares the hidden field on sending, so nothing goes in another name unseen.
 */
import { keepLast, last } from "../lib/last";
import { SENDER } from "../lib/owner";

async function asked(url: string): Promise<string | undefined> {
  const options = { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(10_000) } as const;
  const answer = await fetch(url, options).catch(() => undefined);
  if (!answer?.ok) return (await last<string>(SENDER).catch(() => undefined))?.value;
  const html = await answer.text();
  await keepLast(SENDER, html).catch(() => undefined); // a browser that keeps nothing
  return html;
}

function show(root: HTMLElement, html: string): void {
  const said = new DOMParser().parseFromString(html, "text/html");
  const standing = said.querySelector("[data-standing]");
  const sender = said.querySelector<HTMLElement>("[data-sender]");
  if (standing?.childElementCount) root.replaceChildren(standing);
  const field = document.querySelector<HTMLInputElement>("[data-acting-for]");
  if (!sender || !field) return;
  field.value = sender.dataset.writtenAs ?? "";
  document.querySelector("[data-sender-here]")?.replaceChildren(sender);
  const isKnown = sender.dataset.known !== undefined; // no guest is asked twice
  for (const asked of document.querySelectorAll<HTMLElement>("[data-guest-only]")) asked.hidden = isKnown;
}

export function mount(root: HTMLElement): () => void {
  let isHere = true;
  const ask = (): void =>
    void asked(root.dataset.url ?? "").then((html) => {
      if (html && isHere) show(root, html);
    });
  ask();
  addEventListener("online", ask);
  return () => {
    isHere = false;
    removeEventListener("online", ask);
  };
}
