/** The service worker of this phone: registered, told of a new look, renewed on a word. */
import { holdsFiles, keepForms } from "./forms-kept";

type Syncing = ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };

const LOOK = "look";

/** Where the browser can, it sends by itself once there is a network again. */
export async function askForSync(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = (await navigator.serviceWorker.getRegistration()) as Syncing | undefined;
  await registration?.sync?.register("outbox").catch(() => undefined);
}

function tellOfNewLook(page: Document, worker: ServiceWorker | null): void {
  const { lang, dataset } = page.documentElement;
  const look = [lang, dataset.textSize, dataset.contrast].join(" ");
  const before = localStorage.getItem(LOOK);
  if (before !== null && before !== look) worker?.postMessage("look anew");
  localStorage.setItem(LOOK, look);
}

/** A new version waits until the person says so; what is half filled in stays. */
function offerUpdate(page: Document, registration: ServiceWorkerRegistration): void {
  const line = page.querySelector<HTMLElement>("[data-phone-update]");
  const button = line?.querySelector("button");
  const { waiting } = registration;
  if (!line || !button || !waiting || !navigator.serviceWorker.controller) return;
  line.hidden = false;
  button.onclick = () => {
    const files = line.querySelector<HTMLElement>("[data-files]");
    if (files) files.hidden = !holdsFiles(page);
    if (holdsFiles(page)) return;
    keepForms(page);
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), {
      once: true,
    });
    waiting.postMessage("take over");
  };
}

export async function startWorker(page: Document): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const options = { scope: "/", updateViaCache: "none" } as const;
  const registration = await navigator.serviceWorker.register("/sw.js", options);
  const offer = (): void => offerUpdate(page, registration);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed") offer();
    });
  });
  offer();
  if (page.documentElement.dataset.seenAt === undefined) {
    tellOfNewLook(page, registration.active);
  }
}
