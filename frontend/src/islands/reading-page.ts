/**
 * The reading page with a network: what is saved goes by the phone's outbox, so that it
 * is neither lost nor sent twice when the network goes in the middle.
 *
 *   <div data-island="reading-page" data-props="…">
 *     {"title": "…", "url": "…", "seeAt": "…"}
 *     <form method="post">…</form>  <p data-full hidden>…</p>
 *   </div>
 */
import { discard, find, keep } from "../lib/outbox";
import { met } from "../lib/owner";
import { part } from "../lib/part";
import { fieldsOf, shown, type Said } from "../lib/reading";
import { session } from "../lib/sender";
import { sendSoon } from "../lib/sending";

type Props = { title: string; url: string; seeAt: string };

const EDIT_AT = "/offline/reading/?entry={id}";

export function mount(root: HTMLElement, { title, url, seeAt }: Props): () => void {
  const owner = document.documentElement.dataset.who ?? "";

  async function keepAndSend(said: Said, confirmed: boolean): Promise<string> {
    await met(owner);
    const fields = fieldsOf(said, confirmed);
    const entry = await keep({
      owner, kind: "reading", title: `${title} · ${shown(said.kwh)} kWh`, url, editAt: EDIT_AT, seeAt, fields,
    });
    await sendSoon(true);
    const left = await find(entry.id);
    if (!left) return `${seeAt}?saved`;
    if (left.state !== "needs") return "/outbox/";
    if (left.question) return left.editAt;
    await discard(left.id); // the form is still here and says it itself
    return "";
  }

  async function submit(form: HTMLFormElement): Promise<void> {
    const said = Object.fromEntries(new FormData(form)) as unknown as Said & Record<string, string>;
    const isForGood = said.step === "enter";
    const isReached = await session().then((now) => now.who === owner, () => false);
    if (isReached && !isForGood) return form.submit(); // a look: the server says what it means
    try {
      const next = await keepAndSend(said, said.confirmed === "on");
      if (next) location.assign(next);
      else form.submit();
    } catch {
      part(root, "[data-full]").hidden = false;
    }
  }

  const onSubmit = (event: SubmitEvent): void => {
    if (!(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    void submit(event.target);
  };
  root.addEventListener("submit", onSubmit);
  return () => root.removeEventListener("submit", onSubmit);
}
