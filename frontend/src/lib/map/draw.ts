/** Draws a calm map: plain ground, dongs with their names, tiles only where they are set. */
import L from "leaflet";
import "./map.css";
import { shapesOf, type City } from "./shapes";

export type Tiles = { url: string; by: string };
export type Words = Readonly<Record<string, string>>;

const NAMES_FROM = 10.5; // zoom; below it names would lie on each other
const TILE_WAIT_MS = 4_000;
const MIN_GAP_PX = 64;

/** A token as the colour it is just now: a canvas knows no light-dark(). */
function paint(root: Element, name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function look(root: Element, hasTiles: boolean): L.PathOptions {
  return {
    color: paint(root, "--map-line"),
    fillColor: paint(root, "--map-land"),
    fillOpacity: hasTiles ? 0.15 : 1,
    weight: 1,
    interactive: false,
  };
}

export function startMap(frame: HTMLElement, words: Words): L.Map {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(frame, {
    preferCanvas: true,
    zoomControl: false,
    attributionControl: false,
    minZoom: 8,
    maxZoom: 18,
    zoomSnap: 0.5,
    scrollWheelZoom: false,
    zoomAnimation: !isCalm,
    fadeAnimation: !isCalm,
    markerZoomAnimation: !isCalm,
    inertia: !isCalm,
  });
  L.control.zoom({ position: "bottomright", zoomInTitle: words.nearer ?? "", zoomOutTitle: words.farther ?? "" }).addTo(map);
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", words.label ?? "");
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  return map;
}

/** Names at the middle of their dong, never one over another. */
function nameThem(map: L.Map, layer: L.LayerGroup, names: readonly { at: L.LatLng; words: string }[]): void {
  layer.clearLayers();
  if (map.getZoom() < NAMES_FROM) return;
  const seen = map.getBounds();
  const taken: L.Point[] = [];
  for (const { at, words } of names) {
    if (!seen.contains(at)) continue;
    const point = map.latLngToContainerPoint(at);
    if (taken.some((one) => Math.abs(one.x - point.x) < MIN_GAP_PX && Math.abs(one.y - point.y) < 20)) continue;
    taken.push(point);
    const sign = document.createElement("span");
    sign.textContent = words;
    const icon = L.divIcon({ className: "ll-map__name", html: sign, iconSize: [0, 0] });
    layer.addLayer(L.marker(at, { icon, interactive: false, keyboard: false }));
  }
}

/** The dongs of every city; what cannot be loaded is simply not drawn. */
export async function drawCities(map: L.Map, root: Element, cities: readonly City[]): Promise<() => void> {
  const shapes = L.layerGroup().addTo(map);
  const signs = L.layerGroup().addTo(map);
  const names: { at: L.LatLng; words: string }[] = [];
  const found = await Promise.all(cities.map((city) => shapesOf(city).catch(() => undefined)));
  const drawn: L.GeoJSON[] = found.flatMap((dongs) => (dongs ? [L.geoJSON(dongs)] : []));
  for (const layer of drawn) shapes.addLayer(layer);
  for (const dong of found.flatMap((dongs) => dongs?.features ?? [])) {
    const [lon, lat] = dong.properties.centre;
    names.push({ at: L.latLng(lat, lon), words: dong.properties.name });
  }
  let hasTiles = false;
  const colour = (): void => drawn.forEach((layer) => layer.setStyle(look(root, hasTiles)));
  const name = (): void => nameThem(map, signs, names);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", colour);
  map.on("zoomend moveend", name);
  map.on("tiles:here", () => {
    hasTiles = true;
    colour();
  });
  colour();
  name();
  return () => dark.removeEventListener("change", colour);
}

function answers(address: string): Promise<boolean> {
  const picture = new Image();
  return new Promise((decide) => {
    const timer = window.setTimeout(() => decide(false), TILE_WAIT_MS);
    picture.onload = picture.onerror = (event) => {
      window.clearTimeout(timer);
      decide((event as Event).type === "load");
    };
    picture.src = address;
  });
}

/** Pictures under the shapes, once one of them has come: the map never waits for them. */
export async function layTiles(map: L.Map, { url, by }: Tiles): Promise<void> {
  if (!url) return;
  const { lat, lng } = map.getCenter();
  const [z, n] = [12, 2 ** 12];
  const y = (1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2;
  const first = L.Util.template(url, { z, x: Math.floor(((lng + 180) / 360) * n), y: Math.floor(y * n), s: "a", r: "" });
  if (!(await answers(first))) return;
  L.tileLayer(url, { attribution: by, maxZoom: 18 }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  map.fire("tiles:here");
}
