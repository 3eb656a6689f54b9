/**
 * A map over the shapes of the neighbourhoods: shows reports, and lets one choose a place
 * for the form around it. The list beside it says the same.
 *
 *   <div class="ll-map" data-island="map" data-props="…">
 *     {"cities": […], "tiles": {"url": "", "by": ""}, "words": {…},
 *      "pick": true, "points": "/issues/points.geojson", "at": [lon, lat], "city": "siheung"}
 *     <div data-frame></div>
 *     <div data-tools>[data-here] [data-middle] [data-city="…"]</div>
 *     <p data-says role="status"></p>
 *   </div>
 *
 * Chosen: fields lon, lat and place_from of the form are written, and `place:picked`
 * {lon, lat, from, code, name, city} bubbles. `place:show` {lon, lat} moves the mark. All
 * of it is loaded when the map comes into sight, so that a page pays nothing for one
 * nobody looks at, and after the page itself; library and map come alive in a piece each.
 */
import { afterLoad } from "../lib/after-load";
import { breathe } from "../lib/breathe";
import type { Props } from "../lib/map/map";

export function mount(root: HTMLElement, props: Props): () => void {
  let undo = (): void => undefined;
  let isGone = false;

  async function draw(): Promise<void> {
    await import("leaflet");
    await breathe();
    const { mount: start } = await import("../lib/map/map");
    await breathe();
    if (!isGone) undo = start(root, props);
  }
  const sight = new IntersectionObserver((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    sight.disconnect();
    // Without a network and never seen: the list is there.
    afterLoad(() => void draw().catch(() => undefined));
  }, { rootMargin: "200px" });
  sight.observe(root);
  return () => {
    isGone = true;
    sight.disconnect();
    undo();
  };
}
