import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sayWhatChanged } from "../src/lib/say";
import { badge, followUnread } from "../src/lib/unread";

const said = (): string => {
  vi.advanceTimersByTime(200);
  return document.getElementById("live-says")?.textContent ?? "";
};
const set = vi.fn(() => Promise.resolve());
const clear = vi.fn(() => Promise.resolve());

function page(inside: string): void {
  document.body.innerHTML = `<p id="live-says" role="status"></p><div id="here">${inside}</div>`;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.advanceTimersByTime(60_000);
  Object.assign(navigator, { setAppBadge: set, clearAppBadge: clear });
  set.mockClear();
  clear.mockClear();
});
afterEach(() => vi.useRealTimers());

it("puts the number on the icon and takes it away when all is read", () => {
  page(`<span data-unread="2"></span>`);
  const follow = followUnread(document);
  expect(set).toHaveBeenLastCalledWith(2);
  page(`<span data-unread="0"></span>`);
  follow(document);
  expect(clear).toHaveBeenCalledOnce();
  expect(said()).toBe("");
});

it("clears the icon on a guest's page", () => {
  page("");
  followUnread(document);
  expect(clear).toHaveBeenCalledOnce();
});

it("says how many are new, once for all the places that show it", () => {
  page(`<span data-unread="2"></span>`);
  const follow = followUnread(document);
  page(`<span data-unread="4"></span><b data-unread="4"></b>`);
  follow(document);
  expect(said()).toBe("2 new notices");
  document.getElementById("live-says")!.textContent = "";
  follow(document);
  expect(said()).toBe("");
});

it("says nothing of the first number it learns", () => {
  page("");
  const follow = followUnread(document);
  page(`<span data-unread="3"></span>`);
  follow(document);
  expect(said()).toBe("");
});

it("does not fail where icons take no number", async () => {
  await badge(1, { setAppBadge: () => Promise.reject(new Error("not installed")) });
  badge(1, {});
  expect(set).not.toHaveBeenCalled();
});

it("says what a live element has to say only when that changed", () => {
  page(`<div id="file" data-live="x:1" data-says="Reading"></div>`);
  const hear = sayWhatChanged(document);
  hear(document);
  expect(said()).toBe("");
  document.getElementById("file")!.dataset.says = "It is read";
  hear(document);
  expect(said()).toBe("It is read");
});
