import "./styles/index.css";
import { afterLoad } from "./lib/after-load";
import { startHtmx } from "./lib/htmx";
import { answerWhetherFree } from "./lib/leaving";
import { startLive } from "./lib/live";
import { startMenus } from "./lib/menus";
import { startMounting } from "./lib/mount";
import { checkSubscription } from "./lib/push";
import { islands } from "./islands";

startHtmx();
startMenus(document);
startMounting(document, islands);
startLive(document);
answerWhetherFree(document);
void checkSubscription(document.documentElement.dataset.who ?? "").catch(() => undefined);
afterLoad(() => void import("./lib/phone").then(({ begin }) => begin(document)));
