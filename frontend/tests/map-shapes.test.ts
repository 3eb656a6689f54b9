import { expect, it, vi } from "vitest";
import { lies, placeAt, shapesOf, type City, type Dong, type Dongs } from "../src/lib/map/shapes";

const ring = (west: number, south: number, size: number): [number, number][] => [
  [west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south],
];
const dong = (name: string, ...rings: [number, number][][]): Dong => ({
  type: "Feature", properties: { code: name, name, centre: [0, 0] }, geometry: { type: "Polygon", coordinates: rings },
});
const city = (code: string, west: number): City => ({
  code, name: code, shapes: `/places/shapes/${code}.json?v=1`, box: [west, 37, west + 1, 38], outline: ring(west, 37, 1),
});
const CITIES = [city("siheung", 126), city("daegu", 128)];
const dongs: Record<string, Dongs> = {
  siheung: { type: "FeatureCollection", features: [dong("정왕1동", ring(126, 37, 0.5)), dong("대야동", ring(126.5, 37, 0.5))] },
};

it("finds a point in a ring, not in its hole, and in each part of several", () => {
  const pond = dong("정왕1동", ring(126, 37, 1), ring(126.4, 37.4, 0.2));
  expect(lies(126.1, 37.1, pond)).toBe(true);
  expect(lies(126.5, 37.5, pond)).toBe(false);
  expect(lies(125.9, 37.5, pond)).toBe(false);
  const islands: Dong = { ...pond, geometry: { type: "MultiPolygon", coordinates: [[ring(126, 37, 0.1)], [ring(127, 37, 0.1)]] } };
  expect(lies(127.05, 37.05, islands)).toBe(true);
  expect(lies(126.5, 37.05, islands)).toBe(false);
});

it("names the dong, or only the city where its shapes cannot be had, or nothing", async () => {
  vi.stubGlobal("fetch", (address: string) => {
    const code = /shapes\/(\w+)/.exec(address)?.[1] ?? "";
    return dongs[code] ? Promise.resolve(Response.json(dongs[code])) : Promise.reject(new TypeError("offline"));
  });
  expect((await placeAt(126.6, 37.2, CITIES))?.dong?.properties.name).toBe("대야동");
  const unnamed = await placeAt(128.5, 37.5, CITIES);
  expect(unnamed).toMatchObject({ city: { code: "daegu" } });
  expect(unnamed?.dong).toBeUndefined();
  expect(await placeAt(127.5, 37.5, CITIES)).toBeUndefined();
});

it("asks again after a failure and never twice after an answer", async () => {
  const lab = city("lab", 127);
  let calls = 0;
  vi.stubGlobal("fetch", () => (++calls === 1 ? Promise.reject(new TypeError("offline")) : Promise.resolve(Response.json(dongs.siheung))));
  await expect(shapesOf(lab)).rejects.toThrow("offline");
  expect((await shapesOf(lab)).features).toHaveLength(2);
  await shapesOf(lab);
  expect(calls).toBe(2);
});
