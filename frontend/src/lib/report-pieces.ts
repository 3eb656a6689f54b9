/** What the server adds to the form on its way: known reports, and the promise. */
import { fill, gettext, ngettext } from "./i18n";
import { part } from "./part";
import { piece, query, said, step, type Form } from "./report-form";
import { chosen } from "./report-kinds";
import { hasPlace } from "./report-place";

export type Pieces = {
  /** Look for reports that may be the same, once for the same place, kind and words. */
  findKnown(): Promise<void>;
  areKnown(): boolean;
  showPromise(): Promise<void>;
};

export function piecesOf(form: Form): Pieces {
  const into = part(step(form, "known"), "[data-known]");
  let knownFor = form.hasAttribute("data-looked") ? query(form) : "";

  /** Without a network whoever keeps reports on this phone may know some. */
  function knownOffline(): void {
    const facts = Object.fromEntries(new URLSearchParams(query(form)));
    const detail = { ...facts, lon: Number(facts.lon), lat: Number(facts.lat), into };
    form.dispatchEvent(new CustomEvent("report:known-offline", { detail, bubbles: true, cancelable: true }));
  }

  async function findKnown(): Promise<void> {
    if (!chosen(form) || !hasPlace(form) || query(form) === knownFor) return;
    knownFor = query(form);
    const html = await piece(form, "known");
    into.innerHTML = html ?? "";
    if (html !== null) return void (form.dataset.knownShown = "1");
    delete form.dataset.knownShown;
    knownFor = "";
    knownOffline();
  }

  /** What goes along, so that nobody sends what they did not mean. */
  function summary(): void {
    const chosen = form.querySelectorAll("[data-island=report-photos] [data-list] > li").length;
    const kept = form.querySelectorAll("[name=drop]:not(:checked)").length;
    const photos = chosen + kept;
    const none = gettext("none");
    const many = ngettext("%(count)s photo", "%(count)s photos", photos);
    part(form, "[data-sum=photos]").textContent = photos ? fill(many, { count: String(photos) }) : none;
    part(form, "[data-sum=words]").textContent = said(form, "words") || none;
  }

  async function showPromise(): Promise<void> {
    summary();
    const html = await piece(form, "promise");
    const kind = chosen(form);
    part(form, "[data-promise]").innerHTML = html ?? "";
    part(form, "[data-promise-offline]").hidden = html !== null;
    part(form, "[data-by]").textContent = kind?.dataset.by ?? "";
    const days = gettext("within %(days)s work days");
    part(form, "[data-days]").textContent = fill(days, { days: kind?.dataset.days ?? "" });
  }

  const areKnown = (): boolean => into.querySelector("button, [data-known-card]") !== null;
  return { findKnown, areKnown, showPromise };
}
