/** A kept page says that it was kept, and when it was seen. */

const PLACE = /<time data-seen[^>]*><\/time>/;

export function whenSeen(html: string, at: Date): string {
  const language = /<html[^>]*\slang="([\w-]+)"/.exec(html)?.[1] ?? "ko";
  const words = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  const stamp = at.toISOString();
  return html
    .replace("<html ", `<html data-seen-at="${stamp}" `)
    .replace(PLACE, `<time datetime="${stamp}">${words.format(at)}</time>`);
}

export async function marked(response: Response): Promise<Response> {
  const at = new Date(response.headers.get("Date") ?? Date.now());
  const headers = new Headers(response.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response(whenSeen(await response.text(), at), { headers });
}
