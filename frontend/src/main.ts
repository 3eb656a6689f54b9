import "./styles/index.css";
import { afterLoad } from "./lib/after-load";
import { startHtmx } from "./lib/htmx";
import { answerWhetherFree } from "./lib/leaving";
import { startLive } from "./lib/live";
import { startMenus } from "./lib/menus";
import { startMounting } from "./lib/mount";
import { checkPush } from "./lib/push-visit";
import { islands } from "./islands";

startHtmx();
startMenus(document);
startMounting(document, islands);
startLive(document);
answerWhetherFree(document);
afterLoad(() => void checkPush(document).catch(() => undefined));
afterLoad(() => void import("./lib/phone").then(({ begin }) => begin(document)));
