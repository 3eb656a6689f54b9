import { describe, expect, it } from "vitest";
import { delay, judge, reasonOf } from "../src/lib/verdict";

const said = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });

describe("what an answer means", () => {
  it("is an arrival only when the server names what it made", async () => {
    expect(await judge(said(201, { id: 12 }), 1)).toEqual({ is: "arrived", answer: "12" });
    expect((await judge(said(200, {}), 1)).is).toBe("again");
  });

  it("is no arrival when another network's page says that all is well", async () => {
    const page = new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } });
    expect((await judge(page, 1)).is).toBe("again");
  });

  it("is no arrival when the answer breaks off in the middle", async () => {
    const half = new Response('{"id": 1', { status: 201, headers: { "Content-Type": "application/json" } });
    expect((await judge(half, 1)).is).toBe("again");
  });

  it.each([500, 502, 503, 408, 425, 429])("tries again after %i", async (status) => {
    expect((await judge(said(status, {}), 1)).is).toBe("again");
  });

  it("waits as long as the server asks for", async () => {
    const verdict = await judge(said(429, {}, { "Retry-After": "90" }), 1);
    expect(verdict).toEqual({ is: "again", afterMs: 90_000 });
  });

  it("needs the person after a refusal, with its sentence and its question", async () => {
    const asked = said(422, { code: "reading_needs_answer", detail: "더 작아요", question: "slip" });
    const verdict = await judge(asked, 1);
    expect(verdict).toMatchObject({ is: "needs", reason: "더 작아요", question: "slip" });
    expect(verdict).toHaveProperty("said.code", "reading_needs_answer"); // all of it, for whoever asks
    expect(await judge(said(404, { detail: "없어요" }), 1)).toEqual({ is: "needs", reason: "없어요" });
  });

  it("says it when the first version has arrived already", async () => {
    const verdict = await judge(said(422, { code: "already_received", detail: "도착했어요" }), 2);
    expect(verdict).toMatchObject({ is: "needs", reason: "도착했어요", question: "already_received" });
  });

  it("stops while nobody or somebody else is signed in", async () => {
    expect((await judge(said(401, {}), 1)).is).toBe("stop");
    expect((await judge(said(409, { code: "somebody_else" }), 1)).is).toBe("stop");
  });

  it("asks for a fresh token when the old one is refused", async () => {
    expect((await judge(said(403, { detail: "CSRF Failed: token" }), 1)).is).toBe("again");
    expect((await judge(said(403, { detail: "Not yours" }), 1)).is).toBe("needs");
  });
});

it("puts every field's sentence into the reason once", () => {
  expect(reasonOf({ kwh: ["하나", "둘"], read_at: ["하나"] })).toBe("하나 둘");
});

it("finds the sentences of a list's fields too, and takes no name for a sentence", () => {
  expect(reasonOf({ code: "invalid", alts: { 0: ["너무 길어요"], 2: ["비었어요", "너무 길어요"] } })).toBe("너무 길어요 비었어요");
  expect(reasonOf({ boxes: [{}, { left: ["숫자를 적어 주세요"] }], question: "x", words: null })).toBe("숫자를 적어 주세요");
});

it("waits longer with every try, never over an hour and a half, and never the same", () => {
  expect(delay(1, 0.5)).toBe(5_000);
  expect(delay(4, 0.5)).toBe(40_000);
  expect(delay(40, 1)).toBe(1.5 * 3_600_000);
  expect(delay(3, 0)).toBeLessThan(delay(3, 1));
});
