/** An island that waits until it is nearly in view: what is below costs the start nothing. */
import type { Island } from "./mount";

const MARGIN = "400px";

export function near(load: Island): Island {
  return async (root) => {
    await nearlySeen(root);
    return load(root);
  };
}

function nearlySeen(root: HTMLElement): Promise<void> {
  if (!("IntersectionObserver" in window)) return Promise.resolve();
  return new Promise((resolve) => {
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((one) => one.isIntersecting)) return;
        watch.disconnect();
        resolve();
      },
      { rootMargin: MARGIN },
    );
    watch.observe(root);
  });
}
