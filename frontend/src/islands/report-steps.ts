/**
 * One question at a time out of the one form of a report; back and forth keeps everything.
 *
 *   <form data-island="report-steps" data-first="photos">
 *     <p data-count></p>
 *     <fieldset data-step="photos|place|what|questions|known|words|promise">
 *       <legend><h2 tabindex="-1">…</h2></legend> … <p data-missing hidden> <button data-back> <button data-next disabled>
 *
 * Each step is an entry of the history, so that the phone's own way back works. Says
 * `report:step` when a step is shown; hears `report:restored`, `report:sent`,
 * `place:picked`. What others keep or send of the form is their business.
 */
import { fill, gettext } from "../lib/i18n";
import { part } from "../lib/part";
import { nameOf, put, said, step, stepsOf, type Form, type Step } from "../lib/report-form";
import { asksMore, chosen, openKinds, showChosen, startKinds, unanswered } from "../lib/report-kinds";
import { piecesOf } from "../lib/report-pieces";
import { hasPlace, locateIfAllowed, startPlace } from "../lib/report-place";

export function mount(root: HTMLElement): () => void {
  const form = root as Form;
  const leaving = new AbortController();
  const { signal } = leaving;
  const steps = stepsOf(form);
  const pieces = piecesOf(form);

  const current = (): Step => steps.find((one) => one.hasAttribute("data-now")) ?? (steps[0] as Step);
  const isAsked = (one: Step): boolean =>
    nameOf(one) === "questions" ? asksMore(form) : nameOf(one) === "known" ? pieces.areKnown() : true;

  /** What the server said of this step, for example that no city takes part there. */
  const refused = (one: Step): HTMLElement | null => one.querySelector("[data-refused]");

  function missing(one: Step): boolean {
    const name = nameOf(one);
    if (name === "place") return !hasPlace(form) || refused(one) !== null;
    if (name === "what") return !chosen(form) || chosen(form)?.hasAttribute("data-notice") === true;
    return name === "questions" && unanswered(form) !== undefined;
  }

  function show(one: Step, moves = true): void {
    for (const other of steps) other.toggleAttribute("data-now", other === one);
    const asked = steps.filter((other) => isAsked(other) || other === one);
    const values = { now: String(asked.indexOf(one) + 1), of: String(asked.length) };
    part(form, "[data-count]").textContent = fill(gettext("Step %(now)s of %(of)s"), values);
    part<HTMLProgressElement>(form, "[data-bar]").value = asked.indexOf(one) / asked.length + 0.1;
    form.dataset.step = nameOf(one);
    if (nameOf(one) === "place") void locateIfAllowed(form).catch(() => undefined);
    if (nameOf(one) === "what") openKinds(form);
    if (nameOf(one) === "promise") void pieces.showPromise();
    form.dispatchEvent(new CustomEvent("report:step", { detail: { step: nameOf(one) }, bubbles: true }));
    if (!moves) return;
    scrollTo({ top: 0 });
    part(one, "legend > h2").focus({ preventScroll: true });
  }

  /** Bring what is missing, or the notice instead of a report, under the eyes. */
  function look(here: Step): void {
    const asked = nameOf(here) === "questions" ? unanswered(form) : undefined;
    const shown = asked ?? refused(here) ?? here.querySelector<HTMLElement>("[data-notice-of][data-now]");
    shown?.scrollIntoView({ block: "center" });
    asked?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
  }

  async function next(): Promise<void> {
    const here = current();
    const isMissing = missing(here);
    const says = here.querySelector<HTMLElement>("[data-missing]");
    const isSaid = refused(here) !== null || chosen(form)?.hasAttribute("data-notice") === true;
    if (says) says.hidden = !isMissing || isSaid;
    if (isMissing) return look(here);
    if (nameOf(here) === "what") showChosen(form);
    if (nameOf(here) === "place" || nameOf(here) === "what") await pieces.findKnown();
    const after = steps.slice(steps.indexOf(here) + 1).find(isAsked);
    if (!after || current() !== here) return;
    goTo(after);
  }

  function goTo(one: Step): void {
    history.pushState({ report: nameOf(one) }, "", `#${nameOf(one)}`);
    show(one);
  }

  function click({ target, detail }: MouseEvent): void {
    if (!(target instanceof Element)) return;
    const again = target.closest<HTMLElement>("[data-go]")?.dataset.go;
    if (again) return goTo(step(form, again));
    if (target.closest("[data-back]")) history.back();
    else if (target.closest("[data-next]")) void next();
    // A finger that chose has answered; arrow keys only look around.
    else if (detail > 0 && target instanceof HTMLInputElement && target.name === "category") void next();
  }

  /** Enter in a line of text goes on, and sends only where sending is asked. */
  function enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.isComposing) return;
    if (nameOf(current()) === "promise") return;
    event.preventDefault();
    void next();
  }

  function back(): void {
    const name = (history.state as { report?: string } | null)?.report ?? location.hash.slice(1);
    show(steps.find((one) => nameOf(one) === name) ?? (steps[0] as Step));
  }

  function begin(name: string | undefined): void {
    put(form, "key", said(form, "key") || crypto.randomUUID());
    showChosen(form);
    const first = steps.find((one) => nameOf(one) === name) ?? (steps[0] as Step);
    history.replaceState({ report: nameOf(first) }, "");
    show(first, false);
  }

  form.addEventListener("click", click, { signal });
  form.addEventListener("keydown", enter, { signal });
  form.addEventListener("report:restored", () => begin(form.dataset.step), { signal });
  form.addEventListener("report:sent", () => put(form, "key", crypto.randomUUID()), { signal });
  addEventListener("popstate", back, { signal });
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-next]")) button.disabled = false;
  startPlace(form, signal);
  startKinds(form, signal);
  begin(form.dataset.first);
  return () => leaving.abort();
}
