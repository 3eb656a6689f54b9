/** Words only an island knows, from Django's catalogue ({% words_for_scripts %} in the page's head); else the source. */
type Catalogue = {
  gettext(text: string): string;
  ngettext(one: string, many: string, count: number): string;
};

const catalogue = (): Partial<Catalogue> =>
  (window as unknown as { django?: Partial<Catalogue> }).django ?? {};

export function gettext(text: string): string {
  return catalogue().gettext?.(text) ?? text;
}

export function ngettext(one: string, many: string, count: number): string {
  return catalogue().ngettext?.(one, many, count) ?? (count === 1 ? one : many);
}

/** Puts values where the sentence names them: %(name)s. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/%\((\w+)\)s/g, (whole, name: string) => values[name] ?? whole);
}
