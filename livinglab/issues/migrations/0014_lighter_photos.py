"""Photos may have smaller copies; whichever has none is due."""

from django.db import migrations, models

import livinglab.issues.models.photos


class Migration(migrations.Migration):
    dependencies = [
        ("issues", "0013_keep_why_texts_went"),
        ("people", "0005_how_pages_are_read"),
    ]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="photo",
            name="card_avif",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=livinglab.issues.models.photos.photo_path,
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="claimed_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="photo",
            name="full_avif",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=livinglab.issues.models.photos.photo_path,
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="is_light",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="photo",
            name="thumb_avif",
            field=models.FileField(
                blank=True,
                editable=False,
                upload_to=livinglab.issues.models.photos.photo_path,
            ),
        ),
        migrations.AddIndex(
            model_name="photo",
            index=models.Index(
                condition=models.Q(("is_light", False), ("issue__isnull", False)),
                fields=["id"],
                name="photos_to_lighten",
            ),
        ),
    ]
