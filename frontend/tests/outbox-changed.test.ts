// @vitest-environment node
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import "fake-indexeddb/auto";
import { write, type Half } from "../src/lib/drafts";
import { discard, find, keep, note, receiptOf, rewrite } from "../src/lib/outbox";
import { sendDue } from "../src/lib/sender";
import { forget } from "../src/lib/store";

const ME = "me0000000000";
const ID = "0f6c2c8e-6a0b-4a4e-9f0f-3f1f0a4b8d21";
const draft = {
  owner: ME, kind: "reading", title: "검침", url: "/api/v1/premises/3/readings/",
  editAt: "/offline/reading/?entry={id}", seeAt: "/see/", fields: { kwh: "123.0" },
};
const half: Half = {
  owner: ME, kind: "report", asForm: true, title: "제보", url: "/api/v1/issues/", editAt: "/report/?entry={id}",
  seeAt: `/report/done/${ID}/`, fields: { words: ["하나"], key: ID }, form: {}, step: "words",
};
const photo = (name: string) => ({ field: "photos", name, bytes: new Blob([name], { type: "image/webp" }) });
let posts: Request[] = [];
let answer: () => Response | Promise<Response>;

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

beforeEach(async () => {
  await forget().catch(() => undefined);
  globalThis.indexedDB = new IDBFactory();
  posts = [];
  vi.stubGlobal("navigator", {});
  answer = () => json(201, { id: 7 });
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address === "/outbox/who/") return json(200, { who: ME, csrf: "fresh" });
    const post = new Request(`http://lab.example${address}`, init);
    posts.push(post.clone() as Request);
    return answer();
  });
});

it("keeps a correction made while the first version is on its way, and sends it after", async () => {
  const { id } = await keep(draft);
  answer = async () => {
    expect(await rewrite(id, "고친 검침", { kwh: "132.0" })).toBe(true);
    return json(201, { id: 7 });
  };
  await sendDue();
  expect(await find(id)).toMatchObject({ state: "saved", title: "고친 검침", fields: { kwh: "132.0" } });
  expect(await receiptOf(id)).toMatchObject({ title: "검침", answer: "7" });
  answer = () => json(422, { code: "already_received", detail: "이미 도착했어요" });
  await sendDue(true);
  expect(await posts[1]?.json()).toEqual({ kwh: "132.0" });
  expect(await find(id)).toMatchObject({ state: "needs", question: "already_received", reason: "이미 도착했어요", fields: { kwh: "132.0" } });
});

it("keeps a report changed while it is on its way, with its new photos", async () => {
  await write(ID, half, { isNew: true, state: "saved", files: [photo("a")] });
  answer = async () => {
    const anew = { ...half, fields: { ...half.fields, words: ["둘"] } };
    expect(await write(ID, anew, { isNew: false, state: "saved", files: [photo("b")] })).toBe("written");
    return json(201, { id: 7 });
  };
  await sendDue();
  answer = () => json(409, { code: "already_received", detail: "x" });
  await sendDue(true);
  const forms = await Promise.all(posts.map((post) => post.formData()));
  expect(forms.map((form) => [form.get("words"), (form.get("photos") as File).name])).toEqual([["하나", "a"], ["둘", "b"]]);
  expect(await find(ID)).toMatchObject({ state: "needs", question: "already_received", fields: { words: ["둘"] } });
});

it.each([
  ["a refusal", () => json(400, { detail: "nein" })],
  ["no answer", () => Promise.reject(new TypeError("lost"))],
  ["a sign-out", () => json(401, {})],
])("does not take %s of the first version for one of the correction", async (_name, said) => {
  const { id } = await keep(draft);
  answer = async () => {
    await rewrite(id, "고친 검침", { kwh: "132.0" });
    return said();
  };
  await sendDue();
  expect(await find(id)).toMatchObject({ state: "saved", tries: 0, nextAt: 0 });
  expect(await find(id)).not.toHaveProperty("reason");
});

it("sends what stands there when its turn comes, not what stood there at first", async () => {
  await note((await keep(draft)).id, { createdAt: 1 });
  const { id } = await keep({ ...draft, title: "둘째" });
  await note(id, { createdAt: 2 });
  const gone = await keep({ ...draft, title: "셋째" });
  answer = async () => {
    if (posts.length === 1) await rewrite(id, "둘째", { kwh: "200.0" });
    if (posts.length === 1) await discard(gone.id);
    return json(201, { id: posts.length });
  };
  expect(await sendDue()).toMatchObject({ sent: 2 });
  expect(await Promise.all(posts.map((post) => post.json()))).toEqual([{ kwh: "123.0" }, { kwh: "200.0" }]);
});

it("says that what is to be changed has gone", async () => {
  const { id } = await keep(draft);
  await sendDue();
  expect(await rewrite(id, "고친 검침", { kwh: "132.0" })).toBe(false);
  expect(await find(id)).toBeUndefined();
  expect(await receiptOf(id)).toMatchObject({ answer: "7" });
});
