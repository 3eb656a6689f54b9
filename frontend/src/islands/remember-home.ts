/**
 * Keeps a home's name on this phone, for readings without a network, or forgets it.
 *
 *   <div data-island="remember-home" data-props="…">{"id": 17, "name": "우리집"}
 *     <label hidden><input type="checkbox">…</label>
 *   </div>
 */
import { homes, forgetHome, met, remember } from "../lib/owner";
import { part } from "../lib/part";

type Props = { id: number; name: string };

export function mount(root: HTMLElement, { id, name }: Props): () => void {
  const label = part(root, "label");
  const box = part<HTMLInputElement>(label, "input[type=checkbox]");
  const owner = document.documentElement.dataset.who ?? "";

  async function show(): Promise<void> {
    await met(owner);
    box.checked = (await homes()).some((home) => home.id === id);
    label.hidden = !owner;
  }
  async function choose(): Promise<void> {
    if (box.checked) await remember({ id, name, owner });
    else await forgetHome(id);
  }
  const act = (): void => void choose().catch(() => (box.checked = false));

  box.addEventListener("change", act);
  show().catch(() => undefined);
  return () => box.removeEventListener("change", act);
}
