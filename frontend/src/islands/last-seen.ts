/**
 * The public pages this phone has kept, newest first.
 *
 *   <div data-island="last-seen" hidden>
 *     <ul data-list></ul>
 *     <template data-row><li><a class="ll-link"><span data-title></span></a></li></template>
 *   </div>
 */
import { part } from "../lib/part";

interface Seen { path: string; title: string; at: string }

async function seen(): Promise<Seen[]> {
  const cache = await caches.open("pages");
  const found = (await cache.keys()).map(async (request) => {
    const response = await cache.match(request, { ignoreVary: true });
    const title = /<title>([^<]*)<\/title>/.exec((await response?.text()) ?? "")?.[1] ?? "";
    const { pathname } = new URL(request.url);
    return { path: pathname, title, at: response?.headers.get("Date") ?? "" };
  });
  const pages = await Promise.all(found);
  return pages.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function plain(title: string): string {
  const words = new DOMParser().parseFromString(title, "text/html").body.textContent ?? "";
  return words.split(" · ")[0]?.trim() || words;
}

export function mount(root: HTMLElement): void {
  const list = part(root, "[data-list]");
  const row = part<HTMLTemplateElement>(root, "template[data-row]");
  const when = new Intl.DateTimeFormat(document.documentElement.lang, {
    month: "long", day: "numeric", hour: "numeric", minute: "numeric",
  });

  function show({ path, title, at }: Seen): Node {
    const item = row.content.cloneNode(true) as DocumentFragment;
    part<HTMLAnchorElement>(item, "a").href = path;
    part(item, "[data-title]").textContent = plain(title) || path;
    part(item, "[data-when]").textContent = at ? when.format(new Date(at)) : "";
    return item;
  }

  async function fill(): Promise<void> {
    const pages = "caches" in window ? await seen() : [];
    list.replaceChildren(...pages.map(show));
    root.hidden = pages.length === 0;
  }
  fill().catch(() => undefined);
}
