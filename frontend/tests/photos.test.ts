import { expect, it } from "vitest";
import { around, between, shifted } from "../src/lib/photos/cover";
import { fitted, isPicture } from "../src/lib/photos/shrink";
import { noteSpot, passSpot, tellSpot } from "../src/lib/photos/spots";
import { takenAt } from "../src/lib/photos/taken-at";
import { knownHere, metresBetween } from "../src/lib/report-cached";

it("fits a picture into the longest side and never enlarges it", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 2048, height: 1536 });
  expect(fitted(3000, 4000)).toEqual({ width: 1536, height: 2048 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(50_000, 1)).toEqual({ width: 2048, height: 1 });
});

it("knows a photo by its type, or by its name where a phone says none", () => {
  expect(isPicture(new File(["x"], "IMG_1.HEIC"))).toBe(true);
  expect(isPicture(new File(["x"], "a.pdf", { type: "application/pdf" }))).toBe(false);
  expect(isPicture(new File(["x"], "a.svg", { type: "image/svg+xml" }))).toBe(false);
  expect(isPicture(new File(["x"], "notes.txt"))).toBe(false);
});

it("keeps rectangles inside the picture, drawn from any corner", () => {
  expect(between(0.8, 0.9, 0.2, -0.4)).toEqual([0.2, 0, 0.8, 0.9]);
  const [left, top, right, bottom] = around(0.99, 0.01);
  expect([right <= 1, top, left > 0.8, bottom > 0.1]).toEqual([true, 0, true, true]);
  expect(shifted([0.5, 0.5, 0.9, 0.9], 0.5, 0, false).map((n) => Number(n.toFixed(3)))).toEqual([0.6, 0.5, 1, 0.9]);
  const small = shifted([0.5, 0.5, 0.52, 0.9], -0.3, 0, true);
  expect(small[2]).toBeGreaterThan(small[0]);
});

/** A JPEG head with nothing but a place, in either byte order. */
function jpeg(little: boolean, [lat, lon]: [number, number], letters = "NE"): Blob {
  const view = new DataView(new ArrayBuffer(200));
  const [u16, u32] = [(at: number, n: number) => view.setUint16(at, n, little), (at: number, n: number) => view.setUint32(at, n, little)];
  view.setUint16(0, 0xffd8);
  view.setUint16(2, 0xffe1);
  view.setUint16(4, 190);
  view.setUint32(6, 0x45786966);
  const start = 12;
  view.setUint16(start, little ? 0x4949 : 0x4d4d);
  u16(start + 2, 42);
  u32(start + 4, 8);
  u16(start + 8, 1);
  u16(start + 10, 0x8825);
  u32(start + 18, 30); // the place's own directory
  u16(start + 30, 4);
  const entry = (n: number, tag: number, value: number | string): void => {
    const at = start + 32 + n * 12;
    u16(at, tag);
    u32(at + 4, 3);
    if (typeof value === "string") view.setUint8(at + 8, value.charCodeAt(0));
    else u32(at + 8, value);
  };
  entry(0, 1, letters[0]!);
  entry(1, 2, 90);
  entry(2, 3, letters[1]!);
  entry(3, 4, 114);
  for (const [at, degrees] of [[90, lat], [114, lon]] as const) {
    u32(start + at, Math.round(degrees * 1e6));
    u32(start + at + 4, 1e6);
    for (const more of [8, 16]) u32(start + at + more + 4, 1);
  }
  return new Blob([view]);
}

it.each([true, false])("reads where a photo was taken (little endian: %s)", async (little) => {
  const spot = await takenAt(jpeg(little, [37.3463, 126.7386]));
  expect(spot?.lat).toBeCloseTo(37.3463, 4);
  expect(spot?.lon).toBeCloseTo(126.7386, 4);
  expect((await takenAt(jpeg(little, [33.5, 70.2], "SW")))?.lat).toBeCloseTo(-33.5, 3);
});

it("reads it in the boxes of a HEIC too, past the name of the notes", async () => {
  const boxes = ["\0\0\0\x18ftypheicmif1heic", "\0\0\0\x20infe\x02\0\0\0Exif\0\0\0\0*infe", "\0\0\0\x06Exif\0\0"];
  const heic = new Blob([...boxes, jpeg(false, [37.3463, 126.7386]).slice(12)]);
  expect((await takenAt(heic))?.lon).toBeCloseTo(126.7386, 4);
  expect(await takenAt(new Blob(boxes))).toBeUndefined();
});

it("tells where the photos were taken as long as such a photo is there", async () => {
  const heard: unknown[] = [];
  const form = Object.assign(new EventTarget(), { dataset: {} as DOMStringMap }) as unknown as HTMLElement;
  form.addEventListener("photos:position", (event) => heard.push((event as CustomEvent<unknown>).detail));
  const came = new File([jpeg(true, [37.3463, 126.7386])], "a.jpg");
  const [plain, small, covered] = ["b", "c", "d"].map((name) => new File([name], name)) as [File, File, File];
  await noteSpot(came, small); // shrunk: it says nothing itself
  tellSpot(form, [plain]);
  expect(heard).toEqual([]);
  tellSpot(form, [plain, small]);
  expect(form.dataset.taken).toMatch(/^126\.7386\d*,37\.3463/);
  passSpot(small, covered);
  tellSpot(form, [plain, covered]);
  expect(heard).toHaveLength(1);
  tellSpot(form, [plain]);
  expect([heard.length, heard[1], form.dataset.taken]).toEqual([2, null, ""]);
});

it("says nothing where a photo says nothing, or nonsense", async () => {
  expect(await takenAt(jpeg(true, [0, 0]))).toBeUndefined();
  expect(await takenAt(jpeg(true, [137, 126]))).toBeUndefined();
  expect(await takenAt(jpeg(true, [37, 126]).slice(0, 60))).toBeUndefined();
  expect(await takenAt(new Blob(["not a photo at all"]))).toBeUndefined();
  expect(await takenAt(new Blob([]))).toBeUndefined();
});

it("finds known reports of the kind nearby, open ones first", () => {
  const report = (id: number, lon: number, category: string, is_open = true) => ({
    type: "Feature" as const, geometry: { type: "Point" as const, coordinates: [lon, 37] },
    properties: { id, category, is_open, url: "", title: "", words: "", at: "", state_words: "" },
  });
  const points = { type: "FeatureCollection" as const, features: [
    report(1, 126.0001, "pothole", false), report(2, 126.0008, "pothole"), report(3, 126.0001, "litter"), report(4, 126.01, "pothole"),
  ] };
  const found = knownHere(points, "pothole", 126, 37, 100);
  expect(found.map(({ id }) => id)).toEqual([2, 1]);
  expect(found[0]?.metres).toBe(71);
  expect(metresBetween(126, 37, 126, 38) / 1000).toBeCloseTo(111.2, 1);
});
