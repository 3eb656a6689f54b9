/**
 * A report that stands on the phone from the first tap on, and goes by its outbox.
 *
 *   <div data-island="report-offline" data-props="…">
 *     {"url": …, "supportUrl": "…{issue}…", "editAt": "…{id}", "doneAt": "…{id}…", "seeAt": …, "words": {…}}
 *     [data-sending] [data-kept] [data-signed-out]>[data-as-guest] [data-going-on]>[data-anew] [data-full] [data-asked]>[data-words]
 *     [data-first]>[data-see]
 *     <section data-known-already>[data-list] [data-different] <template data-card></section>
 *     <div data-writing><form>…</form></div>
 *   </div>
 *
 * ?entry=… opens one that waits, with what the server asked; ?shared=… brings photos from
 * the share sheet. The form hears `report:restored` (its step in data-step) and
 * `report:sent`; form.dataset.knownShown means that known ones were shown already.
 */
import { discard, entriesOf, filesOf, find, onChange } from "../lib/outbox";
import { owner } from "../lib/owner";
import { part } from "../lib/part";
import { makeItTheirs, putBack } from "../lib/report";
import { offerCached } from "../lib/report-cached";
import { goingOf } from "../lib/report-going";
import { keptReport } from "../lib/report-kept";
import { SUPPORT, type Props as Known } from "../lib/report-known";
import { addPhotos, putPhotos, sharedPhotos } from "../lib/report-photos-in";
import { stagesOf } from "../lib/report-stages";
import type { Entry } from "../lib/store";

type Props = Known & { boxes: string[] };

const CALM_MS = 400;

export function mount(root: HTMLElement, props: Props): () => void {
  const form = part<HTMLFormElement>(root, "form");
  const act = new AbortController();
  const { signal } = act;
  const stages = stagesOf(root);
  const report = keptReport(form, props);
  const going = goingOf(root, form, props, report, stages, () => act.abort());
  let timer = 0; // runs while something is written that is not kept yet

  /** While it is being written; what was given to the outbox is the outbox's. */
  function keepHalf(): void {
    window.clearTimeout(timer);
    timer = 0;
    if (stages.is("writing")) void report.keep().catch(going.noRoom);
  }
  function soon(): void {
    window.clearTimeout(timer);
    timer = window.setTimeout(keepHalf, CALM_MS);
  }

  async function restore(entry: Entry): Promise<void> {
    form.dataset.step = entry.step ?? "";
    putBack(form, entry.form ?? {});
    await putPhotos(root, await filesOf(entry), (entry.form?.alts ?? []) as string[]);
    report.take(entry.id);
    form.dispatchEvent(new CustomEvent("report:restored", { bubbles: true }));
    const isWaiting = entry.kind === SUPPORT && entry.state !== "needs"; // nothing to change in it
    if (isWaiting || entry.state === "needs") await going.stand();
    else stages.show("going-on", true);
  }
  async function open(): Promise<void> {
    const me = await owner();
    const asked = new URLSearchParams(location.search).get("entry");
    const mine = (await entriesOf(me)).filter(({ kind }) => kind === "report");
    const entry = asked ? await find(asked) : mine.findLast(({ state }) => state === "draft");
    if (entry && [me, ""].includes(entry.owner)) await restore(entry);
    makeItTheirs(form, report.id(), me);
    for (const name of ["input", "change", "place:picked", "report:step"]) form.addEventListener(name, soon, { signal });
    form.addEventListener("photos:changed", () => { report.photosChanged(); soon(); }, { signal });
    const { ids, files } = await sharedPhotos();
    if (files.length === 0) return;
    await addPhotos(root, files);
    report.photosShared(ids);
    soon();
  }

  form.addEventListener("submit", (event) => {
    if ((event.submitter as HTMLButtonElement | null)?.value !== "send") return;
    event.preventDefault();
    window.clearTimeout(timer);
    void going.send(!form.dataset.knownShown);
  }, { signal });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && timer) keepHalf();
  }, { signal });
  part(root, "[data-anew]").addEventListener("click", () => void discard(report.id()).then(() => location.assign(location.pathname)), { signal });
  part(root, "[data-as-guest]").addEventListener("click", () => void going.asGuest(), { signal });
  offerCached(root, form, props, { meet: (known) => void going.meet(known), signal });
  const undo = onChange(() => {
    if (stages.is("kept", "signed-out")) void going.changed();
  });
  open().catch(() => undefined); // a browser that keeps nothing: the form works as it is
  return () => {
    undo();
    act.abort();
    window.clearTimeout(timer);
  };
}
