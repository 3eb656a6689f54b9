import { beforeEach, describe, expect, it } from "vitest";
import { holdsFiles, keepForms, restoreForms } from "../src/lib/forms-kept";
import { fieldsOf, now, saidBefore } from "../src/lib/reading";
import { isShape, kindOf, mayBeKept, pagesFor, shapesIn, wanted, type Lab } from "../src/sw/known";
import { whenSeen } from "../src/sw/seen";

const ORIGIN = "https://lab.example";
const lab: Lab = {
  pages: ["/", "/goals/", "/goals/[a-z0-9_-]+/", "/places/(?!choose/)(city/)?[a-z0-9_-]+/"],
  shell: ["/offline/", "/outbox/"],
  takers: [
    { accept: ["text/csv", ".csv"], page: "" },
    { accept: ["image/*"], page: "/offline/reading/" },
    { accept: ["image/*"], page: "/report/", several: true },
  ],
};
const kind = (path: string): string => kindOf(new URL(path, ORIGIN), ORIGIN, lab);

describe("what may be kept", () => {
  it.each(["/", "/goals/", "/goals/bill-20/", "/places/4139059100/", "/places/city/siheung/"])("%s is public", (path) => {
    expect(kind(path)).toBe("public");
  });

  it.each([
    "/me/", "/me/inbox/", "/api/v1/premises/", "/accounts/login/", "/admin/", "/energy/", "/energy/homes/3/",
    "/energy/uploads/", "/care/", "/people/7/", "/goals/?year=2026", "/goals/a/b/", "/places/choose/", "/outbox/who/",
    "https://other.example/goals/", "/goals", "/nothing/",
  ])("%s is never kept", (path) => {
    expect(kind(path)).toBe("never");
  });

  it("knows the pages of the shell whatever their question", () => {
    expect(kind("/outbox/")).toBe("shell");
    expect(kind("/offline/?x=1")).toBe("shell");
  });

  it("keeps borders under their version alone", () => {
    const shape = (path: string): boolean => isShape(new URL(path, ORIGIN), ORIGIN);
    expect(shape("/places/shapes/daegu.json?v=4f0c2a91d7be")).toBe(true);
    expect(shape("/places/shapes/daegu.json")).toBe(false);
    expect(shape("https://other.example/places/shapes/daegu.json?v=1")).toBe(false);
    const page = '<script type="application/json">{"shapes": "/places/shapes/daegu.json?v=4f0c"}</script>';
    expect(shapesIn([page, page, "<p>/places/shapes/x.json</p>"])).toEqual(["/places/shapes/daegu.json?v=4f0c"]);
  });

  it("needs the server's own yes", () => {
    const answer = (status: number, shell?: string): Response =>
      new Response(null, { status, headers: shell ? { "X-Shell": shell } : {} });
    expect(mayBeKept(answer(200, "public"))).toBe(true);
    expect(mayBeKept(answer(200))).toBe(false);
    expect(mayBeKept(answer(404, "public"))).toBe(false);
  });
});

it("leads photos to the pages that show them, a file to the server", () => {
  const photo = { name: "m.jpg", type: "image/jpeg" };
  expect(pagesFor([photo], lab)).toEqual(["/offline/reading/", "/report/"]);
  expect(pagesFor([photo, photo], lab)).toEqual(["/report/"]);
  expect(pagesFor([{ name: "A.CSV", type: "" }], lab)).toEqual([]);
  expect(pagesFor([photo, { name: "A.CSV", type: "" }], lab)).toEqual([]);
  expect(pagesFor([{ name: "a.mp4", type: "video/mp4" }], lab)).toEqual([]);
});

it("says in the page's own language when it was seen", () => {
  const html = '<!doctype html>\n<html lang="ko" data-who=""><body><time data-seen></time></body></html>';
  const shown = whenSeen(html, new Date("2026-11-23T00:05:00Z"));
  expect(shown).toContain('<html data-seen-at="2026-11-23T00:05:00.000Z" lang="ko"');
  expect(shown).toMatch(/<time datetime="[^"]+">2026년 11월 2\d일/);
});

it("takes along what the pages of the shell ask for", () => {
  const page = '<link href="/static/assets/main-AAAAAAAA.css"><img src="/static/favicon.svg"><a href="/goals/">';
  expect(wanted(["/static/assets/main-AAAAAAAA.css"], [page])).toEqual([
    "/static/assets/main-AAAAAAAA.css", "/static/favicon.svg",
  ]);
});

describe("a form over a reload", () => {
  const html = `<form><input name="a"><input type="checkbox" name="b" value="1">
    <input type="hidden" name="csrfmiddlewaretoken" value="old"><input type="password" name="p">
    <select name="c"><option value="1">1</option><option value="2">2</option></select>
    <input type="file" name="f"></form>`;
  const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) as HTMLInputElement;
  beforeEach(() => {
    sessionStorage.clear();
    document.body.innerHTML = html;
  });

  it("brings back what was half filled in, once, and no secrets", () => {
    field("a").value = "half";
    field("b").checked = true;
    field("c").value = "2";
    field("p").value = "secret";
    keepForms(document);
    expect(sessionStorage.getItem(sessionStorage.key(0) ?? "")).not.toContain("secret");
    document.body.innerHTML = html.replace("old", "new");
    restoreForms(document);
    expect([field("a").value, field("b").checked, field("c").value]).toEqual(["half", true, "2"]);
    expect(field("csrfmiddlewaretoken").value).toBe("new");
    expect(sessionStorage.length).toBe(0);
  });

  it("knows that a chosen file cannot be given back", () => {
    expect(holdsFiles(document)).toBe(false);
    Object.defineProperty(field("f"), "files", { value: [new File(["x"], "a.csv")] });
    expect(holdsFiles(document)).toBe(true);
  });
});

it("says a reading as the server takes it, and back", () => {
  const said = { day: "2026-11-23", at: "08:05", kwh: "120.0", what: "changed", old_final_kwh: "999.9", new_first_kwh: "" };
  const fields = fieldsOf(said, true);
  expect(fields).toEqual({
    read_at: "2026-11-23T08:05:00+09:00", kwh: "120.0", meter_changed: true, old_final_kwh: "999.9", confirm: true,
  });
  expect(saidBefore(fields)).toEqual(said);
});

it("reads the clock at the meter, wherever the phone is", () => {
  expect(now(new Date("2026-11-22T23:05:00Z"))).toEqual({ day: "2026-11-23", at: "08:05" });
});
