/** What may come later comes later: nothing of it competes with the first picture. */
export function afterLoad(act: () => void): void {
  const idle = (): void => {
    if ("requestIdleCallback" in window) window.requestIdleCallback(act, { timeout: 3_000 });
    else setTimeout(act, 200);
  };
  if (document.readyState === "complete") idle();
  else window.addEventListener("load", idle, { once: true });
}
