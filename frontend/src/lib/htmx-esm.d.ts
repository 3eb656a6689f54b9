/** The part of htmx 4 we call; its own types describe the global build only. */
declare module "htmx.org/dist/htmx.esm.js" {
  interface Api {
    initSecurity?(policy: undefined, sync: unknown, async: unknown): void;
  }
  const htmx: {
    registerExtension(name: string, extension: { init?(api: Api): void }): boolean;
    trigger(element: Element | string, name: string, detail?: object): boolean;
  };
  export default htmx;
}
