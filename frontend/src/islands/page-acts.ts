/**
 * Share or print the page one looks at, with what the phone has for it. What only its
 * reader may see has no button to share it.
 *
 *   <div data-island="page-acts">
 *     <button type="button" data-share hidden>Share</button>
 *     <button type="button" data-print>Print</button>
 *     <span role="status" data-said></span>
 *   </div>
 */
import { gettext } from "../lib/i18n";
import { part } from "../lib/part";

function canShare(): boolean {
  return "share" in navigator || "clipboard" in navigator;
}

export function mount(root: HTMLElement): () => void {
  const share = root.querySelector<HTMLButtonElement>("[data-share]");
  const print = part<HTMLButtonElement>(root, "[data-print]");
  const said = part(root, "[data-said]");

  async function give(): Promise<void> {
    const what = { title: document.title, url: location.href.split("#")[0] ?? "" };
    if ("share" in navigator) {
      // Closing the phone's sheet without a choice is no failure.
      await navigator.share(what).catch(() => undefined);
      return;
    }
    await (navigator as Navigator).clipboard.writeText(what.url);
    said.textContent = gettext("The address is copied.");
  }
  const onShare = (): void => void give();
  const onPrint = (): void => window.print();

  if (share) share.hidden = !canShare();
  share?.addEventListener("click", onShare);
  print.addEventListener("click", onPrint);
  return () => {
    share?.removeEventListener("click", onShare);
    print.removeEventListener("click", onPrint);
  };
}
