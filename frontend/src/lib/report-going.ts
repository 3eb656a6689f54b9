/** What becomes of a report that is given to the outbox, as its page shows it. */
import { discard, find, receiptOf } from "./outbox";
import { part } from "./part";
import { askWhetherKnown, meetToo, seeWhatItMeans, sendForm, type Known, type Props } from "./report-known";
import type { KeptReport } from "./report-kept";
import type { Stages } from "./report-stages";
import { sendAsGuest, session } from "./sender";
import { sendSoon } from "./sending";
import { NoRoom, type Entry } from "./store";

export interface Going {
  send(askKnown: boolean): Promise<void>;
  meet(known: Pick<Known, "id" | "title">): Promise<void>;
  asGuest(): Promise<void>;
  /** Show where it stands now: here still, arrived, or discarded elsewhere. */
  stand(): Promise<void>;
  /** Something changed on this phone: it has arrived, is asked about, or was discarded. */
  changed(): Promise<void>;
  noRoom(problem: unknown): void;
}

/** `leave` is called before the form goes by itself, without the phone. */
export function goingOf(
  root: HTMLElement, form: HTMLFormElement, props: Props, report: KeptReport, { show, enter, is }: Stages, leave: () => void,
): Going {
  let [hasArrived, metAt] = [false, ""]; // what was written first; where "I met it too" is answered

  function ask(entry: Entry): void {
    metAt = "";
    enter("writing");
    if (entry.question === "already_received") return first(entry.seeAt);
    const next = { different: () => void send(false), meet: (known: Known) => void meet(known) };
    if (askWhetherKnown(root, entry, props, next)) return enter("known-already");
    show("asked", true);
    part(root, "[data-asked] [data-words]").textContent = entry.reason ?? "";
  }
  /** What was written first has arrived; what was changed since stays in the form. */
  function first(seeAt: string): void {
    hasArrived = true;
    part<HTMLAnchorElement>(root, "[data-first] [data-see]").href = seeAt;
    enter("writing");
    show("first", true);
  }
  async function stand(): Promise<void> {
    const entry = await find(report.id());
    if (entry?.state === "needs") return ask(entry);
    if (entry) return kept(entry);
    const receipt = await receiptOf(report.id());
    if (!receipt) return enter("writing"); // discarded: what is written stands in the form
    return metAt ? seeWhatItMeans(metAt, receipt.seeAt) : location.assign(receipt.seeAt);
  }
  async function changed(): Promise<void> {
    const entry = await find(report.id());
    if (!entry || entry.state === "needs") await stand();
  }
  async function kept(entry: Entry): Promise<void> {
    const now = await session().catch(() => undefined);
    part(root, "[data-as-guest]").hidden = now?.who !== ""; // never in somebody else's name
    enter(now && now.who !== entry.owner ? "signed-out" : "kept");
  }
  async function go(): Promise<void> {
    form.dispatchEvent(new CustomEvent("report:sent", { bubbles: true }));
    history.replaceState(null, "", props.editAt.replace("{id}", report.id()));
    await sendSoon(true);
    await stand();
  }
  /** It went meanwhile, elsewhere: what stands in the form is half written anew. */
  async function went(): Promise<void> {
    first(props.doneAt.replace("{id}", report.id()));
    report.rename();
    await report.keep().catch(noRoom);
  }

  async function send(askKnown: boolean): Promise<void> {
    if (is("sending")) return;
    enter("sending");
    for (const name of ["full", "asked", "first"] as const) show(name, false);
    const before = hasArrived ? report.rename() : ""; // they were told: it goes as another report
    hasArrived = false;
    try {
      if (!(await report.keep("saved", askKnown || before !== ""))) return went();
    } catch (problem) {
      return withoutRoom(problem, () => form.requestSubmit(part<HTMLButtonElement>(form, "button[name=step][value=send]")));
    }
    if (before) await discard(before);
    await go();
  }
  async function meet(known: Pick<Known, "id" | "title">): Promise<void> {
    if (is("sending")) return;
    enter("sending");
    const address = props.metUrl.replace("{issue}", String(known.id));
    try {
      const entry = (await report.keep()) ? await find(report.id()) : undefined;
      if (!entry) return went();
      await meetToo(known, entry, props);
    } catch (problem) {
      return withoutRoom(problem, (csrf) => sendForm(form, address, csrf));
    }
    metAt = address;
    await go();
  }
  async function asGuest(): Promise<void> {
    await sendAsGuest(report.id());
    await stand();
  }
  /** A phone that keeps nothing: with a network the form goes as it is. */
  async function withoutRoom(problem: unknown, byForm: (csrf: string) => void): Promise<void> {
    const now = problem instanceof NoRoom ? await session().catch(() => undefined) : undefined;
    enter("writing"); // nothing was saved here
    if (!now) return noRoom(problem);
    leave();
    byForm(now.csrf);
  }
  function noRoom(problem: unknown): void {
    if (!(problem instanceof NoRoom)) throw problem;
    show("full", true);
  }
  return { send, meet, asGuest, stand, changed, noRoom };
}
