/**
 * Photos of a report: from the camera or the album, shrunk and turned on the phone, with
 * words for who cannot see them, and with faces covered before they leave it.
 *
 *   <div class="ll-photos" data-island="report-photos" data-props="…">
 *     {"most": 5, "maxBytes": 20971520, "words": {"tooMany": …, "tooLarge": …, "noPicture": …,
 *      "count": …, "preparing": …, "unseen": …, "box": …}}
 *     <label data-camera>… <input type="file" accept="image/*" capture></label>
 *     <label>… <input type="file" name="photos" accept="image/*" multiple></label>
 *     <div data-plain>… name="alts" …</div>
 *     <p data-says role="status"></p> <ul data-list></ul>
 *     <template data-photo><li>img, input[name=alts], [data-unseen] [data-cover] [data-remove]</li></template>
 *     <dialog data-cover-faces>[data-stage] img, [data-add] [data-take-back] [data-done] [data-cancel]</dialog>
 *   </div>
 *
 * The form's own field always holds what is shown, so the form needs nobody to be sent.
 * Tells the form `photos:changed`, and where they were taken (lib/photos/spots.ts); hears
 * `photos:put` {files, alts} and `photos:add` {files, stand}: called when they stand there.
 */
import { fill } from "../lib/i18n";
import { part } from "../lib/part";
import { NoPicture, shrunk } from "../lib/photos/shrink";
import { noteSpot, passSpot, tellSpot } from "../lib/photos/spots";

type Words = Record<"tooMany" | "tooLarge" | "noPicture" | "count" | "preparing" | "box", string>;
export type Props = { most: number; maxBytes: number; words: Words };
const told = (event: Event): Put => (event as CustomEvent<Put>).detail;
type Shown = { file: File; row: HTMLElement; url: string };
export type Put = { files: readonly File[]; alts: readonly string[]; stand?: () => void };

export function mount(root: HTMLElement, { most, maxBytes, words }: Props): () => void {
  const input = part<HTMLInputElement>(root, "input[name=photos]");
  const camera = part<HTMLInputElement>(root, "[data-camera] input");
  const list = part(root, "[data-list]");
  const says = part(root, "[data-says]");
  const template = part<HTMLTemplateElement>(root, "template[data-photo]");
  const form = root.closest("form");
  const shown: Shown[] = [];

  function tell(name: string): void {
    (form ?? root).dispatchEvent(new CustomEvent(name, { bubbles: true }));
  }
  /** The field carries what is shown, in its order. */
  function sync(): void {
    const carrier = new DataTransfer();
    for (const { file } of shown) carrier.items.add(file);
    input.files = carrier.files;
    tell("photos:changed");
    if (form) tellSpot(form, shown.map(({ file }) => file));
  }
  function look({ row }: Shown, file: File): string {
    const picture = part<HTMLImageElement>(row, "img");
    const url = URL.createObjectURL(file);
    picture.onload = () => (part(row, "[data-cover]").hidden = false);
    picture.onerror = () => {
      picture.hidden = true; // HEIC in a browser that cannot show it
      part(row, "[data-unseen]").hidden = false;
    };
    picture.src = url;
    return url;
  }
  function show(file: File, alt = ""): void {
    const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const one: Shown = { file, row, url: "" };
    one.url = look(one, file);
    part<HTMLInputElement>(row, "input[name=alts]").value = alt;
    part(row, "[data-remove]").addEventListener("click", () => remove(one));
    part(row, "[data-cover]").addEventListener("click", () => void cover(one));
    shown.push(one);
    list.append(row);
  }
  function remove(one: Shown): void {
    URL.revokeObjectURL(one.url);
    shown.splice(shown.indexOf(one), 1);
    one.row.remove();
    sync();
    count();
    input.focus();
  }
  function count(): void {
    says.textContent = shown.length ? fill(words.count, { count: String(shown.length), most: String(most) }) : "";
  }
  async function cover(one: Shown): Promise<void> {
    const { ask } = await import("../lib/photos/ask-cover");
    const file = await ask(part<HTMLDialogElement>(root, "dialog"), one.file, words);
    if (!file) return;
    URL.revokeObjectURL(one.url);
    passSpot(one.file, file);
    one.file = file;
    one.url = look(one, file);
    sync();
  }
  async function ready(file: File): Promise<File | string> {
    try {
      const small = await shrunk(file);
      await noteSpot(file, small);
      return small.size > maxBytes ? fill(words.tooLarge, { name: file.name }) : small;
    } catch (problem) {
      if (problem instanceof NoPicture) return fill(words.noPicture, { name: file.name });
      throw problem;
    }
  }
  async function add(files: readonly File[]): Promise<void> {
    const wrong: string[] = [];
    says.textContent = files.length ? words.preparing : "";
    for (const file of files) {
      if (shown.length >= most) {
        wrong.push(fill(words.tooMany, { most: String(most) }));
        break;
      }
      const found = await ready(file);
      if (typeof found === "string") wrong.push(found);
      else show(found);
    }
    sync();
    count();
    if (wrong.length) says.textContent = wrong.join(" ");
  }

  const chosen = ({ target }: Event): void => {
    const from = target as HTMLInputElement;
    const files = [...(from.files ?? [])];
    if (from === camera) from.value = "";
    void add(files);
  };
  const put = (event: Event): void => {
    const { files, alts } = told(event);
    for (const one of shown.splice(0)) one.row.remove();
    files.forEach((file, at) => show(file, alts[at]));
    sync();
    count();
  };
  const more = (event: Event): void => void add(told(event).files).then(told(event).stand);
  root.dataset.alive = "";
  part(root, "[data-plain]").remove();
  input.addEventListener("change", chosen);
  camera.addEventListener("change", chosen);
  root.addEventListener("photos:put", put);
  root.addEventListener("photos:add", more);
  root.dispatchEvent(new CustomEvent("photos:ready", { bubbles: true }));
  if (input.files?.length) void add([...input.files]); // chosen before we were here
  return () => {
    input.removeEventListener("change", chosen);
    camera.removeEventListener("change", chosen);
    root.removeEventListener("photos:put", put);
    root.removeEventListener("photos:add", more);
    for (const { url } of shown) URL.revokeObjectURL(url);
  };
}
