import "./styles/index.css";
import { afterLoad } from "./lib/after-load";
import { startHtmx } from "./lib/htmx";
import { startLive } from "./lib/live";
import { startMenus } from "./lib/menus";
import { startMounting } from "./lib/mount";
import { islands } from "./islands";

startHtmx();
startMenus(document);
startMounting(document, islands);
startLive(document);
afterLoad(() => void import("./lib/phone").then(({ begin }) => begin(document)));
