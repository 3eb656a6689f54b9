// @vitest-environment node
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, it, vi } from "vitest";
import "fake-indexeddb/auto";
import { arrived, countOthers, entriesOf, filesOf, find, keep, note, receiptsOf, rewrite } from "../src/lib/outbox";
import { homes, leave, met, owner, remember } from "../src/lib/owner";
import { sendDue } from "../src/lib/sender";
import { forget, NoRoom, store, writing } from "../src/lib/store";

const ME = "me0000000000";
const draft = {
  owner: ME, kind: "reading", title: "검침", url: "/api/v1/premises/3/readings/",
  editAt: "/offline/reading/?entry={id}", seeAt: "/see/", fields: { kwh: "5.0" },
};
let who = ME;
let posts: Request[] = [];
let answer: () => Response | Promise<Response>;

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

beforeEach(async () => {
  await forget().catch(() => undefined);
  globalThis.indexedDB = new IDBFactory();
  who = ME;
  posts = [];
  vi.stubGlobal("navigator", {}); // a browser without locks: the server does each once
  answer = () => json(201, { id: 7 });
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    if (address === "/outbox/who/") return json(200, { who, csrf: "fresh" });
    posts.push(new Request(`http://lab.example${address}`, init));
    return answer();
  });
});

it("sends an entry under its own name and lets it go when the server names it", async () => {
  const entry = await keep(draft);
  expect(await sendDue()).toMatchObject({ sent: 1, blocked: false });
  expect(posts[0]?.headers.get("Idempotency-Key")).toBe(entry.id);
  expect(posts[0]?.headers.get("For-Person")).toBe(ME);
  expect(posts[0]?.headers.get("X-CSRFToken")).toBe("fresh");
  expect(await posts[0]?.json()).toEqual({ kwh: "5.0" });
  expect(await find(entry.id)).toBeUndefined();
  expect(await receiptsOf(ME)).toMatchObject([{ id: entry.id, answer: "7" }]);
});

it("keeps it when no answer comes, and sends the same name again", async () => {
  const { id } = await keep(draft);
  answer = () => Promise.reject(new TypeError("lost"));
  await sendDue();
  expect(await find(id)).toMatchObject({ state: "saved", tries: 1 });
  expect(await sendDue()).toMatchObject({ sent: 0 }); // not due yet
  expect(posts).toHaveLength(1);
  answer = () => json(201, { id: 7 });
  expect(await sendDue(true)).toMatchObject({ sent: 1 }); // the button does not wait
  expect(posts.map((post) => post.headers.get("Idempotency-Key"))).toEqual([id, id]);
});

it("sends again what a dead sender left on its way", async () => {
  const { id } = await keep(draft);
  await note(id, { state: "sending", tries: 1, nextAt: Date.now() + 1e6 });
  expect(await sendDue()).toMatchObject({ sent: 1 });
});

it("waits for the person with the reason, and goes once it is written anew", async () => {
  const { id } = await keep(draft);
  answer = () => json(422, { detail: "더 작아요", question: "rollover_or_change" });
  await sendDue();
  expect(await find(id)).toMatchObject({ state: "needs", reason: "더 작아요", question: "rollover_or_change" });
  await sendDue(true);
  expect(posts).toHaveLength(1);
  answer = () => json(201, { id: 7 });
  await rewrite(id, "검침", { kwh: "6.0" });
  expect(await find(id)).not.toHaveProperty("reason");
  expect(await sendDue()).toMatchObject({ sent: 1 });
});

it("never sends what somebody else wrote", async () => {
  await keep(draft);
  who = "another";
  expect(await sendDue(true)).toMatchObject({ sent: 0 });
  who = "";
  expect(await sendDue(true)).toMatchObject({ sent: 0, blocked: true });
  expect(posts).toHaveLength(0);
  expect(await entriesOf("another")).toEqual([]);
  expect(await countOthers("another")).toBe(1);
});

it("stops in the middle when the session changed, and loses nothing", async () => {
  await keep(draft);
  await keep(draft);
  answer = () => json(409, { code: "somebody_else", detail: "x" });
  expect(await sendDue()).toMatchObject({ blocked: true });
  expect(posts).toHaveLength(1);
  expect((await entriesOf(ME)).map((entry) => [entry.state, entry.tries])).toEqual([["saved", 0], ["saved", 0]]);
});

it("packs files beside the fields, and drops them with the entry", async () => {
  const entry = await keep({ ...draft, fields: { note: "a" } }, [
    { field: "photo", name: "m.jpg", bytes: new Blob(["xy"], { type: "image/jpeg" }) },
  ]);
  expect(await filesOf(entry)).toMatchObject([{ field: "photo", name: "m.jpg" }]);
  await sendDue();
  const form = await posts[0]?.formData();
  expect(form?.get("note")).toBe("a");
  expect((form?.get("photo") as File).name).toBe("m.jpg");
  expect(await (await store()).count("files")).toBe(0);
});

it("has one sender at a time", async () => {
  await keep(draft);
  const held = new Set<string>();
  const locks = {
    request: async (name: string, _how: unknown, act: (lock: object | null) => unknown) => {
      if (held.has(name)) return act(null);
      held.add(name);
      try { return await act({}); } finally { held.delete(name); }
    },
  };
  vi.stubGlobal("navigator", { locks });
  const both = await Promise.all([sendDue(), sendDue()]);
  expect(both.filter((outcome) => outcome === undefined)).toHaveLength(1);
  expect(posts).toHaveLength(1);
});

it("says in its own name that there is no room", async () => {
  const full = new DOMException("full", "QuotaExceededError");
  await expect(writing(() => Promise.reject(full))).rejects.toBeInstanceOf(NoRoom);
  await expect(writing(() => Promise.reject(new RangeError("no")))).rejects.toBeInstanceOf(RangeError);
});

it("forgets homes with their person, and keeps what is unsent for its own", async () => {
  await met(ME);
  await remember({ id: 3, name: "우리집", owner: ME });
  await keep(draft);
  expect(await homes()).toHaveLength(1);
  await met("another");
  expect(await homes()).toEqual([]);
  expect(await (await store()).count("homes")).toBe(0);
  expect(await countOthers("another")).toBe(1);
});

it("leaves nothing of who signs out", async () => {
  await met(ME);
  await remember({ id: 3, name: "우리집", owner: ME });
  const entry = await keep(draft, [{ field: "photo", name: "m", bytes: new Blob(["x"]) }]);
  await arrived(await keep(draft), "9");
  await keep({ ...draft, owner: "another" });
  await leave();
  const db = await store();
  expect(await find(entry.id)).toBeUndefined();
  expect(await Promise.all((["files", "homes", "receipts"] as const).map((name) => db.count(name)))).toEqual([0, 0, 0]);
  expect(await db.count("entries")).toBe(1); // another person's waits on
});

it("trusts a person no longer than a session can live", async () => {
  await met(ME);
  await remember({ id: 3, name: "우리집", owner: ME });
  await (await store()).put("facts", { tag: ME, at: Date.now() - 15 * 24 * 3600 * 1000 }, "who");
  expect(await owner()).toBe("");
  expect(await (await store()).count("homes")).toBe(0);
});
