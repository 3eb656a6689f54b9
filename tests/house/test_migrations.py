"""Models and migrations say the same, and every migration can be undone."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL


@pytest.mark.django_db
def test_no_model_change_waits_for_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_migration_of_ours_is_reversible():
    ours = {app.label for app in apps.get_app_configs() if "livinglab" in app.name}
    loader = MigrationLoader(connection)
    one_way = [
        key
        for key, migration in loader.disk_migrations.items()
        if key[0] in ours
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert not one_way
