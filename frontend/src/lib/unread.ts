/** How many notices are unread: on the app's icon, and said once when there are more. */
import { fill, ngettext } from "./i18n";
import { say } from "./say";

type Badging = { setAppBadge?(count: number): Promise<void>; clearAppBadge?(): Promise<void> };

/** Puts the number on the app's icon where there is one; none when nothing is unread. */
export function badge(count: number, on: Badging = navigator as Badging): void {
  const done = count > 0 ? on.setAppBadge?.(count) : on.clearAppBadge?.();
  done?.catch(() => undefined); // not installed, or not allowed: the page says it too
}

export function unreadOn(root: ParentNode): number | undefined {
  const count = Number.parseInt(root.querySelector<HTMLElement>("[data-unread]")?.dataset.unread ?? "", 10);
  return Number.isNaN(count) ? undefined : count;
}

/** Follows the number on the page; call the answer with what came newly from the server. */
export function followUnread(page: Document): (root: ParentNode) => void {
  let known = unreadOn(page);
  badge(known ?? 0); // on a guest's page there is nothing to read
  return (root) => {
    const now = unreadOn(root);
    if (now === undefined || now === known) return;
    const more = known === undefined ? 0 : now - known;
    known = now;
    badge(now);
    if (more > 0) say(fill(ngettext("%(count)s new notice", "%(count)s new notices", more), { count: String(more) }), page);
  };
}
