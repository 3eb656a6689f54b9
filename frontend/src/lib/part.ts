/** The element an island cannot do without; fails with the island's name. */
export function part<T extends Element = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (found) return found;
  const name = root instanceof HTMLElement ? root.dataset.island : undefined;
  throw new Error(`The island “${name ?? "?"}” needs an element ${selector}`);
}
