/**
 * Draws what the table beside it says: each day's use as a bar, what was expected as
 * a line in its band, days without data as hatched gaps.
 *
 *   <div data-island="usage-chart" data-props="day-chart">
 *     <div class="ll-chart__frame" data-frame></div>
 *     <p class="ll-chart__says" data-says></p>
 *   </div>
 */
import uPlot from "uplot";
import { fill } from "../lib/i18n";
import { part } from "../lib/part";

type Value = number | null;

export type Props = {
  days: string[]; // ISO, every day in order
  labels: string[]; // the same days in words
  actual: Value[]; // kWh
  expected: Value[];
  low: Value[];
  high: Value[];
  lang: string;
  words: { day: string; gap: string; hint: string };
};

type Paint = { actual: string; expected: string; band: string; gap: string; grid: string; text: string };

const SECONDS_A_DAY = 86_400;

export function seconds(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** The sentence for one day; a missing day is said to be missing. */
export function sentence(props: Props, index: number): string {
  const number = new Intl.NumberFormat(props.lang, { maximumFractionDigits: 1 });
  const actual = props.actual[index] ?? null;
  const expected = props.expected[index] ?? null;
  const values = {
    day: props.labels[index] ?? "",
    actual: actual === null ? "–" : number.format(actual),
    expected: expected === null ? "–" : number.format(expected),
  };
  return fill(actual === null ? props.words.gap : props.words.day, values);
}

function paintOf(root: Element): Paint {
  const style = getComputedStyle(root);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    actual: colour("--color-energy"),
    expected: colour("--color-text-soft"),
    band: colour("--color-text-soft"),
    gap: colour("--color-line-control"),
    grid: colour("--color-line"),
    text: colour("--color-text-soft"),
  };
}

function hatchGaps(plot: uPlot, paint: Paint): void {
  const { ctx, bbox } = plot;
  const [xs, actual] = plot.data;
  ctx.save();
  ctx.beginPath();
  for (let i = 0; i < xs.length; i++) {
    if (actual?.[i] !== null) continue;
    const left = plot.valToPos(xs[i]! - SECONDS_A_DAY / 2, "x", true);
    const right = plot.valToPos(xs[i]! + SECONDS_A_DAY / 2, "x", true);
    ctx.rect(left, bbox.top, right - left, bbox.height);
  }
  ctx.clip();
  ctx.strokeStyle = paint.gap;
  ctx.globalAlpha = 0.5;
  ctx.lineWidth = 1;
  ctx.beginPath();
  const step = 7 * devicePixelRatio;
  for (let x = bbox.left - bbox.height; x < bbox.left + bbox.width; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

function faint(colour: string): string {
  return `color-mix(in srgb, ${colour} 22%, transparent)`;
}

function options(root: HTMLElement, frame: HTMLElement, props: Props, paint: Paint): uPlot.Options {
  const px = parseFloat(getComputedStyle(root).fontSize) || 16;
  const font = `${Math.round(px * 0.8)}px ${getComputedStyle(root).fontFamily}`;
  const day = new Intl.DateTimeFormat(props.lang, { month: "numeric", day: "numeric", timeZone: "UTC" });
  const dates = (_: uPlot, splits: number[]): string[] => splits.map((at) => day.format(at * 1000));
  return {
    width: frame.clientWidth,
    height: frame.clientHeight,
    padding: [12, px * 0.9, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: { x: { time: true, range: (_, min, max) => [min - SECONDS_A_DAY * 0.6, max + SECONDS_A_DAY * 0.6] }, y: { range: (_, __, max) => [0, Math.max(max * 1.1, 1)] } },
    tzDate: (at) => new Date(at * 1000 + new Date(at * 1000).getTimezoneOffset() * 60_000),
    axes: [
      { font, stroke: paint.text, grid: { show: false }, ticks: { show: false }, values: dates, space: px * 4, size: px * 2 },
      { font, stroke: paint.text, grid: { stroke: paint.grid, width: 1 }, ticks: { show: false }, size: px * 2.4 },
    ],
    series: [
      {},
      { fill: paint.actual, width: 0, points: { show: false }, paths: uPlot.paths.bars!({ size: [0.72, 26], radius: 0.25 }) },
      { stroke: "transparent", points: { show: false } },
      { stroke: "transparent", points: { show: false } },
      { stroke: paint.expected, width: 2, points: { show: false }, spanGaps: false },
    ],
    bands: [{ series: [3, 2], fill: faint(paint.band) }],
    hooks: {
      drawClear: [(plot) => hatchGaps(plot, paint)],
      setCursor: [(plot) => tell(root, props, plot.cursor.idx ?? null)],
    },
  };
}

function tell(root: HTMLElement, props: Props, index: number | null): void {
  const says = part(root, "[data-says]");
  says.textContent = index === null ? props.words.hint : sentence(props, index);
}

export function mount(root: HTMLElement, props: Props): () => void {
  const frame = part(root, "[data-frame]");
  const data: uPlot.AlignedData = [props.days.map(seconds), props.actual, props.low, props.high, props.expected];
  let plot: uPlot | undefined;

  function draw(): void {
    plot?.destroy();
    plot = new uPlot(options(root, frame, props, paintOf(root)), data, frame);
    tell(root, props, null);
  }

  const size = new ResizeObserver(() => {
    plot?.setSize({ width: frame.clientWidth, height: frame.clientHeight });
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", draw);
  draw();
  size.observe(frame);

  return () => {
    size.disconnect();
    dark.removeEventListener("change", draw);
    plot?.destroy();
  };
}
