import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mount } from "../src/islands/report-offline";
import { entriesOf } from "../src/lib/outbox";
import { met } from "../src/lib/owner";
import { NoRoom, store } from "../src/lib/store";
import * as drafts from "../src/lib/drafts";
import { ME, at, begin, props, soon } from "./report-page";

let root: HTMLElement;
let stop = (): void => undefined;
let stand = (): void => undefined; // the photos' island has made them small

const counted = async (name: "shared" | "files"): Promise<number> => (await store()).count(name);

/** The share sheet handed one over; the photos' island is alive and takes its time. */
beforeEach(async () => {
  root = await begin();
  await met(ME);
  await (await store()).put("shared", { id: "s1", at: Date.now(), name: "a.jpg", bytes: new Blob(["a"]) });
  history.replaceState(null, "", "/report/?shared=s1");
  at("form").insertAdjacentHTML("beforeend", '<div data-island="report-photos" data-alive><input type=file name=photos></div>');
  at("[data-island]").addEventListener("photos:add", (event) => {
    const { files, stand: stands } = (event as CustomEvent<{ files: File[]; stand(): void }>).detail;
    stand = () => {
      const value = files.map(({ name }) => new File(["a"], name)); // a stored one has no bytes here
      Object.assign(at("[name=photos]"), { files: value });
      at("form").dispatchEvent(new CustomEvent("photos:changed"));
      stands();
    };
  });
  stop = mount(root, props);
  await soon(() => stand.length === 0 && at<HTMLInputElement>("[name=key]").value);
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

it("lets go of a shared photo only once a draft holds it", async () => {
  at("form").dispatchEvent(new Event("input")); // written while the photo is made small
  await soon(async () => (await entriesOf(ME)).length);
  expect([await counted("shared"), location.search]).toEqual([1, "?shared=s1"]);
  stand();
  await soon(async () => (await counted("shared")) === 0);
  expect([await counted("files"), location.search]).toEqual([1, ""]);
  expect((await entriesOf(ME))[0]?.files).toMatchObject([{ field: "photos" }]);
});

it("keeps it in the share sheet's place while the phone has no room for a draft", async () => {
  const full = vi.spyOn(drafts, "write").mockRejectedValue(new NoRoom("full"));
  stand();
  await soon(() => full.mock.calls.length);
  expect([await counted("shared"), location.search]).toEqual([1, "?shared=s1"]);
});
