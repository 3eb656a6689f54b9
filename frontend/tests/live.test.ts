import { afterEach, beforeEach, expect, it, vi } from "vitest";

const fresh: ((root: Element) => void)[] = [];
const answers: ((element: Element, answer: Response) => boolean)[] = [];
vi.mock("../src/lib/htmx", () => ({
  onNewContent: (call: (root: Element) => void) => fresh.push(call),
  onAnswer: (call: (element: Element, answer: Response) => boolean) => answers.push(call),
  trigger: (element: Element, name: string) => element.dispatchEvent(new Event(name)),
}));
import { delayMs } from "../src/lib/line";
import { isInUse, refresh, socketAddress, startLive as start, topicsOf } from "../src/lib/live";

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  constructor(readonly address: string) {
    super();
    FakeSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code: 1000 }));
  }
  opens(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }
  says(words: object): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(words) }));
  }
  breaks(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

let stop = (): void => undefined;
const startLive = (page: Document): void => void (stop = start(page));
const last = (): FakeSocket => FakeSocket.all.at(-1)!;
const asked = (id: string): ReturnType<typeof vi.fn> => {
  const call = vi.fn();
  document.getElementById(id)?.addEventListener("live", call);
  return call;
};

function hide(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
  document.dispatchEvent(new Event("visibilitychange"));
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.all = [];
  fresh.length = answers.length = 0;
  document.body.innerHTML = `
    <p id="live-says" role="status"></p>
    <div id="mine" data-live="premises:17"></div>
    <div id="same" data-live="premises:17"></div>
    <div id="area" data-live="area:4139059100"></div>`;
});

