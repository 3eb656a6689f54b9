/** Everything that is alive on a page: name → module, loaded only where it stands. */
import type { Island, Islands } from "../lib/mount";
import { near } from "../lib/near";

export const islands: Islands = {
  "usage-chart": near((() => import("./usage-chart")) as Island),
  "file-choice": (() => import("./file-choice")) as Island,
  found: (() => import("./found")) as Island,
  "push-here": (() => import("./push-here")) as Island,
  passkey: (() => import("./passkey")) as Island,
  "copy-text": (() => import("./copy-text")) as Island,
  outbox: (() => import("./outbox")) as Island,
  "reading-entry": (() => import("./reading-entry")) as Island,
  "reading-page": (() => import("./reading-page")) as Island,
  "remember-home": (() => import("./remember-home")) as Island,
  "share-choice": (() => import("./share-choice")) as Island,
  "report-steps": (() => import("./report-steps")) as Island,
  "last-seen": (() => import("./last-seen")) as Island,
  "report-offline": (() => import("./report-offline")) as Island,
  "report-who": (() => import("./report-who")) as Island,
  "report-photos": (() => import("./report-photos")) as Island,
  "cover-faces": (() => import("./cover-faces")) as Island,
  map: (() => import("./map")) as Island,
  "sign-out": (() => import("./sign-out")) as Island,
  "page-acts": (() => import("./page-acts")) as Island,
};
