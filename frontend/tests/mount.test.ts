import { beforeEach, expect, it, vi } from "vitest";

vi.mock("../src/lib/htmx", () => ({
  onNewContent: () => undefined,
  trigger: (element: Element, name: string) => element.dispatchEvent(new Event(name)),
}));
import { type Islands, mountAll } from "../src/lib/mount";

const undo = vi.fn();
const mount = vi.fn((_root: HTMLElement, _props: { words: string }) => undo);
const islands: Islands = { greeting: async () => ({ mount }) };

beforeEach(async () => {
  document.body.innerHTML = "";
  await mountAll(document, islands); // lets go of what the last test left
  vi.clearAllMocks();
  document.body.innerHTML = `
    <script type="application/json" id="facts">{"words": "안녕하세요"}</script>
    <div data-island="greeting" data-props="facts"></div>
    <div data-island="unknown"></div>`;
});

it("brings an island to life with its facts", async () => {
  await mountAll(document, islands);
  expect(mount).toHaveBeenCalledOnce();
  expect(mount.mock.calls[0]?.[1]).toEqual({ words: "안녕하세요" });
});

it("does not bring the same island to life twice", async () => {
  await mountAll(document, islands);
  await mountAll(document, islands);
  expect(mount).toHaveBeenCalledOnce();
});

it("lets go of an island that has left the page", async () => {
  await mountAll(document, islands);
  document.querySelector("[data-island=greeting]")?.remove();
  await mountAll(document, islands);
  expect(undo).toHaveBeenCalledOnce();
});
