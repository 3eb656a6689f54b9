/** Every pair of ink and ground that components use, in light, dark and high contrast. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = (name: string): string => readFileSync(`src/styles/tokens/${name}.css`, "utf8");
const krds = new Map([...css("krds").matchAll(/(--krds-[\w-]+):\s*(#\w+);/g)].map((m) => [m[1]!, m[2]!]));
const product = css("product");
const highAt = product.indexOf(':root[data-contrast="high"]');
const systemAt = product.indexOf("@media (prefers-contrast: more)");

type Pair = { light: string; dark: string };

function value(text: string): string {
  const name = /var\((--krds-[\w-]+)\)/.exec(text)?.[1];
  const found = name ? krds.get(name) : text.trim();
  if (!found?.startsWith("#")) throw new Error(`No colour known for ${text}`);
  return found;
}

function tokens(block: string): Map<string, Pair> {
  const all = block.matchAll(/(--color-[\w-]+):\s*light-dark\(((?:[^()]|\([^()]*\))*?),\s*((?:[^()]|\([^()]*\))*?)\);/g);
  return new Map([...all].map((m) => [m[1]!, { light: value(m[2]!), dark: value(m[3]!) }]));
}

const normal = tokens(product.slice(0, highAt));
const high = new Map([...normal, ...tokens(product.slice(highAt, systemAt))]);
const system = new Map([...normal, ...tokens(product.slice(systemAt))]);

function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/\w/g, "$&$&") : hex;
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(full.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

const words: [string, string[]][] = [
  ["--color-text", ["--color-ground", "--color-surface", "--color-raised", "--color-sunken", "--color-primary-tint"]],
  ["--color-text-soft", ["--color-ground", "--color-surface", "--color-raised", "--color-sunken", "--color-primary-tint"]],
  ["--color-link", ["--color-ground", "--color-surface", "--color-sunken", "--color-primary-tint"]],
  ["--color-on-primary", ["--color-primary", "--color-primary-strong"]],
  ["--color-danger", ["--color-surface", "--color-danger-tint"]],
  ["--color-warning", ["--color-surface", "--color-warning-tint"]],
  ["--color-success", ["--color-surface", "--color-success-tint"]],
  ["--color-info", ["--color-surface", "--color-info-tint"]],
  ...["energy", "air", "reports", "care", "projects", "mobility"].map(
    (life): [string, string[]] => [`--color-${life}-ink`, ["--color-surface", "--color-ground"]],
  ),
  ["--color-text", ["--color-danger-tint", "--color-warning-tint", "--color-success-tint", "--color-info-tint"]],
];

const graphics: [string, string[]][] = [
  ...["energy", "air", "reports", "care", "projects", "mobility"].map(
    (life): [string, string[]] => [`--color-${life}`, ["--color-surface"]],
  ),
  ["--color-line-control", ["--color-surface", "--color-ground"]],
  ["--color-focus", ["--color-surface", "--color-ground"]],
  ["--color-part-base", ["--color-surface"]],
  ["--color-part-heating", ["--color-surface"]],
  ["--color-part-cooling", ["--color-surface"]],
];

const looks = { normal, high, system };

describe.each(Object.keys(looks) as (keyof typeof looks)[])("%s contrast", (look) => {
  describe.each(["light", "dark"] as const)("%s", (mode) => {
    const of = (name: string): string => {
      const found = looks[look].get(name);
      if (!found) throw new Error(`No token ${name}`);
      return found[mode];
    };
    it.each(words)("%s reads on its grounds", (ink, grounds) => {
      for (const ground of grounds) expect(ratio(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    });
    it.each(graphics)("%s is seen on its grounds", (ink, grounds) => {
      for (const ground of grounds) expect(ratio(of(ink), of(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(3);
    });
  });
});
