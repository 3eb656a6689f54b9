/** The page of a report around its island, and a server that says what a test wants. */
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import "fake-indexeddb/auto";
import { forget } from "../src/lib/store";

export const ME = "me0000000000";
export const props = {
  url: "/api/v1/issues/", supportUrl: "/api/v1/issues/{issue}/support/", metUrl: "/report/met/{issue}/",
  editAt: "/report/?entry={id}", doneAt: "/report/done/{id}/", seeAt: "/issues/{issue}/", pointsUrl: "/points",
  boxes: ["1,1,2,2"], words: { title: "제보: %(kind)s", untitled: "제보", support: "나도: %(kind)s", metres: "%(metres)s m" },
};
const CARD = `<div><img data-picture><span data-sign></span><a data-link></a><p data-said></p><b data-state></b>
  <b data-metres></b><b data-place></b><b data-age></b><button type=button data-met-too></button></div>`;
const PAGE = `<div id=root>
  <div data-sending hidden></div> <div data-kept hidden></div> <div data-full hidden></div>
  <div data-signed-out hidden><button type=button data-as-guest></button></div>
  <div data-asked hidden><p data-words></p></div> <div data-first hidden><a data-see></a></div>
  <div data-going-on hidden><button type=button data-anew></button></div>
  <section data-known-already hidden><ul data-list></ul><button data-different></button><template data-card>${CARD}</template></section>
  <div data-writing><form><input name=key type=hidden><input name=csrfmiddlewaretoken type=hidden><textarea name=words></textarea>
    <div id=into><ul><li><h3 class=ll-issue__title>도로 파임</h3><button name=x data-met=5>나도</button></li></ul></div>
    <button name=step value=send></button></form></div></div>`;

export const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const points = {
  type: "FeatureCollection",
  features: [{
    type: "Feature", geometry: { type: "Point", coordinates: [126.7386, 37.3463] },
    properties: { id: 5, url: "/issues/5/", title: "도로 파임", category: "pothole", words: "", state_words: "", is_open: true, at: "2026-11-20T00:00:00Z" },
  }],
};

type Post = { url: string; form: FormData; forPerson: string | null };
export const server = {
  who: ME, isOnline: true, posts: [] as Post[],
  answer: (): Response | Promise<Response> => json(201, { id: 5 }),
};
export const led = { to: vi.fn<(address: string | URL) => void>(), sent: vi.fn<(action: string) => void>() };

async function fetched(address: string, init?: RequestInit): Promise<Response> {
  if (address.startsWith("/points")) return json(200, points);
  if (!server.isOnline) throw new TypeError("offline");
  if (address === "/outbox/who/") return json(200, { who: server.who, csrf: "fresh" });
  const forPerson = (init?.headers as Headers).get("For-Person");
  server.posts.push({ url: address, form: init?.body as FormData, forPerson });
  return server.answer();
}

/** An empty phone, the page, and a server that takes everything. */
export async function begin(): Promise<HTMLElement> {
  await forget().catch(() => undefined);
  globalThis.indexedDB = new IDBFactory();
  Object.assign(server, { who: ME, isOnline: true, posts: [], answer: () => json(201, { id: 5 }) });
  vi.stubGlobal("fetch", fetched);
  document.documentElement.lang = "ko";
  document.body.innerHTML = PAGE;
  history.replaceState(null, "", "/report/");
  led.to.mockClear();
  led.sent.mockClear();
  vi.spyOn(location, "assign").mockImplementation(led.to);
  vi.spyOn(HTMLFormElement.prototype, "submit").mockImplementation(function (this: HTMLFormElement) {
    led.sent(this.getAttribute("action") ?? "");
  });
  return document.getElementById("root") as HTMLElement;
}

export const at = <T extends HTMLElement = HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
export const isShown = (name: string): boolean => !at(`[data-${name}]`).hidden;
/** Waits until it is so; the island's own calm is 400 ms. */
export const soon = (holds: () => unknown): Promise<unknown> => vi.waitFor(async () => {
  if (!(await holds())) throw new Error("not yet");
}, { timeout: 2_000, interval: 10 });

export function type(words: string): void {
  at<HTMLTextAreaElement>("textarea").value = words;
  at("form").dispatchEvent(new Event("input"));
}
export function submit(selector: string): void {
  const submitter = at(selector);
  at("form").dispatchEvent(new SubmitEvent("submit", { submitter, cancelable: true, bubbles: true }));
}
