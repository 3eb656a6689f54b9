"""Finds what the apps declare, once, at start."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

REGISTRIES = (
    "permissions",
    "helping",
    "notices",
    "indicators",
    "topics",
    "openapi",
    "cards",
    "kept",
    "search",
    "shell",
    "guests",
    "faults",
    "today",
    "personal_data",
    "seeding",
    "listeners",
)


class KernelConfig(AppConfig):
    name = "livinglab.kernel"

    def ready(self) -> None:
        for registry in REGISTRIES:
            autodiscover_modules(registry)
