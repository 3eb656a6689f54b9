import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "fake-indexeddb/auto";
import { mount } from "../src/islands/reading-entry";
import { discard, entriesOf, find, keep } from "../src/lib/outbox";
import { met, remember } from "../src/lib/owner";
import { sendDue } from "../src/lib/sender";
import { forget } from "../src/lib/store";
import { json } from "./report-page";

const ME = "me0000000000";
const props = { title: "검침 · %(home)s · %(kwh)s kWh", url: "/api/v1/premises/{home}/readings/", seeAt: "/energy/homes/{home}/" };
const PAGE = `<div id=root>${["no-homes", "kept", "sent", "full", "photo"].map((name) => `<div data-${name} hidden></div>`).join("")}
  <div data-first hidden><a data-see></a></div>
  <div data-entry hidden><form><div data-asked hidden><p data-words></p><p data-slip hidden></p></div><div data-change hidden></div>
  <select name=home></select><input name=day><input name=at><input name=kwh></form></div></div>`;
let posts: { kwh: string }[] = [];
let answer: () => Response | Promise<Response>;
let stop = (): void => undefined;
const at = <T extends HTMLElement = HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
const isShown = (name: string): boolean => !at(`[data-${name}]`).hidden;

beforeEach(async () => {
  await forget().catch(() => undefined);
  globalThis.indexedDB = new IDBFactory();
  posts = [];
  answer = () => json(201, { id: 7 });
  vi.stubGlobal("fetch", async (address: string, init?: RequestInit) => {
    if (address === "/outbox/who/") return json(200, { who: ME, csrf: "fresh" });
    posts.push(JSON.parse(String(init?.body)) as { kwh: string });
    return answer();
  });
  vi.stubGlobal("Option", function option(text: string, value: string): HTMLOptionElement { // not in this DOM
    return Object.assign(document.createElement("option"), { text, value });
  });
  await met(ME);
  await remember({ id: 3, name: "우리집", owner: ME });
  document.documentElement.lang = "ko";
  document.body.innerHTML = PAGE;
});
afterEach(() => stop());

/** One that waits, open in its form. */
async function opened(): Promise<string> {
  const fields = { read_at: "2026-11-20T08:00:00+09:00", kwh: "123.0" };
  const url = "/api/v1/premises/3/readings/";
  const { id } = await keep({ owner: ME, kind: "reading", title: "검침", url, editAt: "/x", seeAt: "/energy/homes/3/", fields });
  history.replaceState(null, "", `/offline/reading/?entry=${id}`);
  stop = mount(at("#root"), props);
  await vi.waitUntil(() => at<HTMLInputElement>("[name=kwh]").value === "123.0");
  return id;
}
function save(kwh: string): void {
  at<HTMLInputElement>("[name=kwh]").value = kwh;
  at("form").dispatchEvent(new SubmitEvent("submit", { cancelable: true, bubbles: true }));
}

it("says that the first version has arrived, and keeps the correction in the form", async () => {
  await opened();
  await sendDue(); // by itself, while the form is open
  save("132.0");
  await vi.waitUntil(() => isShown("first"));
  expect([isShown("sent"), isShown("entry"), at<HTMLInputElement>("[name=kwh]").value]).toEqual([false, true, "132.0"]);
  expect(at("[data-see]").getAttribute("href")).toBe("/energy/homes/3/");
  expect(posts.map(({ kwh }) => kwh)).toEqual(["123.0"]);
});

it("says so when the server has the first version, and keeps the entry", async () => {
  const id = await opened();
  answer = () => json(422, { code: "already_received", detail: "이미 도착했어요" });
  save("132.0");
  await vi.waitUntil(() => isShown("first"));
  expect(await find(id)).toMatchObject({ state: "needs", fields: { kwh: "132.0" } });
});

it("is kept anew when it was discarded elsewhere", async () => {
  await discard(await opened());
  answer = () => Promise.reject(new TypeError("lost"));
  save("132.0");
  await vi.waitUntil(() => isShown("kept"));
  expect(await entriesOf(ME)).toMatchObject([{ fields: { kwh: "132.0" } }]);
});

it("is saved when nothing stood in the way", async () => {
  await opened();
  save("132.0");
  await vi.waitUntil(() => isShown("sent"));
  expect(posts.map(({ kwh }) => kwh)).toEqual(["132.0"]);
});
