/** Where it is: the phone's own position, a point on the map, or a name from the list. */
import type { City } from "./map/shapes";
import { propsOf } from "./mount";
import { part } from "./part";
import { piece, put, said, step, type Form } from "./report-form";

type Spot = { lon: number; lat: number };
type Picked = Spot & { from?: string };
type Found = { city: string; name: string };

const PATIENCE_MS = 12_000;

function show(form: Form): void {
  const place = step(form, "place");
  const from = said(form, "place_from");
  for (const panel of place.querySelectorAll<HTMLElement>("[data-panel]")) {
    panel.hidden = panel.dataset.panel !== (from === "photo" ? "map" : from);
  }
  part(place, "[data-optional]").hidden = from !== "list";
}

function citiesOf(form: Form): City[] {
  const map = form.querySelector<HTMLElement>('[data-island="map"]');
  return map ? (propsOf(map) as { cities: City[] }).cities : [];
}

/** What the shapes kept on this phone say; the server finds it again on sending. */
async function fromShapes(form: Form): Promise<Found | undefined> {
  if (said(form, "place_from") === "list") return undefined;
  const { placeAt } = await import("./map/shapes");
  const found = await placeAt(Number(said(form, "lon")), Number(said(form, "lat")), citiesOf(form));
  if (!found) return undefined;
  return { city: found.city.code, name: `${found.city.name} ${found.dong?.properties.name ?? ""}` };
}

function tell(found: Found | undefined): HTMLElement[] {
  if (!found) return [];
  const line = document.createElement("p");
  line.className = "ll-ask__found";
  line.dataset.city = found.city;
  line.textContent = found.name;
  return [line];
}

async function ask(form: Form): Promise<void> {
  const into = part(form, "[data-found]");
  const html = await piece(form, "place");
  if (html !== null) into.innerHTML = html;
  else into.replaceChildren(...tell(await fromShapes(form)));
}

export function hasPlace(form: Form): boolean {
  if (said(form, "place_from") !== "list") return said(form, "lon") !== "" && said(form, "lat") !== "";
  return said(form, "neighbourhood") !== "" && said(form, "address") !== "";
}

/** A point came from the phone, the map or a photo. */
async function take(form: Form, { lon, lat, from = "map" }: Picked): Promise<void> {
  put(form, "place_from", from);
  put(form, "lon", lon.toFixed(6));
  put(form, "lat", lat.toFixed(6));
  show(form);
  const map = form.querySelector('[data-island="map"]');
  map?.dispatchEvent(new CustomEvent("place:show", { detail: { lon, lat } }));
  await ask(form);
}

function position(): Promise<GeolocationPosition> {
  return new Promise((found, lost) => {
    const wanted = { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 30_000 };
    navigator.geolocation.getCurrentPosition(found, lost, wanted);
  });
}

async function locate(form: Form): Promise<void> {
  part(form, "[data-lost]").hidden = true;
  part(form, "[data-looking]").hidden = false;
  try {
    const { coords } = await position();
    await take(form, { lon: coords.longitude, lat: coords.latitude, from: "device" });
  } catch {
    part(form, "[data-lost]").hidden = false;
  }
  part(form, "[data-looking]").hidden = true;
}

/** Whoever allowed it before is not asked to tap: the place is there with the question. */
export async function locateIfAllowed(form: Form): Promise<void> {
  if (said(form, "place_from") || !("permissions" in navigator)) return;
  const { state } = await navigator.permissions.query({ name: "geolocation" });
  if (state !== "granted") return;
  put(form, "place_from", "device");
  show(form);
  await locate(form);
}

const photoChoice = (form: Form): HTMLElement => part(step(form, "place"), "[data-from-photo]");

/** Where a photo here or one sent before was taken, as the form knows it. */
function taken(form: Form): Spot | undefined {
  const [lon = NaN, lat = NaN] = (form.dataset.taken || (photoChoice(form).dataset.at ?? "")).split(",").map(Number);
  return Number.isFinite(lon) && Number.isFinite(lat) ? { lon, lat } : undefined;
}

/**
 * A way to say it as long as such a photo is there, taken in one of the cities or close to
 * it. Decided at once: nothing moves under a finger when the question is asked.
 */
function offerPhoto(form: Form): void {
  const spot = taken(form);
  const isClose = spot !== undefined && citiesOf(form).some(({ box: [west, south, east, north] }) =>
    spot.lon >= west && spot.lon <= east && spot.lat >= south && spot.lat <= north);
  photoChoice(form).hidden = !isClose && said(form, "place_from") !== "photo";
}

function takePhotos(form: Form): void {
  const spot = taken(form);
  if (spot) void take(form, { ...spot, from: "photo" });
}

function change(form: Form, field: HTMLInputElement): void {
  if (field.name === "place_from") {
    show(form);
    part(form, "[data-found]").replaceChildren();
    if (field.value === "device") void locate(form);
    else if (field.value === "photo") takePhotos(form);
    else if (field.value === "list" ? said(form, "neighbourhood") : said(form, "lon")) void ask(form);
  } else if (field.name === "neighbourhood" && field.value) {
    void ask(form);
  }
}

export function startPlace(form: Form, signal: AbortSignal): void {
  show(form);
  form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) change(form, target as HTMLInputElement);
  }, { signal });
  form.addEventListener("photos:position", () => offerPhoto(form), { signal });
  if (form.dataset.taken) offerPhoto(form); // chosen before we were here
  form.addEventListener("place:picked", (event) => void take(form, (event as CustomEvent<Picked>).detail), { signal });
}
