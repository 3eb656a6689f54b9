import { beforeEach, describe, expect, it, vi } from "vitest";
import { cityOf, fitsCity, put, query, said, type Form } from "../src/lib/report-form";
import { chosen, rank, showChosen, unanswered } from "../src/lib/report-kinds";
import { hasPlace } from "../src/lib/report-place";

vi.mock("../src/lib/htmx", () => ({ onNewContent: vi.fn() }));

const PAGE = `<form action="/report/">
  <fieldset data-step="place">
    <input name="lon"><input name="lat">
    <input type="radio" name="place_from" value="device"><input type="radio" name="place_from" value="list">
    <select name="neighbourhood"><option value=""></option><option value="4139059100">정왕1동</option></select>
    <div data-found><p data-city="siheung"></p></div>
    <input name="address"><button data-city="daegu"></button>
  </fieldset>
  <fieldset data-step="what">
    <label data-kind="pothole" data-cities="siheung daegu"><input type="radio" name="category" value="pothole"></label>
    <label data-kind="light" data-cities="daegu"><input type="radio" name="category" value="light"></label>
    <label data-kind="light" data-cities="siheung"><input type="radio" name="category" value="light"></label>
    <div data-notice-of="light" data-cities="siheung"></div>
  </fieldset>
  <fieldset data-step="questions">
    <fieldset data-questions="light" data-cities="siheung" hidden disabled>
      <div data-required><input name="answer-number"></div>
      <fieldset data-required><input type="radio" name="answer-state" value="off"></fieldset>
    </fieldset>
  </fieldset>
  <textarea name="words"></textarea><input type="email" name="email" value="a@b.kr">
</form>`;

let form: Form;
beforeEach(() => {
  document.body.innerHTML = PAGE;
  form = document.querySelector("form") as Form;
});

describe("finding a kind by its words", () => {
  const light = "가로등 고장 street light out 가로등이나 보안등이 꺼졌거나 깜빡여요 가로등 보안등 깜빡";
  it("knows a word of it, whatever follows the word", () => {
    expect(rank("가로등", light)).toBeGreaterThan(0);
    expect(rank("가로등이 밤새 깜빡거려요", light)).toBeGreaterThan(0);
    expect(rank("Street", light)).toBeGreaterThan(0);
    expect(rank("냄새가 나요", light)).toBe(0);
  });
  it("values more words higher", () => {
    expect(rank("가로등 깜빡", light)).toBeGreaterThan(rank("가로등", light));
  });
  it("has no answer to nothing", () => {
    expect(rank("  ", light)).toBe(0);
  });
});

describe("the place", () => {
  it("is a point, or a neighbourhood with a word where", () => {
    expect(hasPlace(form)).toBe(false);
    put(form, "place_from", "list");
    put(form, "neighbourhood", "4139059100");
    (form.querySelector("select") as HTMLSelectElement).value = "4139059100";
    expect(hasPlace(form)).toBe(false);
    put(form, "address", "정왕역");
    expect(hasPlace(form)).toBe(true);
    put(form, "place_from", "device");
    expect(hasPlace(form)).toBe(false);
    put(form, "lon", "126.7");
    put(form, "lat", "37.3");
    expect(hasPlace(form)).toBe(true);
  });

  it("is asked with either, never with both, and without contacts", () => {
    put(form, "lon", "126.7");
    put(form, "lat", "37.3");
    (form.querySelector("select") as HTMLSelectElement).value = "4139059100";
    put(form, "place_from", "list");
    expect(query(form)).toBe("place_from=list&neighbourhood=4139059100");
    put(form, "place_from", "device");
    expect(query(form)).toBe("place_from=device&lon=126.7&lat=37.3");
    expect(said(form, "email")).toBe("a@b.kr");
  });

  it("names its city, whatever the map's buttons say", () => {
    expect(cityOf(form)).toBe("siheung");
    expect(fitsCity(form.querySelector('[data-cities="daegu"]') as HTMLElement, "siheung")).toBe(false);
    expect(fitsCity(form.querySelector('[data-cities="daegu"]') as HTMLElement, "")).toBe(true);
  });
});

describe("the chosen kind", () => {
  beforeEach(() => {
    put(form, "category", "light");
    showChosen(form);
  });
  it("is that of the city", () => {
    expect(chosen(form)?.dataset.cities).toBe("siheung");
    expect(form.querySelector("[data-notice-of]")?.hasAttribute("data-now")).toBe(true);
  });
  it("asks its questions, and only its own are sent", () => {
    const asked = form.querySelector("[data-questions]") as HTMLFieldSetElement;
    expect([asked.hidden, asked.disabled]).toEqual([false, false]);
    put(form, "category", "pothole");
    showChosen(form);
    expect([asked.hidden, asked.disabled]).toEqual([true, true]);
  });
  it("waits for what must be answered, one after the other", () => {
    expect(unanswered(form)?.querySelector("input")?.name).toBe("answer-number");
    put(form, "answer-number", "12-3");
    expect(unanswered(form)?.querySelector("input")?.name).toBe("answer-state");
    put(form, "answer-state", "off");
    expect(unanswered(form)).toBeUndefined();
  });
});
