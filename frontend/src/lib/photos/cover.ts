/** Rectangles over a photo, drawn with a finger, a mouse or the keyboard. */
import { fill } from "../i18n";

export type Box = [left: number, top: number, right: number, bottom: number]; // shares of 1
export type Words = { box: string };

type Shown = { box: Box; sign: HTMLButtonElement };

const TAP = 0.02; // less is a tap, not a stroke
const SIZE = 0.16;
const STEP = 0.02;

const within = (share: number): number => Math.min(Math.max(share, 0), 1);
const MOVES: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP],
};

/** A box around a place, inside the picture. */
export function around(x: number, y: number, size = SIZE): Box {
  const [left, top] = [within(Math.min(x - size / 2, 1 - size)), within(Math.min(y - size / 2, 1 - size))];
  return [left, top, left + size, top + size];
}

export function between(x1: number, y1: number, x2: number, y2: number): Box {
  const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)].map(within) as [number, number];
  const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)].map(within) as [number, number];
  return [left, top, right, bottom];
}

/** Moved, or with its far corner moved, and never out of the picture. */
export function shifted([left, top, right, bottom]: Box, dx: number, dy: number, isSize: boolean): Box {
  if (isSize) return [left, top, within(Math.max(right + dx, left + STEP)), within(Math.max(bottom + dy, top + STEP))];
  const x = Math.min(Math.max(dx, -left), 1 - right);
  const y = Math.min(Math.max(dy, -top), 1 - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

export interface Cover { boxes(): Box[]; add(): void; removeLast(): void; end(): void }

/** `stage` holds the picture; boxes are buttons on it. `changed` hears how many there are. */
export function startCover(stage: HTMLElement, words: Words, changed: (count: number) => void): Cover {
  const all: Shown[] = [];
  let stroke: { x: number; y: number; held?: Shown; isNew: boolean } | undefined;

  function show(one: Shown): void {
    const [left, top, right, bottom] = one.box.map((share) => `${(share * 100).toFixed(2)}%`);
    Object.assign(one.sign.style, { left, top, width: `calc(${right} - ${left})`, height: `calc(${bottom} - ${top})` });
    one.sign.setAttribute("aria-label", fill(words.box, { number: String(all.indexOf(one) + 1) }));
  }
  function put(box: Box): Shown {
    const sign = document.createElement("button");
    sign.type = "button";
    sign.className = "ll-cover__box";
    const one = { box, sign };
    all.push(one);
    stage.append(sign);
    show(one);
    changed(all.length);
    return one;
  }
  function remove(one: Shown | undefined): void {
    if (!one) return;
    all.splice(all.indexOf(one), 1);
    one.sign.remove();
    all.forEach(show);
    changed(all.length);
    (all.at(-1)?.sign ?? stage).focus();
  }
  function at({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }
  function down(event: PointerEvent): void {
    if (event.button !== 0) return;
    const held = all.find(({ sign }) => sign === event.target);
    stroke = { ...at(event), isNew: !held, ...(held ? { held } : {}) };
    stage.setPointerCapture(event.pointerId);
    if (!held) event.preventDefault();
  }
  function move(event: PointerEvent): void {
    if (!stroke) return;
    const { x, y } = at(event);
    const isFar = Math.hypot(x - stroke.x, y - stroke.y) > TAP;
    if (!stroke.held && isFar) {
      stroke.held = put(between(stroke.x, stroke.y, x, y));
      return;
    }
    if (!stroke.held) return;
    const { held } = stroke;
    if (stroke.isNew) held.box = between(stroke.x, stroke.y, x, y);
    else {
      held.box = shifted(held.box, x - stroke.x, y - stroke.y, false);
      stroke = { ...stroke, x, y };
    }
    show(held);
  }
  function up(event: PointerEvent): void {
    if (stroke && !stroke.held) {
      const { x, y } = at(event);
      put(around(x, y)).sign.focus();
    } else stroke?.held?.sign.focus();
    stroke = undefined;
  }
  function key(event: KeyboardEvent): void {
    const one = all.find(({ sign }) => sign === event.target);
    const way = MOVES[event.key];
    if (!one) return;
    if (event.key === "Delete" || event.key === "Backspace") remove(one);
    else if (way) {
      one.box = shifted(one.box, way[0], way[1], event.shiftKey);
      show(one);
    } else return;
    event.preventDefault();
  }

  stage.addEventListener("pointerdown", down);
  stage.addEventListener("pointermove", move);
  stage.addEventListener("pointerup", up);
  stage.addEventListener("keydown", key);
  return {
    boxes: () => all.map(({ box }) => box),
    add: () => put(around(0.5, 0.5)).sign.focus(),
    removeLast: () => remove(all.find(({ sign }) => sign === document.activeElement) ?? all.at(-1)),
    end: () => {
      for (const { sign } of all) sign.remove();
      stage.removeEventListener("pointerdown", down);
      stage.removeEventListener("pointermove", move);
      stage.removeEventListener("pointerup", up);
      stage.removeEventListener("keydown", key);
    },
  };
}
