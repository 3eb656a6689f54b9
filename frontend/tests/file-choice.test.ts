import { expect, it } from "vitest";
import { mount, readable } from "../src/islands/file-choice";

const props = { maxBytes: 100, tooLarge: "%(size)s: 너무 커요", chosen: "%(name)s · %(size)s" };

function choose(size: number): { input: HTMLInputElement; says: HTMLElement } {
  document.body.innerHTML = `<div data-island="file-choice"><input type="file"><p data-says></p></div>`;
  const root = document.querySelector<HTMLElement>("[data-island]")!;
  const input = root.querySelector("input")!;
  mount(root, props);
  const file = new File([new Uint8Array(size)], "usage.csv");
  Object.defineProperty(input, "files", { value: [file] });
  input.dispatchEvent(new Event("change"));
  return { input, says: root.querySelector<HTMLElement>("[data-says]")! };
}

it("says which file was chosen and how large it is", () => {
  expect(choose(50).says.textContent).toBe("usage.csv · 50 B");
});

it("refuses a file that is too large before it is sent", () => {
  const { input, says } = choose(101);
  expect(says.textContent).toContain("너무 커요");
  expect(input.validity.customError).toBe(true);
});

it("writes sizes as people read them", () => {
  expect([readable(500), readable(20_480), readable(5 * 1024 ** 2)]).toEqual(["500 B", "20 KB", "5.0 MB"]);
});
