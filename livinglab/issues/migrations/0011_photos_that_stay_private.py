from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("issues", "0010_words_out_of_sight")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="stays_private",
            field=models.BooleanField(default=False, verbose_name="stays private"),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(is_public=False) | models.Q(stays_private=False),
                name="photo_released_or_private",
            ),
        ),
    ]
