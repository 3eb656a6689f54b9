/** A photo as it leaves the phone: upright, small enough, without anything but its pixels. */

export const LONGEST = 2048;
const QUALITY = 0.82;
const PICTURES = /\.(jpe?g|png|webp|hei[cf]|avif)$/i;

export class NoPicture extends Error {
  override name = "NoPicture";
}

/** How large a picture becomes; never larger than it is. */
export function fitted(width: number, height: number, longest = LONGEST): { width: number; height: number } {
  const share = Math.min(1, longest / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

export function isPicture({ type, name }: File): boolean {
  return type.startsWith("image/") ? type !== "image/svg+xml" : type === "" && PICTURES.test(name);
}

function surface(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** WebP where the browser writes it, else JPEG. */
export function written(canvas: HTMLCanvasElement): Promise<Blob> {
  const as = (type: string): Promise<Blob | null> =>
    new Promise((done) => canvas.toBlob(done, type, QUALITY));
  return as("image/webp").then(async (blob) => {
    const found = blob?.type === "image/webp" ? blob : await as("image/jpeg");
    if (!found) throw new NoPicture("the canvas gave nothing");
    return found;
  });
}

/** The pixels of a file as the camera meant them: upright, on white. */
export async function drawn(file: Blob, longest = LONGEST): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = fitted(bitmap.width, bitmap.height, longest);
  const canvas = surface(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new NoPicture("no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}

function named(name: string, { type }: Blob): string {
  const bare = name.replace(/\.[^.]*$/, "") || "photo";
  return `${bare}.${type === "image/webp" ? "webp" : "jpg"}`;
}

export async function asFile(canvas: HTMLCanvasElement, name: string): Promise<File> {
  const blob = await written(canvas);
  return new File([blob], named(name, blob), { type: blob.type });
}

const BEGINNINGS: readonly [at: number, bytes: string][] = [
  [0, "\xff\xd8\xff"], // JPEG
  [0, "\x89PNG"],
  [8, "WEBP"],
  [4, "ftyp"], // HEIC, AVIF
];

/** Whether a file begins as pictures do, whatever its name says. */
export async function beginsAsPicture(file: Blob): Promise<boolean> {
  const first = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const said = String.fromCharCode(...first);
  return BEGINNINGS.some(([at, bytes]) => said.startsWith(bytes, at));
}

/** Shrunk and turned; what this browser cannot read (HEIC) goes as it is, for the server. */
export async function shrunk(file: File): Promise<File> {
  if (!isPicture(file)) throw new NoPicture(file.name);
  try {
    return await asFile(await drawn(file), file.name);
  } catch {
    if (await beginsAsPicture(file)) return file;
    throw new NoPicture(file.name);
  }
}
