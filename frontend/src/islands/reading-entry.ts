/**
 * A meter reading that is kept on the phone first and sent when there is a network.
 *
 *   <div data-island="reading-entry" data-props="…">
 *     {"title": "… %(home)s · %(kwh)s kWh", "url": "…/{home}/…", "seeAt": "…/{home}/…"}
 *     <div data-entry hidden><form>home, day, at, kwh, what, old_final_kwh, new_first_kwh
 *       [data-asked] [data-slip] [data-change]</form></div>
 *     [data-no-homes] [data-photo] [data-kept] [data-sent] [data-full] [data-first]>[data-see]
 *   </div>
 *
 * ?entry=… opens one that waits, with what the server asked; ?shared=… shows a photo. A
 * correction of what has arrived already is not sent: it stays, and [data-first] says so.
 */
import { fill } from "../lib/i18n";
import { find, keep, receiptOf, rewrite } from "../lib/outbox";
import { homes, owner } from "../lib/owner";
import { part } from "../lib/part";
import { fieldsOf, fillIn, now, saidBefore, shown, type Said } from "../lib/reading";
import { sendSoon } from "../lib/sending";
import { NoRoom, store, type Entry } from "../lib/store";

type Props = { title: string; url: string; seeAt: string };

const EDIT_AT = "/offline/reading/?entry={id}";

export function mount(root: HTMLElement, props: Props): () => void {
  const form = part<HTMLFormElement>(root, "form");
  const select = part<HTMLSelectElement>(form, "select[name=home]");
  const asked = new URLSearchParams(location.search);
  let id = asked.get("entry");
  let confirmed = false;

  function say(name: string, isShown: boolean, words?: string): void {
    const place = part(root, `[data-${name}]`);
    place.hidden = !isShown;
    const sentence = words ? place.querySelector("[data-words]") : null;
    if (sentence) sentence.textContent = words ?? "";
  }

  /** What the server asked, and the fields that answer it. */
  function ask(entry: Entry): void {
    const { question = "" } = entry;
    if (question === "already_received") return first(entry.seeAt);
    say("asked", true, entry.reason);
    say("slip", question === "slip");
    say("change", question.startsWith("rollover") || question === "smaller");
    part(root, "[data-asked]").scrollIntoView({ block: "nearest" });
  }

  /** What was written first has arrived: the correction waits here for its person. */
  function first(seeAt: string): void {
    say("first", true);
    part<HTMLAnchorElement>(root, "[data-first] [data-see]").href = seeAt;
    part(root, "[data-first]").focus();
  }

  async function open(): Promise<void> {
    const kept = await homes();
    select.replaceChildren(...kept.map((home) => new Option(home.name, String(home.id))));
    say("no-homes", kept.length === 0);
    say("entry", kept.length > 0);
    const entry = id ? await find(id) : undefined;
    if (entry && entry.owner === (await owner())) {
      fillIn(form, saidBefore(entry.fields));
      select.value = /\/premises\/(\d+)\//.exec(entry.url)?.[1] ?? "";
      select.disabled = true; // another home is another reading
      if (entry.state === "needs") ask(entry);
    } else {
      id = null;
      fillIn(form, { ...now(), kwh: "" }); // the page itself may be days old
    }
    await showPhoto();
  }

  async function showPhoto(): Promise<void> {
    const shared = asked.get("shared");
    const photo = shared ? await (await store()).get("shared", shared) : undefined;
    if (!photo) return;
    part<HTMLImageElement>(root, "[data-photo] img").src = URL.createObjectURL(photo.bytes);
    say("photo", true);
  }

  /** Kept under this id; undefined when an earlier version of it has arrived. */
  async function writeDown(said: Said): Promise<string | undefined> {
    const home = select.value;
    const name = select.selectedOptions[0]?.text ?? "";
    const title = fill(props.title, { home: name, kwh: shown(said.kwh) });
    const fields = fieldsOf(said, confirmed);
    if (id && (await rewrite(id, title, fields))) return id;
    if (id && (await receiptOf(id))) return undefined;
    const at = (address: string): string => address.replace("{home}", home);
    const entry = await keep({
      owner: await owner(), kind: "reading", title, url: at(props.url),
      editAt: EDIT_AT, seeAt: at(props.seeAt), fields,
    });
    return entry.id;
  }

  async function dropPhoto(): Promise<void> {
    const shared = asked.get("shared");
    if (shared) await (await store()).delete("shared", shared);
  }

  async function submit(): Promise<void> {
    say("full", false);
    say("first", false);
    let kept: string | undefined;
    try {
      kept = await writeDown(Object.fromEntries(new FormData(form)) as unknown as Said);
    } catch (error) {
      if (!(error instanceof NoRoom)) throw error;
      return say("full", true);
    }
    say("asked", false);
    if (!kept) return first((await receiptOf(id ?? ""))?.seeAt ?? "/outbox/");
    id = kept;
    history.replaceState(null, "", EDIT_AT.replace("{id}", id));
    await sendSoon(true);
    const entry = await find(id);
    if (entry?.state === "needs") return ask(entry);
    if (!entry && !(await receiptOf(id))) return; // discarded elsewhere: what is written stands here
    say("entry", false);
    say(entry ? "kept" : "sent", true);
    part(root, entry ? "[data-kept]" : "[data-sent]").focus();
    await dropPhoto();
  }

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    confirmed = event.submitter?.hasAttribute("data-yes") ?? false;
    void submit();
  };
  root.addEventListener("submit", onSubmit);
  open().catch(() => say("full", true));
  return () => root.removeEventListener("submit", onSubmit);
}
