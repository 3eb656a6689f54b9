/** htmx behind one file: what we use of it, and what we forbid. */
import htmx from "htmx.org/dist/htmx.esm.js";

const refuse = (): never => {
  throw new Error("Scripts in attributes are not allowed here");
};

/** No code from attributes, whatever the page says (our CSP forbids it as well). */
export function startHtmx(): void {
  htmx.registerExtension("never-eval", {
    init: (api) => api.initSecurity?.(undefined, refuse, refuse),
  });
}

/** Tell htmx (and a `hx-trigger`) that something happened to this element. */
export function trigger(element: Element, name: string): void {
  htmx.trigger(element, name);
}

/** Call back with every element whose content has just come from the server. */
export function onNewContent(call: (root: Element) => void): void {
  document.addEventListener("htmx:after:process", (event) => {
    const element = event.target;
    if (element instanceof Element) call(element);
  });
}

/** Call back with every answer before it takes its place; `false` keeps what is there. */
export function onAnswer(call: (element: Element, answer: Response) => boolean): void {
  document.addEventListener("htmx:before:response", (event) => {
    const answer = (event as CustomEvent<{ ctx: { response: { raw: Response } } }>).detail.ctx.response.raw;
    if (event.target instanceof Element && !call(event.target, answer)) event.preventDefault();
  });
}
