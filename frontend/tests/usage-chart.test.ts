import { expect, it } from "vitest";
import { type Props, seconds, sentence } from "../src/islands/usage-chart";

const props: Props = {
  days: ["2026-11-01", "2026-11-02"],
  labels: ["11월 1일", "11월 2일"],
  actual: [8.25, null],
  expected: [9, 9.5],
  low: [7, 7.5],
  high: [11, 11.5],
  lang: "ko",
  words: {
    day: "%(day)s: %(actual)s kWh, 예상 %(expected)s kWh",
    gap: "%(day)s: 데이터가 없어요",
    hint: "하루를 짚어 보세요",
  },
};

it("says a day in words", () => {
  expect(sentence(props, 0)).toBe("11월 1일: 8.3 kWh, 예상 9 kWh");
});

it("says of a missing day that it is missing, never zero", () => {
  expect(sentence(props, 1)).toBe("11월 2일: 데이터가 없어요");
});

it("places days a day apart", () => {
  expect(seconds("2026-11-02") - seconds("2026-11-01")).toBe(86_400);
});
