"""Acts that were written down with somebody's address lose it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_addresses_out(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    acts = apps.get_model("people", "Act").objects.filter(thing__contains="@")
    for act in acts.select_related("person").iterator():
        # A long address was cut where the column ends.
        address, thing = act.person.email, act.thing
        if address in thing:
            act.thing = "" if thing == address else thing.replace(address, "–")
        elif len(thing) == 80 and address.startswith(thing):
            act.thing = ""
        act.save(update_fields=["thing"])


class Migration(migrations.Migration):
    dependencies = [("people", "0006_named_fields")]

    operations = [migrations.RunPython(take_addresses_out, migrations.RunPython.noop)]
