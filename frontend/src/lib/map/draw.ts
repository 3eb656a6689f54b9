/** Draws a calm map: plain ground, dongs with their names, tiles only where they are set. */
import L from "leaflet";
import "./map.css";
import { breathe } from "../breathe";
import { shapesOf, type City } from "./shapes";

export type Tiles = { url: string; by: string };
export type Words = Readonly<Record<string, string>>;

const NAMES_FROM = 10.5; // zoom; below it names would lie on each other
const TILE_WAIT_MS = 4_000;
const MIN_GAP_PX = 64;
const AT_ONCE = 12; // dongs drawn in one piece of work

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
export async function drawCities(map: L.Map, root: Element, cities: readonly City[]): Promise<void> {
  const names: { at: L.LatLng; words: string }[] = [];
  const signs = L.layerGroup().addTo(map);
  let hasTiles = false;
  let isGone = false;
  let style = look(root, hasTiles);
  const drawn = L.geoJSON(undefined, { style: () => style }).addTo(map);
  const colour = (): void => void drawn.setStyle((style = look(root, hasTiles)));
  const name = (): void => nameThem(map, signs, names);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", colour);
  map.once("unload", () => {
    isGone = true;
    dark.removeEventListener("change", colour);
  });
  map.on("tiles:here tiles:gone", ({ type }) => {
    hasTiles = type === "tiles:here";
    colour();
  });
  const found = await Promise.all(cities.map((city) => shapesOf(city).catch(() => undefined)));
  if (isGone) return;
  const dongs = found.flatMap((one) => one?.features ?? []);
  for (let at = 0; at < dongs.length; at += AT_ONCE) {
    await breathe();
    if (isGone) return;
    for (const dong of dongs.slice(at, at + AT_ONCE)) {
      const [lon, lat] = dong.properties.centre;
      drawn.addData(dong);
      names.push({ at: L.latLng(lat, lon), words: dong.properties.name });
    }
  }
  await breathe();
  if (isGone) return;
  map.on("zoomend moveend", name);
  name();
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
  let isGone = false;
  map.once("unload", () => (isGone = true));
  if (!(await answers(first)) || isGone) return;
  const layer = L.tileLayer(url, { attribution: by, maxZoom: 18 }).addTo(map);
  L.control.attribution({ prefix: false }).addTo(map);
  map.fire("tiles:here");
  layer.on("load", () => {
    const isAny = layer.getContainer()?.querySelector(".leaflet-tile-loaded") != null;
    map.fire(isAny ? "tiles:here" : "tiles:gone"); // the shapes are whole again without them
  });
}
