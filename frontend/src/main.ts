import "./styles/index.css";
import { startHtmx } from "./lib/htmx";
import { startLive } from "./lib/live";
import { startMenus } from "./lib/menus";
import { startMounting } from "./lib/mount";
import { islands } from "./islands";

startHtmx();
startMenus(document);
startMounting(document, islands);
startLive(document);
