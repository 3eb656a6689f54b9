/** Reports on a map: one sign each, several near each other as one number. */
import L from "leaflet";
import type { FeatureCollection, Point } from "geojson";
import { fill } from "../i18n";
import { keepLast, last } from "../last";

type Facts = { id: number; url: string; title: string; state: string; tone?: string; age?: string };
type Points = FeatureCollection<Point, Facts>;

const CELL_PX = 48;
const CALM_MS = 250;

function card({ url, title, state, age }: Facts): HTMLElement {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = url;
  link.textContent = title;
  const line = document.createElement("p");
  line.textContent = [state, age].filter(Boolean).join(" · ");
  box.append(link, line);
  return box;
}

function one(facts: Facts, at: L.LatLng): L.Marker {
  const className = `ll-map__point ll-map__point--${facts.tone ?? "info"}`;
  const icon = L.divIcon({ className, iconSize: [28, 28] });
  const alt = [facts.title, facts.state, facts.age].filter(Boolean).join(" · ");
  return L.marker(at, { icon, alt, title: facts.title }).bindPopup(() => card(facts), { closeButton: false, offset: [0, -8] });
}

function many(map: L.Map, points: readonly L.LatLng[], sentence: string): L.Marker {
  const bounds = L.latLngBounds([...points]);
  const count = document.createElement("b");
  count.textContent = String(points.length);
  const icon = L.divIcon({ className: "ll-map__many", html: count, iconSize: [40, 40] });
  const words = fill(sentence, { count: String(points.length) });
  const marker = L.marker(bounds.getCenter(), { icon, alt: words, title: words });
  return marker.on("click", () => map.fitBounds(bounds, { maxZoom: map.getZoom() + 3, padding: [40, 40] }));
}

export function place(map: L.Map, layer: L.LayerGroup, { features }: Points, sentence: string): void {
  const cells = new Map<string, { facts: Facts; at: L.LatLng }[]>();
  for (const { geometry, properties } of features) {
    const at = L.latLng(geometry.coordinates[1] ?? 0, geometry.coordinates[0] ?? 0);
    const { x, y } = map.project(at);
    const key = `${Math.floor(x / CELL_PX)}/${Math.floor(y / CELL_PX)}`;
    cells.set(key, [...(cells.get(key) ?? []), { facts: properties, at }]);
  }
  layer.clearLayers();
  for (const group of cells.values()) {
    const [first] = group;
    if (group.length === 1 && first) layer.addLayer(one(first.facts, first.at));
    else layer.addLayer(many(map, group.map(({ at }) => at), sentence));
  }
}

/** Asks for the points of what is seen, each time that changes; offline the last ones. */
export function showPoints(map: L.Map, address: string, sentence: string, told: (at: number) => void): () => void {
  const layer = L.layerGroup().addTo(map);
  let asking = new AbortController();
  let timer = 0;

  async function ask(): Promise<void> {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    const bounds = map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const mark = address.includes("?") ? "&" : "?";
    try {
      const response = await fetch(`${address}${mark}box=${box.map((side) => side.toFixed(5)).join(",")}`, { signal });
      if (!response.ok) return;
      const points = (await response.json()) as Points;
      place(map, layer, points, sentence);
      await keepLast(`points:${address}`, points).catch(() => undefined);
    } catch {
      if (signal.aborted) return;
      const kept = await last<Points>(`points:${address}`).catch(() => undefined);
      if (kept) place(map, layer, kept.value, sentence);
      if (kept) told(kept.at);
    }
  }

  const soon = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void ask(), CALM_MS);
  };
  map.on("moveend", soon);
  soon();
  return () => {
    window.clearTimeout(timer);
    asking.abort();
  };
}
