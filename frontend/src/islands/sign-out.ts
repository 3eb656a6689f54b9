/**
 * Asks before signing out when something unsent would go with it; then leaves nothing.
 *
 *   <div data-island="sign-out">
 *     <div data-unsent hidden>… <span data-count></span> …</div>
 *     <form method="post">…</form>
 *   </div>
 */
import { entriesOf } from "../lib/outbox";
import { leave, owner } from "../lib/owner";
import { part } from "../lib/part";

export function mount(root: HTMLElement): () => void {
  const form = part<HTMLFormElement>(root, "form");

  async function count(): Promise<void> {
    const unsent = await entriesOf(await owner());
    part(root, "[data-count]").textContent = String(unsent.length);
    part(root, "[data-unsent]").hidden = unsent.length === 0;
  }
  const go = (event: SubmitEvent): void => {
    event.preventDefault();
    void leave().catch(() => undefined).finally(() => form.submit());
  };

  form.addEventListener("submit", go);
  count().catch(() => undefined);
  return () => form.removeEventListener("submit", go);
}
