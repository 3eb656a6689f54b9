/** Where a report stands, as its page shows it: one stage at a time, and sentences beside it. */
import { part } from "./part";

const STAGES = ["writing", "sending", "kept", "signed-out", "known-already"] as const;
export type Stage = (typeof STAGES)[number];

export interface Stages {
  show(name: "full" | "asked" | "first" | "going-on", isShown: boolean): void;
  enter(stage: Stage): void;
  is(...names: Stage[]): boolean;
}

export function stagesOf(root: HTMLElement): Stages {
  const place = (name: string): HTMLElement => part(root, `[data-${name}]`);
  function see(name: string, isShown: boolean): void {
    const found = place(name);
    found.hidden = !isShown;
    if (isShown && name !== "going-on") (found.querySelector<HTMLElement>("h2[tabindex]") ?? found).focus();
  }
  return {
    show: see,
    enter: (stage) => STAGES.forEach((one) => see(one, one === stage)),
    is: (...names) => names.some((name) => !place(name).hidden),
  };
}
