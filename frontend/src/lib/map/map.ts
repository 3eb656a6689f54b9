/** The map itself; islands/map.ts says what it needs and loads it when it is seen. */
import L from "leaflet";
import { fill } from "../i18n";
import { drawCities, layTiles, startMap, type Tiles, type Words } from "./draw";
import { showPoints } from "./points";
import { placeAt, type City } from "./shapes";
import { part } from "../part";

type From = "device" | "map";
type Spot = { lon: number; lat: number };
export type Props = {
  cities: City[];
  tiles: Tiles;
  words: Words;
  pick?: boolean;
  points?: string;
  at?: [number, number] | null;
  city?: string;
};

const CLOSE = { onTiles: 16, onShapes: 14 }; // zoom: shapes alone say little from near
const POSITION: PositionOptions = { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 };

export function mount(root: HTMLElement, props: Props): () => void {
  const { cities, words } = props;
  const frame = part(root, "[data-frame]");
  const says = part(root, "[data-says]");
  const tools = root.querySelector<HTMLElement>("[data-tools]");
  const form = root.closest("form");
  const undo: (() => void)[] = [];

  const map = startMap(frame, words);
  const sign = L.divIcon({ className: "ll-map__mark", iconSize: [32, 40], iconAnchor: [16, 38] });
  const mark = L.marker([0, 0], { icon: sign, keyboard: false, interactive: false });

  function say(sentence: string | undefined, values: Record<string, string> = {}): void {
    says.textContent = fill(sentence ?? "", values);
  }
  function write(name: string, value: string): void {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof RadioNodeList) field.value = value;
  }
  function read(name: string): number {
    const field = form?.elements.namedItem(name);
    return field instanceof HTMLInputElement ? Number(field.value) : 0;
  }
  function put({ lon, lat }: Spot, isNear = true): void {
    mark.setLatLng([lat, lon]).addTo(map);
    const zoom = map.getZoom() || 0; // nothing before the first view
    map.setView([lat, lon], isNear ? Math.max(zoom, props.tiles.url ? CLOSE.onTiles : CLOSE.onShapes) : zoom);
  }

  /** A place inside the cities is taken at once; any other is only told. */
  async function choose(spot: Spot, from: From): Promise<void> {
    const place = await placeAt(spot.lon, spot.lat, cities);
    if (!place) return say(from === "map" ? words.outside : words.far_off);
    const [lon, lat] = [Number(spot.lon.toFixed(6)), Number(spot.lat.toFixed(6))];
    put({ lon, lat }, from !== "map");
    const name = [place.city.name, place.dong?.properties.name ?? ""].join(" ").trim();
    say(words.chosen, { place: name });
    write("lon", String(lon));
    write("lat", String(lat));
    write("place_from", from);
    const detail = { lon, lat, from, code: place.dong?.properties.code ?? "", name, city: place.city.code };
    root.dispatchEvent(new CustomEvent("place:picked", { bubbles: true, detail }));
  }
  function showCity(code: string | undefined): void {
    const city = cities.find((one) => one.code === code) ?? cities[0];
    const [west, south, east, north] = city?.box ?? [126, 35, 129, 38];
    map.fitBounds([[south, west], [north, east]]);
  }
  function here(): void {
    say(words.asking);
    const found = ({ coords }: GeolocationPosition): void =>
      void choose({ lon: coords.longitude, lat: coords.latitude }, "device");
    const unknown = (): void => say(words.no_position);
    if (navigator.geolocation) navigator.geolocation.getCurrentPosition(found, unknown, POSITION);
    else unknown();
  }
  function press(event: MouseEvent): void {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const { lng, lat } = map.getCenter();
    if (button?.dataset.city) showCity(button.dataset.city);
    if (button?.hasAttribute("data-here")) here();
    if (button?.hasAttribute("data-middle")) void choose({ lon: lng, lat }, "map");
  }
  function listen<T>(target: EventTarget, name: string, act: (detail: T) => void): void {
    const heard = (event: Event): void => act((event as CustomEvent<T>).detail);
    target.addEventListener(name, heard);
    undo.push(() => target.removeEventListener(name, heard));
  }
  function begin(): void {
    const [lon, lat] = props.pick ? [read("lon"), read("lat")] : [0, 0];
    if (lon && lat) put({ lon, lat });
    else if (props.at) put({ lon: props.at[0], lat: props.at[1] });
    else showCity(props.city);
  }

  begin();
  if (props.pick) {
    map.on("click", ({ latlng }) => void choose({ lon: latlng.lng, lat: latlng.lat }, "map"));
    listen<Spot>(root, "place:show", (spot) => put(spot));
  }
  if (tools) {
    const isAskedElsewhere = form?.querySelector("[name=place_from][value=device]") != null;
    const button = tools.querySelector<HTMLElement>("[data-here]");
    if (button) button.hidden = isAskedElsewhere;
    tools.addEventListener("click", press);
  }
  const told = (at: number): void => {
    const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    say(words.kept, { day: day.format(at) });
  };
  if (props.points) undo.push(showPoints(map, props.points, words.several ?? "", told));
  void drawCities(map, root, cities);
  void layTiles(map, props.tiles);
  const size = new ResizeObserver(() => map.invalidateSize());
  size.observe(frame);
  return () => {
    size.disconnect();
    for (const act of undo) act();
    map.remove();
  };
}
