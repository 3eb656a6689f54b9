import { afterEach, expect, it, vi } from "vitest";
import { near } from "../src/lib/near";

type Seen = (entries: { isIntersecting: boolean }[]) => void;

let say: Seen = () => undefined;
const disconnect = vi.fn();

class Watch {
  constructor(seen: Seen) {
    say = seen;
  }
  observe = vi.fn();
  disconnect = disconnect;
}

afterEach(() => vi.unstubAllGlobals());

it("loads an island once it is nearly in view, and not before", async () => {
  vi.stubGlobal("IntersectionObserver", Watch);
  const load = vi.fn(async () => ({ mount: () => undefined }));
  const loaded = near(load)(document.createElement("div"));

  say([{ isIntersecting: false }]);
  await Promise.resolve();
  expect(load).not.toHaveBeenCalled();

  say([{ isIntersecting: true }]);
  await loaded;
  expect(load).toHaveBeenCalledOnce();
  expect(disconnect).toHaveBeenCalledOnce();
});

it("loads at once where the browser cannot tell", async () => {
  const watch = window.IntersectionObserver;
  Reflect.deleteProperty(window, "IntersectionObserver");
  const load = vi.fn(async () => ({ mount: () => undefined }));
  await near(load)(document.createElement("div"));
  expect(load).toHaveBeenCalledOnce();
  if (watch) window.IntersectionObserver = watch;
});
