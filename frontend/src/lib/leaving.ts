/** Answers the service worker's question whether this page may be led elsewhere. */
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].findIndex((option) => option.hasAttribute("selected"));
    return field.selectedIndex !== Math.max(first, 0);
  }
  if (field instanceof HTMLInputElement) {
    if (field.type === "hidden") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return (field.files?.length ?? 0) > 0;
  }
  return field.value !== field.defaultValue;
}

/** Whether nothing was begun on this page that leaving would lose. */
export function isFree(page: Document): boolean {
  return ![...page.querySelectorAll<Field>("input, textarea, select")].some(isChanged);
}

export function answerWhetherFree(page: Document): void {
  navigator.serviceWorker?.addEventListener("message", (event: MessageEvent<{ kind?: string }>) => {
    if (event.data?.kind === "may-leave") event.ports[0]?.postMessage(isFree(page));
  });
}
