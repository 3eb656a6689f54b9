/** Covers places in the pixels themselves. */
import type { Box } from "./cover";
import { asFile, drawn } from "./shrink";

/** The photo with those places in one colour each: what was there cannot be had back. */
export async function covered(photo: File, boxes: readonly Box[]): Promise<File> {
  const canvas = await drawn(photo);
  const context = canvas.getContext("2d");
  const dot = document.createElement("canvas");
  [dot.width, dot.height] = [1, 1];
  const mean = dot.getContext("2d", { willReadFrequently: true });
  if (!context || !mean) throw new TypeError("no canvas");
  for (const [left, top, right, bottom] of boxes) {
    const [x, y] = [Math.floor(left * canvas.width), Math.floor(top * canvas.height)];
    const [width, height] = [Math.max(1, Math.ceil(right * canvas.width) - x), Math.max(1, Math.ceil(bottom * canvas.height) - y)];
    mean.drawImage(canvas, x, y, width, height, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = mean.getImageData(0, 0, 1, 1).data;
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, y, width, height);
  }
  return asFile(canvas, photo.name);
}
