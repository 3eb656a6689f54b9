/**
 * Arrow keys walk from the field through what was found and back.
 *
 *   <input id="words">
 *   <div id="found" data-island="found"><a href="…">…</a></div>
 */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

export function mount(root: HTMLElement): () => void {
  const field = document.querySelector<HTMLInputElement>("#words");

  function walk(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops: (HTMLElement | null)[] = [field, ...root.querySelectorAll<HTMLElement>("a[href]")];
    const here = stops.indexOf(document.activeElement as HTMLElement | null);
    const next = here < 0 ? undefined : stops[here + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  document.addEventListener("keydown", walk);
  return () => document.removeEventListener("keydown", walk);
}
