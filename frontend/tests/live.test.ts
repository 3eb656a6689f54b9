import { beforeEach, expect, it, vi } from "vitest";

vi.mock("../src/lib/htmx", () => ({
  onNewContent: () => undefined,
  trigger: (element: Element, name: string) => element.dispatchEvent(new Event(name)),
}));
import { refresh, socketAddress, topicsOf } from "../src/lib/live";

beforeEach(() => {
  document.body.innerHTML = `
    <div id="mine" data-live="premises:17"></div>
    <div id="same" data-live="premises:17"></div>
    <div id="area" data-live="area:4139059100"></div>`;
});

it("listens to each topic of the page once", () => {
  expect(topicsOf(document)).toEqual(["premises:17", "area:4139059100"]);
});

it("refreshes only what changed", () => {
  const mine = vi.fn();
  const area = vi.fn();
  document.getElementById("mine")?.addEventListener("live", mine);
  document.getElementById("area")?.addEventListener("live", area);
  refresh(document, "premises:17");
  expect(mine).toHaveBeenCalledOnce();
  expect(area).not.toHaveBeenCalled();
});

it("asks again for what was busy once it can listen", () => {
  const mine = vi.fn();
  const same = vi.fn();
  document.getElementById("mine")?.addEventListener("live", mine);
  document.getElementById("same")?.addEventListener("live", same);
  document.getElementById("same")?.setAttribute("data-busy", "");
  refresh(document, "premises:17", "[data-busy]");
  expect(same).toHaveBeenCalledOnce();
  expect(mine).not.toHaveBeenCalled();
});

it("refreshes everything when it does not know what was missed", () => {
  const area = vi.fn();
  document.getElementById("area")?.addEventListener("live", area);
  refresh(document);
  expect(area).toHaveBeenCalledOnce();
});

it("uses a safe socket on a safe page", () => {
  expect(socketAddress(new URL("https://lab.example/energy/") as never)).toBe("wss://lab.example/ws/live/");
  expect(socketAddress(new URL("http://localhost:8000/") as never)).toBe("ws://localhost:8000/ws/live/");
});
