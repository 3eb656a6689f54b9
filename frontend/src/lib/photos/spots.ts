/** Where the photos of a form were taken: told as long as one that says so is among them. */
import { takenAt, type Spot } from "./taken-at";

const spots = new WeakMap<File, Spot>();

/** Reads it from the photo as it came; what becomes of that on the phone says nothing any more. */
export async function noteSpot(came: File, kept: File): Promise<void> {
  const spot = await takenAt(came);
  if (spot) spots.set(kept, spot);
}

/** The same photo with faces covered was taken at the same place. */
export function passSpot(from: File, to: File): void {
  const spot = spots.get(from);
  if (spot) spots.set(to, spot);
}

/** The form hears `photos:position` {lon, lat}, or nothing once that photo is left out. */
export function tellSpot(form: HTMLElement, files: readonly File[]): void {
  const spot = files.map((file) => spots.get(file)).find(Boolean);
  const said = spot ? `${spot.lon},${spot.lat}` : "";
  if ((form.dataset.taken ?? "") === said) return;
  form.dataset.taken = said;
  form.dispatchEvent(new CustomEvent("photos:position", { detail: spot }));
}
