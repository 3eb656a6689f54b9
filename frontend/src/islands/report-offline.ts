/**
 * A report that stands on the phone from the first tap on, and goes by its outbox.
 *
 *   <div data-island="report-offline" data-props="…">
 *     {"url": …, "supportUrl": "…{issue}…", "editAt": "…{id}", "doneAt": "…{id}…", "seeAt": …, "words": {…}}
 *     [data-sending] [data-kept] [data-signed-out]>[data-as-guest] [data-going-on]>[data-anew] [data-full] [data-asked]>[data-words]
 *     <section data-known-already>[data-list] [data-different] <template data-card></section>
 *     <div data-writing><form>…</form></div>
 *   </div>
 *
 * ?entry=… opens one that waits, with what the server asked; ?shared=… brings photos from
 * the share sheet. The form hears `report:restored` (its step in data-step) and
 * `report:sent`; form.dataset.knownShown means that known ones were shown already.
 */
import { write } from "../lib/drafts";
import { discard, entriesOf, filesOf, find, note, onChange } from "../lib/outbox";
import { owner } from "../lib/owner";
import { part } from "../lib/part";
import { halfOf, makeItTheirs, photosOf, putBack } from "../lib/report";
import { askWhetherKnown, type Props as Known } from "../lib/report-known";
import { offerCached } from "../lib/report-cached";
import { stagesOf } from "../lib/report-stages";
import { addPhotos, putPhotos, sharedPhotos } from "../lib/report-photos-in";
import { sendDue, session } from "../lib/sender";
import { sendSoon } from "../lib/sending";
import { NoRoom, type Entry, type State } from "../lib/store";

type Props = Known & { boxes: string[] };

const CALM_MS = 400;

export function mount(root: HTMLElement, props: Props): () => void {
  const form = part<HTMLFormElement>(root, "form");
  const act = new AbortController();
  const { signal } = act;
  const { show, enter, is } = stagesOf(root);
  let [id, isNew] = [crypto.randomUUID() as string, true];
  let [photos, photosKept] = [1, 0]; // how often they changed, and what of it is kept
  let timer = 0;

  async function keep(state?: State, askKnown = true): Promise<boolean> {
    window.clearTimeout(timer);
    const changed = photos;
    const files = changed > photosKept ? { files: photosOf(form) } : {};
    const half = halfOf(form, id, await owner(), askKnown, props);
    const was = await write(id, half, { ...files, ...(state ? { state } : {}), isNew });
    [isNew, photosKept] = [false, changed];
    return was;
  }
  /** While it is being written; what was given to the outbox is the outbox's. */
  const keepHalf = (): void => {
    if (is("writing")) void keep().catch(noRoom);
  };
  const soon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keepHalf, CALM_MS);
  };
  function noRoom(problem: unknown): void {
    if (!(problem instanceof NoRoom)) throw problem;
    show("full", true);
  }

  function ask(entry: Entry): void {
    const next = { different: () => void send(false), joined: kept };
    enter("writing");
    if (askWhetherKnown(root, entry, props, next)) return enter("known-already");
    show("asked", true);
    part(root, "[data-asked] [data-words]").textContent = entry.reason ?? "";
  }
  async function kept(entry: Entry | undefined): Promise<void> {
    if (!entry) return location.assign(props.doneAt.replace("{id}", id));
    const now = await session().catch(() => undefined);
    const isForeign = now !== undefined && now.who !== entry.owner;
    enter(isForeign ? "signed-out" : "kept");
  }
  async function send(askKnown: boolean): Promise<void> {
    show("full", false);
    show("asked", false);
    try {
      if (!(await keep("saved", askKnown))) return await kept(undefined); // it went meanwhile
    } catch (problem) {
      return withoutRoom(problem);
    }
    enter("sending");
    form.dispatchEvent(new CustomEvent("report:sent", { bubbles: true }));
    history.replaceState(null, "", props.editAt.replace("{id}", id));
    await sendSoon(true);
    const left = await find(id);
    return left?.state === "needs" ? ask(left) : kept(left);
  }
  /** A phone that keeps nothing: with a network the form goes as it is. */
  async function withoutRoom(problem: unknown): Promise<void> {
    if (!(await session().catch(() => undefined))) return noRoom(problem);
    act.abort();
    form.requestSubmit(part<HTMLButtonElement>(form, "button[name=step][value=send]"));
  }

  async function asGuest(): Promise<void> {
    await note(id, { owner: "" });
    await sendDue(true);
    await kept(await find(id));
  }
  async function restore(entry: Entry): Promise<void> {
    [id, isNew] = [entry.id, false];
    form.dataset.step = entry.step ?? "";
    putBack(form, entry.form ?? {});
    await putPhotos(root, await filesOf(entry), (entry.form?.alts ?? []) as string[]);
    photosKept = photos;
    form.dispatchEvent(new CustomEvent("report:restored", { bubbles: true }));
    if (entry.state === "needs") ask(entry);
    else show("going-on", true);
  }
  async function open(): Promise<void> {
    const me = await owner();
    const asked = new URLSearchParams(location.search).get("entry");
    const mine = (await entriesOf(me)).filter(({ kind }) => kind === "report");
    const entry = asked ? await find(asked) : mine.findLast(({ state }) => state === "draft");
    if (entry && [me, ""].includes(entry.owner)) await restore(entry);
    makeItTheirs(form, id, me);
    await addPhotos(root, await sharedPhotos());
    for (const name of ["input", "change", "place:picked", "report:step"]) form.addEventListener(name, soon, { signal });
    form.addEventListener("photos:changed", () => { photos += 1; soon(); }, { signal });
  }

  form.addEventListener("submit", (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.value !== "send") return;
    event.preventDefault();
    void send(!form.dataset.knownShown);
  }, { signal });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !isNew) keepHalf();
  }, { signal });
  part(root, "[data-anew]").addEventListener("click", () => void discard(id).then(() => location.assign(location.pathname)), { signal });
  part(root, "[data-as-guest]").addEventListener("click", () => void asGuest(), { signal });
  const waits = (entry: string): void => void find(entry).then(kept);
  offerCached(root, form, props, { id: () => id, kept: waits, signal });
  const undo = onChange(() => {
    if (is("kept", "signed-out")) void find(id).then((left) => { if (!left) location.assign(props.doneAt.replace("{id}", id)); });
  });
  open().catch(() => undefined); // a browser that keeps nothing: the form works as it is
  return () => {
    undo();
    act.abort();
    window.clearTimeout(timer);
  };
}
