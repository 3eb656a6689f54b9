import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../src/islands/report-offline";
import * as drafts from "../src/lib/drafts";
import { entriesOf, find, note } from "../src/lib/outbox";
import { met } from "../src/lib/owner";
import { meetToo } from "../src/lib/report-known";
import { sendDue } from "../src/lib/sender";
import { NoRoom, store } from "../src/lib/store";
import { ME, at, begin, isShown, json, led, props, server, soon, submit, type } from "./report-page";

const ID = "0f6c2c8e-6a0b-4a4e-9f0f-3f1f0a4b8d21";
const WORDS = "여기 웅덩이가 깊어요";
let root: HTMLElement;
let stop = (): void => undefined;

beforeEach(async () => {
  root = await begin();
  await met(ME);
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

async function report(state: "draft" | "saved" = "draft"): Promise<void> {
  const fields = { category: ["pothole"], words: [WORDS], key: ID };
  await drafts.write(ID, {
    owner: ME, kind: "report", asForm: true, title: "제보", url: props.url, editAt: props.editAt, seeAt: `/report/done/${ID}/`,
    fields, form: { words: [WORDS], alts: ["구멍", "", ""] }, step: "known",
  }, { isNew: true, state });
}

/** The form open, with words in it, and the island alive. */
async function writing(who = ME): Promise<void> {
  server.who = who;
  if (!who) await (await store()).put("facts", { tag: "", at: Date.now() }, "who");
  stop = mount(root, props);
  await soon(() => at<HTMLInputElement>("[name=key]").value);
  type(WORDS);
}
const only = async (who = ME) => (await entriesOf(who))[0]!;

it.each([409, 422, 429, 500])("keeps words on the phone when the server says %i to the server's own cards", async (status) => {
  await writing();
  server.answer = () => json(status, { detail: "지금은 안 돼요" });
  submit("[data-met]");
  await soon(() => server.posts.length === 1 && !isShown("sending"));
  expect(led.sent).not.toHaveBeenCalled();
  expect(server.posts[0]?.form.get("words")).toBe(WORDS);
  expect((await only()).form).toMatchObject({ words: [WORDS] });
  const asked = status < 429;
  expect([isShown("asked"), isShown("kept")]).toEqual([asked, !asked]);
});

it("shows the server's page once it has arrived, and nothing stays", async () => {
  await writing();
  submit("[data-met]");
  await soon(() => led.sent.mock.calls.length);
  expect(led.sent).toHaveBeenCalledWith("/report/met/5/");
  expect(led.to).not.toHaveBeenCalled();
  expect(await entriesOf(ME)).toEqual([]);
});

it("is a guest's too, in nobody's name", async () => {
  await writing("");
  submit("[data-met]");
  await soon(() => led.sent.mock.calls.length);
  expect(server.posts).toMatchObject([{ url: "/api/v1/issues/5/support/", forPerson: null }]);
});

it("goes by the form itself from a phone that keeps nothing", async () => {
  await writing();
  vi.spyOn(drafts, "write").mockRejectedValue(new NoRoom("full"));
  submit("[data-met]");
  await soon(() => led.sent.mock.calls.length);
  expect(led.sent).toHaveBeenCalledWith("/report/met/5/");
  expect([at<HTMLInputElement>("[name=csrfmiddlewaretoken]").value, isShown("sending"), server.posts]).toEqual(["fresh", false, []]);
});

it("says that there is no room when there is no network either", async () => {
  await writing();
  server.isOnline = false;
  vi.spyOn(drafts, "write").mockRejectedValue(new NoRoom("full"));
  submit("[data-met]");
  await soon(() => isShown("full"));
  expect([isShown("writing"), led.sent.mock.calls]).toEqual([true, []]);
});

it("opens in the form again when it was refused, and may go as a report", async () => {
  await report();
  await meetToo({ id: 5, title: "도로 파임" }, (await find(ID))!, props);
  server.answer = () => json(409, { detail: "닫힌 제보예요" });
  await sendDue(true);
  expect(await find(ID)).toMatchObject({ state: "needs", editAt: `/report/?entry=${ID}` });
  history.replaceState(null, "", `/report/?entry=${ID}`);
  stop = mount(root, props);
  await soon(() => isShown("asked"));
  expect(at("[data-words]").textContent).toBe("닫힌 제보예요");
  expect(at<HTMLTextAreaElement>("textarea").value).toBe(WORDS);
  server.answer = () => json(201, { id: 9 });
  submit("[value=send]");
  await soon(() => led.to.mock.calls.length);
  expect(server.posts[1]).toMatchObject({ url: "/api/v1/issues/" });
  expect(led.to).toHaveBeenCalledWith(`/report/done/${ID}/`);
});

it("changes nothing of one that only waits for the network", async () => {
  await report();
  await meetToo({ id: 5, title: "도로 파임" }, (await find(ID))!, props);
  server.isOnline = false;
  history.replaceState(null, "", `/report/?entry=${ID}`);
  stop = mount(root, props);
  await soon(() => isShown("kept"));
  expect(isShown("writing")).toBe(false);
  expect(await find(ID)).toMatchObject({ kind: "support" });
});

it("leads nowhere while it goes once the network is back, and then to what was met", async () => {
  await writing();
  server.isOnline = false;
  at("form").dispatchEvent(new CustomEvent("report:known-offline", {
    detail: { category: "pothole", lon: 126.7386, lat: 37.3463, into: at("#into") }, cancelable: true,
  }));
  at("#into [data-met-too]").click();
  await soon(() => isShown("kept"));
  const { id } = await only();
  await note(id, { state: "sending", tries: 1 });
  expect(isShown("kept")).toBe(true);
  expect(led.to).not.toHaveBeenCalled();
  server.isOnline = true;
  await sendDue(true);
  await soon(() => led.sent.mock.calls.length);
  expect(led.sent).toHaveBeenCalledWith("/report/met/5/");
  expect(led.to).not.toHaveBeenCalled();
});

it("goes from the known ones the server held it up for, with everything", async () => {
  await report("saved");
  const known = [{ id: 5, url: "/issues/5/", title: "도로 파임", words: "", metres: 3, at: "2026-11-20T00:00:00Z", state_words: "", is_open: true }];
  server.answer = () => json(409, { code: "known_already", question: "known", detail: "x", known });
  await sendDue(true);
  history.replaceState(null, "", `/report/?entry=${ID}`);
  stop = mount(root, props);
  await soon(() => isShown("known-already"));
  server.answer = () => json(503, {});
  at("[data-known-already] [data-met-too]").click();
  await soon(() => isShown("kept"));
  expect(await find(ID)).toMatchObject({ kind: "support", state: "saved", fields: { words: [WORDS] } });
});
