import { describe, expect, it } from "vitest";
import { NoPicture, beginsAsPicture, shrunk } from "../src/lib/photos/shrink";

const bytes = (...all: number[]): Blob => new Blob([new Uint8Array(all)]);
const letters = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

describe("what this browser cannot read", () => {
  it("goes to the server where it begins as a picture does", async () => {
    expect(await beginsAsPicture(bytes(0xff, 0xd8, 0xff, 0xe0))).toBe(true);
    expect(await beginsAsPicture(bytes(0x89, ...letters("PNG")))).toBe(true);
    expect(await beginsAsPicture(bytes(0, 0, 0, 24, ...letters("ftypheic")))).toBe(true);
    const heic = new File([bytes(0, 0, 0, 24, ...letters("ftypheic"))], "a.heic", { type: "image/heic" });
    expect(await shrunk(heic)).toBe(heic);
  });

  it("is refused at once where only its name says that it is one", async () => {
    expect(await beginsAsPicture(new Blob(["not a photo"]))).toBe(false);
    const text = new File(["not a photo"], "a.jpg", { type: "image/jpeg" });
    await expect(shrunk(text)).rejects.toBeInstanceOf(NoPicture);
  });
});
