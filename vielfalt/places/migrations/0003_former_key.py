from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models

import vielfalt.text


class Migration(migrations.Migration):
    """What the search for places needs to know former names and typing mistakes."""

    dependencies = [
        ("places", "0002_initial"),
    ]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.AddField(
            model_name="municipality",
            name="former_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=vielfalt.text.MatchKey(models.F("former_names")),
                output_field=models.TextField(),
            ),
        ),
    ]
