"""The row of a taking keeps its reason; so far only the text had it."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy_reasons(apps: Any, schema_editor: Any) -> None:
    Change = apps.get_model("issues", "Change")
    taken = Change.objects.filter(pk=OuterRef("word"))
    Change.objects.filter(what="blanked", word__isnull=False).update(
        blanked_why=Subquery(taken.values("blanked_why")[:1])
    )


def forget_copies(apps: Any, schema_editor: Any) -> None:
    Change = apps.get_model("issues", "Change")
    Change.objects.filter(what="blanked").update(blanked_why="")


class Migration(migrations.Migration):
    dependencies = [("issues", "0012_objections_to_texts")]

    operations = [migrations.RunPython(copy_reasons, forget_copies)]
