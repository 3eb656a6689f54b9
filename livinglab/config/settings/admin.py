"""How the admin site looks: django-unfold in the product's tokens (KRDS)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

PRIMARY = {
    "50": "#ecf2fe",
    "100": "#d8e5fd",
    "200": "#b1cefb",
    "300": "#86aff9",
    "400": "#4c87f6",
    "500": "#256ef4",
    "600": "#0b50d0",
    "700": "#083891",
    "800": "#052561",
    "900": "#03163a",
    "950": "#020d26",
}
GRAY = {
    "50": "#f4f5f6",
    "100": "#e6e8ea",
    "200": "#cdd1d5",
    "300": "#b1b8be",
    "400": "#8a949e",
    "500": "#6d7882",
    "600": "#58616a",
    "700": "#464c53",
    "800": "#33363d",
    "900": "#1e2124",
    "950": "#131416",
}
# Words at gray 70 and darker stay readable on tinted surfaces too.
FONT = {
    "subtle-light": "var(--color-base-600)",
    "subtle-dark": "var(--color-base-300)",
    "default-light": "var(--color-base-700)",
    "default-dark": "var(--color-base-200)",
    "important-light": "var(--color-base-900)",
    "important-dark": "var(--color-base-50)",
}

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Living lab"),
    "SITE_HEADER": _("Living lab"),
    "SITE_SUBHEADER": _("for coordinators"),
    "SITE_SYMBOL": "energy_savings_leaf",
    "SITE_URL": "/",
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "12px",
    "COLORS": {"primary": PRIMARY, "base": GRAY, "font": FONT},
    "DASHBOARD_CALLBACK": "livinglab.kernel.dashboard.today",
    "SIDEBAR": {
        "show_search": False,
        "command_search": False,
        "show_all_applications": False,
        "navigation": "livinglab.config.admin_menu.menu",
    },
}
