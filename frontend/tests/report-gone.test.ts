import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../src/islands/report-offline";
import { discard, entriesOf, find, receiptOf } from "../src/lib/outbox";
import { leave, met } from "../src/lib/owner";
import { sendDue } from "../src/lib/sender";
import { ME, at, begin, isShown, json, led, props, server, soon, submit, type } from "./report-page";

const WORDS = "여기 웅덩이가 깊어요";
let root: HTMLElement;
let stop = (): void => undefined;
const only = async (who = ME) => (await entriesOf(who))[0];

beforeEach(async () => {
  root = await begin();
  await met(ME);
  stop = mount(root, props);
  await soon(() => at<HTMLInputElement>("[name=key]").value);
  type(WORDS);
  await soon(only);
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

it("is written anew when it was discarded elsewhere, and sent", async () => {
  const { id } = (await only())!;
  await discard(id);
  submit("[value=send]");
  await soon(() => led.to.mock.calls.length);
  expect(server.posts[0]?.form.get("words")).toBe(WORDS);
  expect(led.to).toHaveBeenCalledWith(`/report/done/${id}/`);
});

it("stands in the form again when it is discarded elsewhere while it waits", async () => {
  server.isOnline = false;
  submit("[value=send]");
  await soon(() => isShown("kept"));
  await discard((await only())!.id);
  await soon(() => isShown("writing"));
  expect(led.to).not.toHaveBeenCalled();
  expect(at<HTMLTextAreaElement>("textarea").value).toBe(WORDS);
});

it("is not written again by a page that is only left", async () => {
  await leave();
  vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  document.dispatchEvent(new Event("visibilitychange"));
  await new Promise((done) => setTimeout(done, 50));
  expect([await only(), await only("")]).toEqual([undefined, undefined]);
});

it("says that the first version has arrived, and keeps what was changed since", async () => {
  const { id } = (await only())!;
  submit("[value=send]");
  await soon(() => receiptOf(id));
  await soon(() => led.to.mock.calls.length);
  at("[data-sending]").hidden = true; // another tab, where the form still stands
  type("그리고 물도 새요");
  submit("[value=send]");
  await soon(() => isShown("first"));
  expect(isShown("writing")).toBe(true);
  expect(at("[data-see]").getAttribute("href")).toBe(`/report/done/${id}/`);
  expect(server.posts).toHaveLength(1);
  await soon(only); // whoever goes to look at it finds the change among the half written
  expect(await only()).toMatchObject({ state: "draft", form: { words: ["그리고 물도 새요"] } });
  submit("[value=send]"); // they know now: another report
  await soon(() => server.posts.length === 2);
  expect(server.posts[1]?.form.get("words")).toBe("그리고 물도 새요");
  expect(server.posts[1]?.form.get("key")).not.toBe(id);
  expect(server.posts[1]?.form.get("ask_known")).toBe("1");
  await soon(async () => (await entriesOf(ME)).length === 0);
});

it("says so too when the server knows the first version, and keeps the entry", async () => {
  const { id } = (await only())!;
  server.answer = () => json(409, { code: "already_received", detail: "이미 도착했어요" });
  submit("[value=send]");
  await soon(() => isShown("first"));
  expect(await find(id)).toMatchObject({ state: "needs", form: { words: [WORDS] } });
  server.answer = () => json(201, { id: 9 });
  submit("[value=send]");
  await soon(() => led.to.mock.calls.length);
  expect(await entriesOf(ME)).toEqual([]);
});

it("goes without signing in only while nobody is signed in", async () => {
  const { id } = (await only())!;
  server.who = "";
  submit("[value=send]");
  await soon(() => isShown("signed-out"));
  expect(at("[data-as-guest]").hidden).toBe(false);
  server.who = "bb0000000000"; // somebody else, in another tab
  at("[data-as-guest]").click();
  await soon(() => at("[data-as-guest]").hidden);
  await sendDue(true);
  expect(server.posts).toEqual([]);
  expect(await find(id)).toMatchObject({ owner: ME, state: "saved" });
  server.who = "";
  at("[data-as-guest]").click();
  await soon(() => led.to.mock.calls.length);
  expect(server.posts).toMatchObject([{ forPerson: null }]);
});

it("stays its person's when it does not arrive without signing in", async () => {
  const { id } = (await only())!;
  server.who = "";
  submit("[value=send]");
  await soon(() => isShown("signed-out"));
  server.answer = () => json(503, {});
  at("[data-as-guest]").click();
  await soon(() => server.posts.length);
  await soon(async () => (await find(id))?.state === "saved");
  server.who = "bb0000000000";
  await met(server.who);
  await sendDue(true);
  expect(server.posts).toHaveLength(1);
  expect(await find(id)).toMatchObject({ owner: ME });
});
