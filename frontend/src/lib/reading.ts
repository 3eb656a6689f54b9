/** A meter reading between a form and the fields the server takes. */
import type { Fields } from "./store";

/** The form's own names, as the page on the server has them. */
export interface Said {
  day: string;
  at: string;
  kwh: string;
  what?: string;
  old_final_kwh?: string;
  new_first_kwh?: string;
}

const SEOUL = "+09:00"; // meters are read by the clock of their home

/** The day and the time at the meter now, as date and time fields want them. */
export function now(moment: Date = new Date()): { day: string; at: string } {
  const text = moment.toLocaleString("sv-SE", { timeZone: "Asia/Seoul" }); // 2026-11-23 08:05:00
  return { day: text.slice(0, 10), at: text.slice(11, 16) };
}

/** The number as people read it: 12,000.5. */
export const shown = (kwh: string): string =>
  new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(Number(kwh));

export function fieldsOf(said: Said, confirmed: boolean): Fields {
  const changed = said.what === "changed";
  return {
    read_at: `${said.day}T${said.at}:00${SEOUL}`,
    kwh: said.kwh,
    ...(said.what === "again" ? { rolled_over: true } : {}),
    ...(changed ? { meter_changed: true } : {}),
    ...(changed && said.old_final_kwh ? { old_final_kwh: said.old_final_kwh } : {}),
    ...(changed && said.new_first_kwh ? { new_first_kwh: said.new_first_kwh } : {}),
    ...(confirmed ? { confirm: true } : {}),
  };
}

/** What an entry said, for its form. */
export function saidBefore(fields: Fields): Said {
  const readAt = String(fields.read_at ?? "");
  const what = fields.meter_changed ? "changed" : fields.rolled_over ? "again" : "";
  return {
    day: readAt.slice(0, 10),
    at: readAt.slice(11, 16),
    kwh: String(fields.kwh ?? ""),
    what,
    old_final_kwh: String(fields.old_final_kwh ?? ""),
    new_first_kwh: String(fields.new_first_kwh ?? ""),
  };
}

export function fillIn(form: HTMLFormElement, said: Said): void {
  for (const [name, value] of Object.entries(said) as [string, string][]) {
    for (const field of form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
    }
  }
}
