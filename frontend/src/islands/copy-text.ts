/**
 * A button that copies a code, and says that it did.
 *
 *   <div data-island="copy-text" data-props="…">{"copied": "Copied"}
 *     <output data-text>AB12CD34</output>
 *     <button type="button" data-copy hidden>Copy</button>
 *     <span data-said role="status"></span>
 *   </div>
 */
import { part } from "../lib/part";

type Props = { copied: string };

export function mount(root: HTMLElement, { copied }: Props): () => void {
  const text = part(root, "[data-text]");
  const button = part<HTMLButtonElement>(root, "[data-copy]");
  const said = part(root, "[data-said]");

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text.textContent?.trim() ?? "");
    said.textContent = copied;
  }
  const act = (): void => void copy();

  button.hidden = !("clipboard" in navigator);
  button.addEventListener("click", act);
  return () => button.removeEventListener("click", act);
}
