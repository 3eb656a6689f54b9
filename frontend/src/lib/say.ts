/** One polite voice for screen readers: the region #live-says of every page. */
const SAME_AGAIN_MS = 30_000;
const BREATH_MS = 100;

let last = { text: "", at: -SAME_AGAIN_MS };
let waiting = 0;

/** Says a sentence; what came in the same breath gives way, the same one is not repeated. */
export function say(text: string, page: Document = document): void {
  const region = page.getElementById("live-says");
  const now = performance.now();
  if (!region || !text || (text === last.text && now - last.at < SAME_AGAIN_MS)) return;
  last = { text, at: now };
  window.clearTimeout(waiting);
  region.textContent = "";
  waiting = window.setTimeout(() => (region.textContent = text), BREATH_MS);
}

/** Says what live elements have to say, once their words have changed. */
export function sayWhatChanged(page: Document): (root: ParentNode) => void {
  const words = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-says][id]")];
  const known = new Map(words(page).map((element) => [element.id, element.dataset.says]));
  return (root) => {
    for (const element of words(root)) {
      const text = element.dataset.says ?? "";
      if (known.get(element.id) !== text) say(text, page);
      known.set(element.id, text);
    }
  };
}
