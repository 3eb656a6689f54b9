/**
 * Covers faces and number plates in a photo that is stored already: rectangles instead
 * of the plain grid of tick boxes, sent under the same name.
 *
 *   <form method="post" data-island="cover-faces" data-props="…">
 *     {"words": {"box": "…%(number)s…"}}
 *     <div data-stage><img></div>
 *     <div data-tools hidden>[data-add] [data-take-back]</div>
 *     <fieldset data-plain>… input[type=checkbox][name=box] …</fieldset>
 *     <button>…</button>
 *   </form>
 */
import { part } from "../lib/part";
import { startCover, type Words } from "../lib/photos/cover";

export function mount(root: HTMLElement, { words }: { words: Words }): () => void {
  const form = root instanceof HTMLFormElement ? root : root.closest("form");
  const stage = part(root, "[data-stage]");
  const tools = part(root, "[data-tools]");
  const plain = part<HTMLFieldSetElement>(root, "[data-plain]");
  const back = part<HTMLButtonElement>(tools, "[data-take-back]");
  const tool = startCover(stage, words, (count) => (back.disabled = count === 0));
  const act = new AbortController();
  const { signal } = act;

  stage.dataset.alive = "";
  tools.hidden = false;
  plain.hidden = true;
  plain.disabled = true;
  back.disabled = true;
  part(tools, "[data-add]").addEventListener("click", tool.add, { signal });
  back.addEventListener("click", tool.removeLast, { signal });
  form?.addEventListener("formdata", ({ formData }) => {
    for (const box of tool.boxes()) formData.append("box", box.map((share) => share.toFixed(4)).join(","));
  }, { signal });
  return () => {
    act.abort();
    tool.end();
  };
}
