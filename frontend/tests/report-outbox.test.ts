// @vitest-environment node
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import "fake-indexeddb/auto";
import { write, type Half } from "../src/lib/drafts";
import { adopt, discard, entriesOf, filesOf, find, receiptsOf } from "../src/lib/outbox";
import { met } from "../src/lib/owner";
import { meetToo, type Props } from "../src/lib/report-known";
import { sendDue } from "../src/lib/sender";
import { sendSoon } from "../src/lib/sending";
import { forget, store } from "../src/lib/store";

const ME = "me0000000000";
const ID = "0f6c2c8e-6a0b-4a4e-9f0f-3f1f0a4b8d21";
const half: Half = {
  owner: "", kind: "report", asForm: true, title: "제보: 도로 파임", url: "/api/v1/issues/",
  editAt: "/report/?entry={id}", seeAt: `/report/done/${ID}/`,
  fields: { category: ["pothole"], "answer-SIZE": ["L", "XL"], key: ID, ask_known: "1" },
  form: { category: ["pothole"], alts: ["구멍", ""] }, step: "words",
};
const photos = ["a.webp", "b.webp"].map((name) => ({ field: "photos", name, bytes: new Blob([name], { type: "image/webp" }) }));
const met5 = {
  supportUrl: "/api/v1/issues/{issue}/support/", editAt: "/report/?entry={id}", seeAt: "/issues/{issue}/", words: { support: "나도: %(kind)s" },
} as Props;
let who = "";
let posts: Request[] = [];
let answer: (post: Request) => Response | Promise<Response>;

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

beforeEach(async () => {
  await forget().catch(() => undefined);
  globalThis.indexedDB = new IDBFactory();
  who = "";
  posts = [];
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("window", { clearTimeout, setTimeout: () => 0 });
  answer = () => json(201, { id: 4127 });
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address === "/outbox/who/") return json(200, { who, csrf: "fresh" });
    const post = new Request(`http://lab.example${address}`, init);
    posts.push(post.clone() as Request);
    return answer(post);
  });
});

it("keeps what is half written with its photos, and sends nothing of it", async () => {
  await write(ID, half, { files: photos, isNew: true });
  await write(ID, { ...half, step: "promise" }, { isNew: false });
  const kept = await find(ID);
  expect(kept).toMatchObject({ state: "draft", step: "promise", editAt: `/report/?entry=${ID}` });
  expect((await filesOf(kept!)).map(({ name }) => name)).toEqual(["a.webp", "b.webp"]);
  expect(await sendDue(true)).toMatchObject({ sent: 0, blocked: false });
  await sendSoon(true);
  expect(posts).toHaveLength(0);
});

it("sends a guest's report as a form, with every answer and photo, in nobody's name", async () => {
  await write(ID, half, { files: photos, isNew: true, state: "saved" });
  expect(await sendDue()).toMatchObject({ sent: 1, blocked: false });
  expect(posts[0]?.headers.get("Idempotency-Key")).toBe(ID);
  expect(posts[0]?.headers.has("For-Person")).toBe(false);
  const form = await posts[0]!.formData();
  expect(form.getAll("answer-SIZE")).toEqual(["L", "XL"]);
  expect(form.getAll("photos").map((file) => (file as File).name)).toEqual(["a.webp", "b.webp"]);
  expect(await (await store()).count("files")).toBe(0);
  expect(await receiptsOf("")).toMatchObject([{ answer: "4127", seeAt: `/report/done/${ID}/` }]);
});

it("is a form also without a photo", async () => {
  await write(ID, half, { isNew: true, state: "saved" });
  await sendDue();
  expect((await posts[0]!.formData()).get("category")).toBe("pothole");
});

it("becomes the person's who signs in on this phone, and goes in their name", async () => {
  await write(ID, half, { isNew: true, state: "saved" });
  await met(ME);
  expect(await entriesOf("")).toEqual([]);
  who = ME;
  expect(await sendDue()).toMatchObject({ sent: 1 });
  expect(posts[0]?.headers.get("For-Person")).toBe(ME);
});

it("gives nothing away to nobody", async () => {
  await write(ID, half, { isNew: true, state: "saved" });
  await adopt("");
  expect(await entriesOf("")).toHaveLength(1);
});

