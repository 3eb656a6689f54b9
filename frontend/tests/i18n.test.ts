import { afterEach, expect, it } from "vitest";
import { fill, gettext, ngettext } from "../src/lib/i18n";

const page = window as unknown as { django?: object };
afterEach(() => delete page.django);

it("falls back to the source text without a catalogue", () => {
  expect(gettext("Saved")).toBe("Saved");
  expect(ngettext("%s day", "%s days", 2)).toBe("%s days");
});

it("asks Django's catalogue", () => {
  page.django = { gettext: () => "저장했어요" };
  expect(gettext("Saved")).toBe("저장했어요");
});

it("fills named places and leaves unknown ones visible", () => {
  expect(fill("%(a)s · %(b)s", { a: "1" })).toBe("1 · %(b)s");
});
