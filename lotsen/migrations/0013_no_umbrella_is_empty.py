"""Takes "keiner" from the umbrella organisations: a carrier without one has an empty field, as it always could."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def empty_the_field(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("lotsen", "Carrier").objects.filter(umbrella__slug="keiner").update(umbrella=None)
    apps.get_model("lotsen", "Umbrella").objects.filter(slug="keiner").delete()


class Migration(migrations.Migration):
    dependencies = [("lotsen", "0012_history_of_teams_and_figures_begins")]

    operations = [migrations.RunPython(empty_the_field, migrations.RunPython.noop)]
