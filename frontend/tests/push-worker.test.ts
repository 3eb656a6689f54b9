import { beforeEach, expect, it, vi } from "vitest";
import { type PushScope, startPush } from "../src/sw/push";

type Fact = Record<string, unknown>;
const HERE = "http://lab.example";
const told = {
  title: "파일을 읽었어요",
  body: "우리집",
  url: "/me/inbox/7/",
  page: "/energy/uploads/3/",
  tag: "premises:1",
  more: "그 밖에 %(count)s건",
  lang: "ko",
  told_at: 5,
  unread: 2,
  is_urgent: false,
  actions: [{ action: "read", title: "읽음으로 표시" }],
};

class Worker extends EventTarget {
  shown: [string, Fact][] = [];
  already: { tag: string; data: Fact | null }[] = [];
  tabs: Fact[] = [];
  openWindow = vi.fn(async () => null);
  setAppBadge = vi.fn(async () => undefined);
  clearAppBadge = vi.fn(async () => undefined);
  subscribe = vi.fn(async () => ({ toJSON: () => ({ endpoint: "https://push/new", keys: { p256dh: "p", auth: "new" } }) }));
  location = { origin: HERE };
  navigator = { setAppBadge: this.setAppBadge, clearAppBadge: this.clearAppBadge };
  clients = { matchAll: async () => this.tabs, openWindow: this.openWindow };
  registration = {
    getNotifications: async ({ tag }: { tag: string }) => this.already.filter((each) => each.tag === tag),
    showNotification: async (title: string, options: Fact) => void this.shown.push([title, options]),
    pushManager: { subscribe: this.subscribe },
  };

  async fire(type: string, facts: Fact): Promise<void> {
    let work: Promise<unknown> = Promise.resolve();
    const waitUntil = (promise: Promise<unknown>): void => void (work = promise);
    this.dispatchEvent(Object.assign(new Event(type), { waitUntil }, facts));
    await work;
  }

  push(facts: Fact): Promise<void> {
    return this.fire("push", { data: { json: () => facts } });
  }

  async click(action = "", data: Fact | null = { url: told.url, page: told.page, count: 1 }): Promise<void> {
    await this.fire("notificationclick", { action, notification: { data, close: vi.fn() } });
  }
}

const tab = (url: string, isFree = true): Fact => ({
  url: HERE + url,
  focus: vi.fn(async () => undefined),
  navigate: vi.fn(async () => ({})),
  postMessage: (_message: unknown, [port]: MessagePort[]) => port?.postMessage(isFree),
});

let worker: Worker;
const asked = vi.fn(async () => ({ ok: true, json: async () => ({ unread: 1 }) }));

beforeEach(() => {
  worker = new Worker();
  startPush(worker as unknown as PushScope);
  asked.mockClear();
  vi.stubGlobal("fetch", asked);
});

it("shows what was sent, with its badge, actions and language", async () => {
  await worker.push(told);
  const [title, options] = worker.shown[0]!;
  expect(title).toBe("파일을 읽었어요");
  expect(options).toMatchObject({ body: "우리집", tag: "premises:1", lang: "ko", timestamp: 5, renotify: false });
  expect(options["badge"]).toBe("/static/icons/monochrome-192.png");
  expect(options["actions"]).toEqual(told.actions);
  expect(worker.setAppBadge).toHaveBeenCalledWith(2);
});

it("counts what it replaces, and rings again only for safety", async () => {
  worker.already = [{ tag: "premises:1", data: { count: 2 } }];
  await worker.push({ ...told, is_urgent: true });
  const [, options] = worker.shown[0]!;
  expect(options).toMatchObject({ body: "우리집\n그 밖에 2건", renotify: true, requireInteraction: true });
  expect(options["data"]).toMatchObject({ count: 3 });
});

it("shows something even when it cannot read what came", async () => {
  const json = (): never => {
    throw new SyntaxError("no JSON");
  };
  await worker.fire("push", { data: { json } });
  await worker.fire("push", { data: null });
  expect(worker.shown.map(([title]) => title)).toEqual(["리빙랩", "리빙랩"]);
});

it("takes the tab that shows the thing already, and marks it as read", async () => {
  const [other, there] = [tab("/me/"), tab("/energy/uploads/3/#top")];
  worker.tabs = [other, there];
  await worker.click();
  expect(there["focus"]).toHaveBeenCalledOnce();
  expect(there["navigate"]).not.toHaveBeenCalled();
  expect(other["navigate"]).not.toHaveBeenCalled();
  expect(asked).toHaveBeenCalledWith(new URL(`${HERE}/me/inbox/7/`), expect.objectContaining({ redirect: "manual" }));
});

it("leads a tab there in which nothing is written", async () => {
  const [busy, free] = [tab("/energy/join/", false), tab("/goals/")];
  worker.tabs = [busy, free];
  await worker.click();
  expect(free["navigate"]).toHaveBeenCalledWith(`${HERE}/me/inbox/7/`);
  expect(busy["navigate"]).not.toHaveBeenCalled();
  expect(worker.openWindow).not.toHaveBeenCalled();
});

it("opens a new one when every other is in use, silent or not ours to lead", async () => {
  const silent = { ...tab("/goals/"), postMessage: () => undefined };
  const foreign = { ...tab("/about/"), navigate: vi.fn(() => Promise.reject(new TypeError("not controlled"))) };
  worker.tabs = [tab("/energy/join/", false), silent, foreign];
  await worker.click();
  expect(worker.openWindow).toHaveBeenCalledWith(`${HERE}/me/inbox/7/`);
});

it.each(["https://evil.example/me/", "//evil.example/", "javascript:alert(1)", "http://lab.example:81/"])(
  "never leads elsewhere: %s",
  async (url) => {
    await worker.click("", { url, page: url, count: 1 });
    expect(worker.openWindow).toHaveBeenCalledWith(`${HERE}/me/inbox/`);
  },
);

it("opens the inbox when it knows nothing", async () => {
  await worker.click("", null);
  expect(worker.openWindow).toHaveBeenCalledWith(`${HERE}/me/inbox/`);
});

it("marks as read without opening anything", async () => {
  worker.tabs = [tab("/goals/")];
  await worker.click("read");
  expect(asked).toHaveBeenCalledTimes(2);
  expect(worker.setAppBadge).toHaveBeenCalledWith(1);
  expect(worker.openWindow).not.toHaveBeenCalled();
});

it("stays unread offline", async () => {
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new TypeError("offline"))));
  await worker.click("read");
  expect(worker.setAppBadge).not.toHaveBeenCalled();
});

it("says its new address with the old one as proof", async () => {
  const oldSubscription = {
    endpoint: "https://push/old",
    options: { applicationServerKey: new ArrayBuffer(65) },
    toJSON: () => ({ keys: { auth: "old" } }),
  };
  await worker.fire("pushsubscriptionchange", { oldSubscription, newSubscription: null });
  expect(worker.subscribe).toHaveBeenCalledOnce();
  const [address, { body, credentials }] = asked.mock.calls[0] as unknown as [string, { body: string; credentials: string }];
  expect([address, credentials]).toEqual(["/api/v1/push/renewals/", "omit"]);
  expect(JSON.parse(body)).toEqual({
    endpoint: "https://push/new",
    keys: { p256dh: "p", auth: "new" },
    old: { endpoint: "https://push/old", auth: "old" },
  });
});

it("leaves it to the next visit when the old address is not known", async () => {
  await worker.fire("pushsubscriptionchange", { oldSubscription: null });
  expect(asked).not.toHaveBeenCalled();
});
