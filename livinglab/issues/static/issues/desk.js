/* Keys at the desk: a shorter way to links and buttons that stand in the page anyway.
   `aria-keyshortcuts` names the key of each. Nothing is heard while somebody types, and who
   does not want keys switches them off; this browser remembers. */
(() => {
  const OFF = "desk-keys-off";
  const help = document.querySelector("[data-desk-keys]");
  const wanted = help?.querySelector("input");
  const isOff = () => localStorage.getItem(OFF) === "1";
  const types = (place) => place.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
  const rows = () => [...document.querySelectorAll("#result_list tr.data-row")];

  function walk(by) {
    const all = rows();
    const here = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(here + by, 0), all.length - 1)];
    next?.querySelector("th a, td a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  function choose() {
    const row = rows().find((one) => one.contains(document.activeElement));
    row?.querySelector("input.action-select")?.click();
  }

  // The key's place on the board: also while Hangul is being typed.
  const keyOf = (event) => event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
  const walks = { j: () => walk(1), k: () => walk(-1), x: choose };

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || types(event.target) || isOff()) return;
    const key = keyOf(event);
    if (walks[key] && rows().length) return walks[key]();
    const found = document.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
    if (!found) return;
    event.preventDefault();
    found.focus();
    found.click();
  }

  if (help && wanted) {
    help.hidden = false;
    wanted.checked = !isOff();
    wanted.addEventListener("change", () => localStorage.setItem(OFF, wanted.checked ? "0" : "1"));
  }
  document.addEventListener("keydown", press);
})();
