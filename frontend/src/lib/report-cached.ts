/** Public reports this phone has seen: known ones can be shown without a network. */
import type { FeatureCollection, Point } from "geojson";
import { keepLast, last } from "./last";
import { part } from "./part";
import { cardOf, type Known, type Props } from "./report-known";

type Facts = Omit<Known, "metres" | "photo"> & { category: string };
type Points = FeatureCollection<Point, Facts>;
type Named = Pick<Known, "id" | "title">;
type Asked = { category: string; lon: number; lat: number; into: HTMLElement };

const NAME = "reports";
const FRESH_MS = 30 * 60_000;
const RADIUS_M = 100;
const MOST = 5;
const EARTH_M = 6_371_009;

export function metresBetween(lon1: number, lat1: number, lon2: number, lat2: number): number {
  const turn = (degrees: number): number => (degrees * Math.PI) / 180;
  const north = Math.sin(turn(lat2 - lat1) / 2) ** 2;
  const east = Math.cos(turn(lat1)) * Math.cos(turn(lat2)) * Math.sin(turn(lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.sqrt(north + east));
}

/** Of the same kind and near: open ones first, then by distance. */
export function knownHere({ features }: Points, category: string, lon: number, lat: number, radius: number): Known[] {
  return features
    .filter(({ properties }) => properties.category === category)
    .map(({ geometry, properties }) => {
      const [x = 0, y = 0] = geometry.coordinates;
      return { ...properties, metres: Math.round(metresBetween(lon, lat, x, y)) };
    })
    .filter(({ metres }) => metres <= radius)
    .sort((a, b) => Number(b.is_open) - Number(a.is_open) || a.metres - b.metres)
    .slice(0, MOST);
}

/** The newest of each city, asked for again at most every half an hour. */
async function refresh(url: string, boxes: readonly string[]): Promise<Points | undefined> {
  const kept = await last<Points>(NAME).catch(() => undefined);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.value;
  const asked = boxes.map(async (box) => {
    const response = await fetch(`${url}?box=${box}`);
    if (!response.ok) throw new TypeError("no reports");
    return ((await response.json()) as Points).features;
  });
  const found = await Promise.all(asked).catch(() => undefined);
  if (!found) return kept?.value;
  const points: Points = { type: "FeatureCollection", features: found.flat() };
  await keepLast(NAME, points).catch(() => undefined);
  return points;
}

/** Answers the form's question offline, and hears "I met it too" of its cards and the server's. */
export function offerCached(
  root: HTMLElement, form: HTMLFormElement, props: Props & { boxes: string[] }, at: { meet(known: Named): void; signal: AbortSignal },
): void {
  let points: Points | undefined;
  let shown: Known[] = [];
  const { signal } = at;
  void refresh(props.pointsUrl, props.boxes).then((found) => (points = found)).catch(() => undefined);

  form.addEventListener("report:known-offline", (event) => {
    const { category, lon, lat, into } = (event as CustomEvent<Asked>).detail;
    if (!points || !lon || !lat) return;
    const kind = form.querySelector<HTMLElement>(`[data-kind="${CSS.escape(category)}"]`);
    const radius = Number(kind?.dataset.radius ?? RADIUS_M);
    shown = knownHere(points, category, lon, lat, radius);
    const template = part<HTMLTemplateElement>(root, "template[data-card]");
    const cards = shown.map((known) => {
      const card = cardOf(template, known, props.words.metres);
      part<HTMLButtonElement>(card, "[data-met-too]").onclick = () => at.meet(known);
      return card;
    });
    into.replaceChildren(...cards);
    event.preventDefault();
  }, { signal });

  // What the server keeps of a page gone through without this script goes by the form alone.
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    const issue = button?.dataset.met;
    if (!issue || form.elements.namedItem("draft")) return;
    event.preventDefault();
    const title = button.closest("li")?.querySelector(".ll-issue__title")?.textContent?.trim() ?? "";
    at.meet({ id: Number(issue), title });
  }, { signal });
}