afterEach(() => {
  stop();
  hide(false);
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it("listens to each topic of the page once", () => {
  expect(topicsOf(document)).toEqual(["premises:17", "area:4139059100"]);
  startLive(document);
  last().opens();
  expect(last().sent).toEqual(['{"listen":["premises:17","area:4139059100"]}']);
});

it("refreshes only what changed, once for many changes in one moment", () => {
  startLive(document);
  last().opens();
  const [mine, area] = [asked("mine"), asked("area")];
  last().says({ topic: "premises:17", name: "usage" });
  last().says({ topic: "premises:17", name: "savings" });
  vi.advanceTimersByTime(200);
  expect(mine).toHaveBeenCalledOnce();
  expect(area).not.toHaveBeenCalled();
});

it("waits a little for what everybody hears, so that not all ask at once", () => {
  startLive(document);
  last().opens();
  const area = asked("area");
  last().says({ topic: "area:4139059100", name: "savings", spread_s: 3 });
  vi.advanceTimersByTime(1_000);
  expect(area).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(area).toHaveBeenCalledOnce();
});

it("asks again for what was busy once it can listen, and only once", () => {
  document.getElementById("same")?.setAttribute("data-busy", "");
  startLive(document);
  last().opens();
  const [mine, same] = [asked("mine"), asked("same")];
  last().says({ listening: ["premises:17"], refused: [] });
  last().says({ listening: ["premises:17"], refused: [] });
  expect(same).toHaveBeenCalledOnce();
  expect(mine).not.toHaveBeenCalled();
});

it("tells the socket when the page shows other things", () => {
  startLive(document);
  last().opens();
  document.getElementById("area")?.remove();
  for (const call of fresh) call(document.getElementById("mine")!);
  for (const call of fresh) call(document.getElementById("mine")!);
  expect(last().sent.slice(1)).toEqual(['{"listen":["premises:17"]}']);
});

it("opens again with patience and asks for all it may have missed", () => {
  startLive(document);
  last().opens();
  const area = asked("area");
  last().breaks();
  vi.advanceTimersByTime(700);
  expect(FakeSocket.all).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(FakeSocket.all).toHaveLength(2);
  last().opens();
  expect(area).toHaveBeenCalledOnce();
});

it("waits longer each time, a minute at most, and no two pages the same", () => {
  expect([0, 1, 2, 9].map((tries) => delayMs(tries, 1))).toEqual([1_000, 2_000, 4_000, 60_000]);
  expect(delayMs(9, 0)).toBe(30_000);
});

it("asks every minute when the socket cannot be had", () => {
  startLive(document);
  const mine = asked("mine");
  last().breaks();
  vi.advanceTimersByTime(61_000);
  expect(mine).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(60_000);
  expect(mine).toHaveBeenCalledTimes(2);
});

it("asks every minute for what the socket says nothing about", () => {
  startLive(document);
  last().opens();
  last().says({ listening: ["area:4139059100"], refused: ["premises:17"] });
  const [mine, area] = [asked("mine"), asked("area")];
  vi.advanceTimersByTime(61_000);
  expect(mine).toHaveBeenCalledOnce();
  expect(area).not.toHaveBeenCalled();
});

it("also asks every minute in a browser without sockets", () => {
  Reflect.deleteProperty(window, "WebSocket");
  startLive(document);
  const mine = asked("mine");
  vi.advanceTimersByTime(61_000);
  expect(mine).toHaveBeenCalledOnce();
});

it("keeps quiet in a tab nobody looks at, and catches up", () => {
  startLive(document);
  last().opens();
  const [mine, area] = [asked("mine"), asked("area")];
  hide(true);
  last().says({ topic: "premises:17", name: "usage" });
  vi.advanceTimersByTime(30_000);
  expect(mine).not.toHaveBeenCalled();
  hide(false);
  expect(mine).toHaveBeenCalledOnce();
  expect(area).not.toHaveBeenCalled();
  hide(true);
  vi.advanceTimersByTime(200_000);
  expect(FakeSocket.all.at(-1)!.readyState).toBe(3);
  expect(area).not.toHaveBeenCalled();
  hide(false);
  last().opens();
  expect(FakeSocket.all).toHaveLength(2);
  expect(area).toHaveBeenCalledOnce();
});

it("lets go of the socket when the page is put aside, and comes back with it", () => {
  startLive(document);
  last().opens();
  window.dispatchEvent(new Event("pagehide"));
  expect(last().readyState).toBe(3);
  vi.advanceTimersByTime(5_000);
  expect(FakeSocket.all).toHaveLength(1);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  expect(FakeSocket.all).toHaveLength(2);
});

it("does not try while the phone is offline", () => {
  startLive(document);
  last().opens();
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  window.dispatchEvent(new Event("offline"));
  vi.advanceTimersByTime(200_000);
  expect(FakeSocket.all).toHaveLength(1);
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  window.dispatchEvent(new Event("online"));
  expect(FakeSocket.all).toHaveLength(2);
});

it("leaves alone what somebody is filling in", () => {
  const mine = document.getElementById("mine")!;
  mine.innerHTML = "<input>";
  const call = asked("mine");
  mine.querySelector("input")?.focus();
  expect(isInUse(mine)).toBe(true);
  expect(refresh(document, "premises:17")).toBe(1);
  expect(call).not.toHaveBeenCalled();
});

it("ends with the session, says so, and asks no more", () => {
  startLive(document);
  last().opens();
  const mine = asked("mine");
  last().breaks(4401);
  vi.advanceTimersByTime(300_000);
  expect(FakeSocket.all).toHaveLength(1);
  expect(mine).not.toHaveBeenCalled();
  expect(document.getElementById("live-says")?.textContent).toContain("signed out");
});

it("does not put a sign-in page or an error where figures were", () => {
  startLive(document);
  const mine = document.getElementById("mine")!;
  const answer = (facts: object): Response => ({ ok: true, redirected: false, url: "http://x/", ...facts }) as Response;
  const keeps = (facts: object): boolean => !answers[0]!(mine, answer(facts));
  expect(keeps({})).toBe(false);
  expect(keeps({ ok: false })).toBe(true);
  expect(keeps({ redirected: true, url: "http://x/accounts/login/?next=/" })).toBe(true);
  expect(mine.dataset.live).toBeUndefined();
  expect(answers[0]!(document.createElement("form"), answer({ ok: false }))).toBe(true);
});

it("uses a safe socket on a safe page", () => {
  expect(socketAddress(new URL("https://lab.example/energy/") as never)).toBe("wss://lab.example/ws/live/");
  expect(socketAddress(new URL("http://localhost:8000/") as never)).toBe("ws://localhost:8000/ws/live/");
});
