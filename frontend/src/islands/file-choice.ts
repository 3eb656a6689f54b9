/**
 * Says which file was chosen and how large it is, before anything is sent.
 *
 *   <div data-island="file-choice" data-props="…">
 *     {"maxBytes": 20971520, "tooLarge": "…%(size)s…", "chosen": "%(name)s · %(size)s"}
 *     <input type="file">
 *     <p data-says role="status"></p>
 *   </div>
 */
import { fill } from "../lib/i18n";
import { part } from "../lib/part";

type Props = { maxBytes: number; tooLarge: string; chosen: string };

export function readable(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

export function mount(root: HTMLElement, props: Props): () => void {
  const input = part<HTMLInputElement>(root, "input[type=file]");
  const says = part(root, "[data-says]");

  function tell(): void {
    const file = input.files?.[0];
    const values = { name: file?.name ?? "", size: readable(file?.size ?? 0) };
    const isTooLarge = (file?.size ?? 0) > props.maxBytes;
    const sentence = fill(isTooLarge ? props.tooLarge : props.chosen, values);
    input.setCustomValidity(isTooLarge ? sentence : "");
    says.textContent = file ? sentence : "";
  }

  input.addEventListener("change", tell);
  return () => input.removeEventListener("change", tell);
}
