/** What the server told the worker, and what it may do with an address. */

export interface Lab {
  pages: readonly string[]; // whole paths of public pages, as regular expressions
  shell: readonly string[];
  takers: readonly { accept: readonly string[]; page: string; several?: boolean }[];
}
export type Kind = "shell" | "public" | "never";

/** Default: never. Only what the server lists is ever kept, and only without a query. */
export function kindOf(url: URL, origin: string, lab: Lab): Kind {
  if (url.origin !== origin) return "never";
  if (lab.shell.includes(url.pathname)) return "shell";
  if (url.search) return "never";
  const fits = lab.pages.some((pattern) => new RegExp(`^(?:${pattern})$`).test(url.pathname));
  return fits ? "public" : "never";
}

export function isAsset(url: URL, origin: string): boolean {
  return url.origin === origin && url.pathname.startsWith("/static/");
}

/** Borders of neighbourhoods under their version: public, and the same for ever. */
export function isShape(url: URL, origin: string): boolean {
  return url.origin === origin && url.pathname.startsWith("/places/shapes/") && url.searchParams.has("v");
}

/** The addresses of shapes that these pages' maps name. */
export function shapesIn(pages: readonly string[]): string[] {
  const named = pages.flatMap((html) => [...html.matchAll(/"(\/places\/shapes\/[\w-]+\.json\?v=\w+)"/g)]);
  return [...new Set(named.map((found) => found[1] ?? ""))];
}

/** The server's own yes: made for a guest, with nothing of a session in it. */
export function mayBeKept(response: Response): boolean {
  return response.status === 200 && response.headers.get("X-Shell") === "public";
}

function fits(file: { name: string; type: string }, accept: readonly string[]): boolean {
  const [type, name] = [file.type.toLowerCase(), file.name.toLowerCase()];
  return accept.some((wanted) =>
    wanted.startsWith(".")
      ? name.endsWith(wanted)
      : wanted.endsWith("/*")
        ? type.startsWith(wanted.slice(0, -1))
        : type === wanted,
  );
}

/** Pages that read shared files on the phone itself; none: the server takes them. */
export function pagesFor(files: readonly { name: string; type: string }[], lab: Lab): string[] {
  const able = lab.takers.filter((taker) => files.length === 1 || taker.several);
  const fitting = able.filter(({ accept }) => files.every((file) => fits(file, accept)));
  return [...new Set(fitting.map(({ page }) => page).filter(Boolean))];
}

/** Files of the build, and whatever the shell's pages themselves ask for. */
export function wanted(built: readonly string[], pages: readonly string[]): string[] {
  const asked = pages.flatMap((html) =>
    [...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1] ?? ""),
  );
  return [...new Set([...built, ...asked])];
}
