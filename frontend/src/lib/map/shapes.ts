/** The neighbourhoods of a city as a map draws them, and which one a point lies in. */
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";

export type Dong = Feature<Polygon | MultiPolygon, { code: string; name: string; centre: [number, number] }>;
export type Dongs = FeatureCollection<Polygon | MultiPolygon, Dong["properties"]> & { approximate?: boolean };
export type City = {
  code: string;
  name: string;
  shapes: string; // address of its dongs
  box: [number, number, number, number];
  outline: [number, number][];
};
export type Place = { city: City; dong?: Dong };

const loaded = new Map<string, Promise<Dongs>>();

/** Loaded once a page; a failure is forgotten, so that the next call asks again. */
export function shapesOf(city: City): Promise<Dongs> {
  const known = loaded.get(city.shapes);
  if (known) return known;
  const asked = fetch(city.shapes).then((response) => {
    if (!response.ok) throw new TypeError(`no shapes of ${city.code}`);
    return response.json() as Promise<Dongs>;
  });
  loaded.set(city.shapes, asked);
  asked.catch(() => loaded.delete(city.shapes));
  return asked;
}

/** Whether a ring goes around the point: how often a ray to the east crosses it. */
function isAround(ring: readonly Position[], lon: number, lat: number): boolean {
  let isIn = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[i] ?? [];
    const [x2 = 0, y2 = 0] = ring[j] ?? [];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isIn = !isIn;
  }
  return isIn;
}

export function lies(lon: number, lat: number, { geometry }: Dong): boolean {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(
    ([border, ...holes]) => isAround(border ?? [], lon, lat) && !holes.some((hole) => isAround(hole, lon, lat)),
  );
}

/** The city and dong of a point; nothing: it lies outside all of them. */
export async function placeAt(lon: number, lat: number, cities: readonly City[]): Promise<Place | undefined> {
  for (const city of cities) {
    const [west, south, east, north] = city.box;
    // Official borders may reach a little over the coarse outline's box.
    const isFar = lon < west - 0.05 || lon > east + 0.05 || lat < south - 0.05 || lat > north + 0.05;
    if (isFar) continue;
    const dongs = await shapesOf(city).catch(() => undefined);
    const dong = dongs?.features.find((one) => lies(lon, lat, one));
    if (dong) return { city, dong };
    if (!dongs && isAround(city.outline, lon, lat)) return { city };
  }
  return undefined;
}
