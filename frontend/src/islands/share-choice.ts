/**
 * What came from the share sheet waits here until it is clear where it goes.
 *
 *   <div data-island="share-choice" data-props="…">
 *     {"pages": [{"page": "/report/", "words": "…"}]}
 *     <p data-nothing>…</p>
 *     <ul data-list></ul>
 *     <template data-row>… [data-name] [data-says="offline|signed-out|busy"] [data-sentence]
 *       [data-choices] [data-again] [data-drop]</template>
 *   </div>
 */
import { part } from "../lib/part";
import { session } from "../lib/sender";
import { store, type Shared } from "../lib/store";

type Props = { pages: readonly { page: string; words: string }[] };
type Said = { url?: string; detail?: string; options?: { value: string; words: string }[] };

export function mount(root: HTMLElement, { pages }: Props): void {
  const list = part(root, "[data-list]");
  const asked = new URLSearchParams(location.search);
  const template = part<HTMLTemplateElement>(root, "template[data-row]");

  async function drop(shared: Shared): Promise<void> {
    await (await store()).delete("shared", shared.id);
  }

  function show(row: HTMLElement, says: string, said: Said = {}): void {
    for (const line of row.querySelectorAll<HTMLElement>("[data-says]")) {
      line.hidden = line.dataset.says !== says;
    }
    part(row, "[data-sentence]").textContent = said.detail ?? "";
    const isHere = said.url === undefined && says !== "busy";
    part(row, "[data-again]").hidden = !isHere || says === "refused";
  }

  async function give(shared: Shared, row: HTMLElement, choice = ""): Promise<void> {
    show(row, "busy");
    const now = await session().catch(() => undefined);
    if (!now) return show(row, "offline");
    if (!now.who) return show(row, "signed-out");
    const form = new FormData();
    form.append("files", shared.bytes, shared.name);
    form.set("choice", choice);
    const headers = { Accept: "application/json", "X-CSRFToken": now.csrf };
    const response = await fetch("/share/", { method: "POST", body: form, headers }).catch(() => undefined);
    if (!response) return show(row, "offline");
    const said = (await response.json().catch(() => ({}))) as Said;
    if (response.ok && said.url) {
      await drop(shared);
      return location.assign(said.url);
    }
    show(row, "refused", said);
    choose(row, said.options ?? [], (value) => void give(shared, row, value));
  }

  /** The pages of this phone it may go on to. */
  function lead(shared: Shared, row: HTMLElement): void {
    const fitting = pages.filter(({ page }) => shared.pages?.includes(page));
    const options = fitting.map(({ page, words }) => ({ value: page, words }));
    choose(row, options, (page) => location.assign(`${page}?shared=${shared.id}`));
    show(row, "", {});
    part(row, "[data-again]").hidden = true;
  }

  type Options = readonly { value: string; words: string }[];

  function choose(row: HTMLElement, options: Options, act: (value: string) => void): void {
    const buttons = options.map(({ value, words }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ll-button ll-button--secondary";
      button.textContent = words;
      button.addEventListener("click", () => act(value));
      return button;
    });
    part(row, "[data-choices]").replaceChildren(...buttons);
  }

  function rowOf(shared: Shared): HTMLElement {
    const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    part(row, "[data-name]").textContent = shared.name;
    const isForPages = (shared.pages ?? []).length > 0;
    part(row, "[data-again]").addEventListener("click", () => void give(shared, row));
    part(row, "[data-drop]").addEventListener("click", () => void drop(shared).then(open));
    if (isForPages) lead(shared, row);
    else if (asked.get("now")?.split(",").includes(shared.id)) void give(shared, row);
    return row;
  }

  async function open(): Promise<void> {
    const all = await (await store()).getAll("shared");
    list.replaceChildren(...all.sort((a, b) => b.at - a.at).map(rowOf));
    part(root, "[data-nothing]").hidden = all.length > 0;
    part(root, "[data-full]").hidden = !asked.has("full");
  }
  open().catch(() => undefined);
}
