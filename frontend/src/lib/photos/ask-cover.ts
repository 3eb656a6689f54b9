/** Shows a photo large and lets one cover places in it; the covered photo, or nothing. */
import { part } from "../part";
import { startCover, type Words } from "./cover";
import { covered } from "./covered";

export function ask(dialog: HTMLDialogElement, photo: File, words: Words): Promise<File | undefined> {
  const stage = part(dialog, "[data-stage]");
  const picture = part<HTMLImageElement>(stage, "img");
  const done = part<HTMLButtonElement>(dialog, "[data-done]");
  const back = part<HTMLButtonElement>(dialog, "[data-take-back]");
  const url = URL.createObjectURL(photo);
  const act = new AbortController();
  const { signal } = act;
  const may = (count: number): void => void (done.disabled = back.disabled = count === 0);
  picture.src = url;
  may(0);
  const tool = startCover(stage, words, may);
  dialog.showModal();

  return new Promise((answer) => {
    const on = (selector: string, press: () => void): void =>
      part(dialog, selector).addEventListener("click", press, { signal });
    const end = (found?: Promise<File>): void => {
      tool.end();
      act.abort();
      URL.revokeObjectURL(url);
      if (dialog.open) dialog.close();
      answer(found);
    };
    on("[data-add]", tool.add);
    on("[data-take-back]", tool.removeLast);
    on("[data-done]", () => end(covered(photo, tool.boxes())));
    on("[data-cancel]", () => end());
    dialog.addEventListener("cancel", () => end(), { signal });
  });
}
