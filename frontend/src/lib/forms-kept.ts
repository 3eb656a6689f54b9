/** What is half filled in survives one reload of the same page, in this tab. */

type Value = string | boolean | string[];
type Kept = Record<string, Value>;
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const UNKEPT = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);
const key = (): string => `forms:${location.pathname}${location.search}`;

function controls(page: Document): [string, Control][] {
  const found = page.querySelectorAll<Control>("form :is(input, select, textarea)");
  const forms = [...page.forms];
  return [...found]
    .filter((control) => control.name && !UNKEPT.has(control.type))
    .map((control) => {
      const form = control.form ? forms.indexOf(control.form) : -1;
      const many = control.type === "radio" || control.type === "checkbox";
      return [`${form}/${control.name}${many ? `/${control.value}` : ""}`, control];
    });
}

function valueOf(control: Control): Value {
  if (control instanceof HTMLSelectElement && control.multiple) {
    return [...control.selectedOptions].map((option) => option.value);
  }
  const isTick = control.type === "radio" || control.type === "checkbox";
  return isTick ? (control as HTMLInputElement).checked : control.value;
}

function fill(control: Control, value: Value): void {
  if (typeof value === "boolean") (control as HTMLInputElement).checked = value;
  else if (typeof value === "string") control.value = value;
  else {
    for (const option of (control as HTMLSelectElement).options) {
      option.selected = value.includes(option.value);
    }
  }
  for (const name of ["input", "change"]) {
    control.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

/** A chosen file cannot be given back to a page: then it is better not to reload. */
export function holdsFiles(page: Document): boolean {
  const inputs = page.querySelectorAll<HTMLInputElement>("input[type=file]");
  return [...inputs].some((input) => (input.files?.length ?? 0) > 0);
}

export function keepForms(page: Document): void {
  const kept: Kept = {};
  for (const [name, control] of controls(page)) kept[name] = valueOf(control);
  sessionStorage.setItem(key(), JSON.stringify(kept));
}

export function restoreForms(page: Document): void {
  const text = sessionStorage.getItem(key());
  if (!text) return;
  sessionStorage.removeItem(key());
  const kept = JSON.parse(text) as Kept;
  for (const [name, control] of controls(page)) {
    const value = kept[name];
    if (value !== undefined && String(value) !== String(valueOf(control))) fill(control, value);
  }
}