it("keeps all the server asked, and forgets it when the person decides", async () => {
  await write(ID, half, { files: photos, isNew: true, state: "saved" });
  const known = [{ id: 3990, metres: 14 }];
  answer = () => json(409, { code: "known_already", question: "known", detail: "이미 알려진 일인가요?", known });
  await sendDue();
  expect(await find(ID)).toMatchObject({ state: "needs", question: "known", said: { known } });
  await write(ID, half, { isNew: false }); // looked at again: the question stays
  expect(await find(ID)).toMatchObject({ state: "needs", said: { known } });
  answer = () => json(201, { id: 4127 });
  await write(ID, { ...half, fields: { ...half.fields, ask_known: "0" } }, { isNew: false, state: "saved" });
  expect(await find(ID)).not.toHaveProperty("said");
  expect(await sendDue()).toMatchObject({ sent: 1 });
  const form = await posts[1]!.formData();
  expect([form.get("ask_known"), form.getAll("photos").length]).toEqual(["0", 2]);
});

it("is not written again after it went", async () => {
  await write(ID, half, { isNew: true, state: "saved" });
  await sendDue();
  expect(await write(ID, half, { isNew: false, state: "saved" })).toBe("sent");
  expect(await find(ID)).toBeUndefined();
});

it("says that it was discarded elsewhere, and may be written anew", async () => {
  await write(ID, half, { isNew: true, state: "saved" });
  await discard(ID);
  expect(await write(ID, half, { isNew: false, state: "saved" })).toBe("gone");
  expect(await write(ID, half, { isNew: true, state: "saved", files: photos })).toBe("written");
  expect(await filesOf((await find(ID))!)).toHaveLength(2);
});

it("takes words and photos along to what was met too, and drops nothing before the server has named it", async () => {
  await write(ID, { ...half, form: { words: ["여기 웅덩이가 깊어요"], alts: ["구멍", ""] } }, { files: photos, isNew: true });
  await meetToo({ id: 5, title: "도로 파임" }, (await find(ID))!, met5);
  expect(await find(ID)).toMatchObject({ kind: "support", state: "saved", title: "나도: 도로 파임", editAt: `/report/?entry=${ID}` });
  answer = () => Promise.reject(new TypeError("lost"));
  await sendDue(true);
  expect(await filesOf((await find(ID))!)).toHaveLength(2);
  answer = () => json(200, { id: 5 });
  await sendDue(true);
  const form = await posts[1]!.formData();
  expect(posts[1]?.url).toMatch(/\/api\/v1\/issues\/5\/support\/$/);
  expect([form.getAll("words"), form.getAll("alts"), form.getAll("photos").length]).toEqual([["여기 웅덩이가 깊어요"], ["구멍", ""], 2]);
  expect(form.has("category")).toBe(false);
  expect(await find(ID)).toBeUndefined();
  expect(await receiptsOf("")).toMatchObject([{ id: ID, seeAt: "/issues/5/" }]);
});

it("becomes a report again, with its photos, when what was met cannot be", async () => {
  await write(ID, half, { files: photos, isNew: true });
  await meetToo({ id: 5, title: "도로 파임" }, (await find(ID))!, met5);
  answer = () => json(409, { detail: "닫힌 제보예요" });
  await sendDue(true);
  expect(await find(ID)).toMatchObject({ state: "needs", reason: "닫힌 제보예요" });
  await write(ID, half, { isNew: false, state: "saved" });
  answer = () => json(201, { id: 9 });
  await sendDue();
  expect(posts[1]?.url).toMatch(/\/api\/v1\/issues\/$/);
  expect((await posts[1]!.formData()).getAll("photos")).toHaveLength(2);
  expect(await receiptsOf("")).toMatchObject([{ seeAt: half.seeAt, title: half.title }]);
});

it("lets other reports go when one of a guest waits for a sign-in", async () => {
  await write("11111111-1111-4111-8111-111111111111", { ...half, url: "/api/v1/issues/1/support/" }, { isNew: true, state: "saved" });
  await write(ID, half, { isNew: true, state: "saved" });
  answer = ({ url }) => (url.endsWith("/support/") ? json(401, {}) : json(201, { id: 9 }));
  expect(await sendDue()).toMatchObject({ sent: 1, blocked: true });
  expect((await entriesOf("")).map(({ url }) => url)).toEqual(["/api/v1/issues/1/support/"]);
});
