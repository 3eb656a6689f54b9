/** Everything that is alive on a page: name → module, loaded only where it stands. */
import type { Island, Islands } from "../lib/mount";

export const islands: Islands = {
  "usage-chart": (() => import("./usage-chart")) as Island,
  "file-choice": (() => import("./file-choice")) as Island,
  "copy-text": (() => import("./copy-text")) as Island,
};
