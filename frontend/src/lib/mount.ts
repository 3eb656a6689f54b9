/** Finds [data-island], reads its facts, brings it to life (data-alive), and lets it go again. */
import { onNewContent } from "./htmx";

export type Undo = () => void;
export type Mount<Props> = (root: HTMLElement, props: Props) => Undo | void;
export type Island = (root: HTMLElement) => Promise<{ mount: Mount<never> }>;
export type Islands = Readonly<Record<string, Island>>;

const alive = new Map<HTMLElement, Undo>();

export function propsOf(root: HTMLElement, page: Document = document): unknown {
  const id = root.dataset.props;
  const text = id ? page.getElementById(id)?.textContent : null;
  return text ? JSON.parse(text) : {};
}

async function bring(root: HTMLElement, islands: Islands): Promise<void> {
  const load = islands[root.dataset.island ?? ""];
  if (!load || alive.has(root)) return;
  alive.set(root, () => undefined);
  const { mount } = await load(root);
  if (!root.isConnected) return void alive.delete(root);
  const undo = mount(root, propsOf(root) as never);
  alive.set(root, undo ?? (() => undefined));
  root.dataset.alive = "";
}

function letGo(): void {
  for (const [root, undo] of alive) {
    if (root.isConnected) continue;
    undo();
    alive.delete(root);
  }
}

export async function mountAll(root: ParentNode, islands: Islands): Promise<void> {
  letGo();
  const found = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  if (root instanceof HTMLElement && root.dataset.island) found.unshift(root);
  await Promise.all(found.map((element) => bring(element, islands)));
}

export function startMounting(page: Document, islands: Islands): void {
  void mountAll(page, islands);
  onNewContent((root) => void mountAll(root.parentNode ?? root, islands));
}
