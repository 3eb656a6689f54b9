/** Where a JPEG or HEIC says it was taken, read on the phone before everything of it is dropped. */

export type Spot = { lon: number; lat: number };

const HEAD_BYTES = 1024 * 1024; // in a HEIC the notes lie beside the pixels
const [GPS_PLACE, LAT_LETTER, LAT, LON_LETTER, LON] = [0x8825, 1, 2, 3, 4];

/** Reads one directory of TIFF fields: tag → offset of its value and how many. */
function fields(view: DataView, start: number, at: number, little: boolean): Map<number, { at: number; count: number }> {
  const found = new Map<number, { at: number; count: number }>();
  const many = view.getUint16(start + at, little);
  for (let n = 0; n < many; n++) {
    const entry = start + at + 2 + n * 12;
    found.set(view.getUint16(entry, little), { at: entry + 8, count: view.getUint32(entry + 4, little) });
  }
  return found;
}

function degrees(view: DataView, at: number, little: boolean): number {
  const part = (n: number): number =>
    view.getUint32(at + n * 8, little) / view.getUint32(at + n * 8 + 4, little);
  return part(0) + part(1) / 60 + part(2) / 3600;
}

function read(view: DataView, start: number): Spot | undefined {
  const little = view.getUint16(start) === 0x4949;
  const first = fields(view, start, view.getUint32(start + 4, little), little);
  const place = first.get(GPS_PLACE);
  if (!place) return undefined;
  const gps = fields(view, start, view.getUint32(place.at, little), little);
  const value = (tag: number, letter: number, negative: string): number => {
    const [number, sign] = [gps.get(tag), gps.get(letter)];
    if (!number || !sign) return NaN;
    const size = degrees(view, start + view.getUint32(number.at, little), little);
    return String.fromCharCode(view.getUint8(sign.at)) === negative ? -size : size;
  };
  const [lat, lon] = [value(LAT, LAT_LETTER, "S"), value(LON, LON_LETTER, "W")];
  const isSomewhere = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0);
  return isSomewhere ? { lon, lat } : undefined;
}

/** The segment that holds the camera's notes; nothing in other files. */
function notes(view: DataView): number | undefined {
  if (view.byteLength < 12 || view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const mark = view.getUint16(at);
    if (mark >> 8 !== 0xff || mark === 0xffda) return undefined;
    if (mark === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10; // "Exif"
  }
  return undefined;
}

/** The same in a HEIC, where they follow their own name: "Exif", two zeros, a byte order. */
function notesInBoxes(view: DataView): number | undefined {
  if (view.byteLength < 12 || view.getUint32(4) !== 0x66747970) return undefined; // "ftyp"
  for (let at = 12; at + 14 < view.byteLength; at++) {
    const isNamed = view.getUint32(at) === 0x45786966 && view.getUint16(at + 4) === 0;
    if (isNamed && [0x49492a00, 0x4d4d002a].includes(view.getUint32(at + 6))) return at + 6;
  }
  return undefined;
}

export async function takenAt(file: Blob): Promise<Spot | undefined> {
  try {
    const view = new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const start = notes(view) ?? notesInBoxes(view);
    return start === undefined ? undefined : read(view, start);
  } catch {
    return undefined; // cut short or nonsense: then nobody said where
  }
}
