/** A <details> menu closes with Escape or a tap elsewhere; open and shut is HTML's. */
export function startMenus(page: Document): void {
  const open = (): HTMLDetailsElement[] => [
    ...page.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]"),
  ];

  page.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false;
    }
  });

  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
