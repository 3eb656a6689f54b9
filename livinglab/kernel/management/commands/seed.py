"""`manage.py seed`: every app's part of seeds/, lower floors first; safe twice."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from livinglab.kernel.seeding import seeders


class Command(BaseCommand):
    help = "Load seeds/: cities, stations, goals, tariffs. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        for _order, name, seed in seeders():
            with transaction.atomic():
                line = seed(settings.SEEDS_DIR)
            self.stdout.write(f"{name}: {line}")
