"""Records the teams and figures that are there when their history begins: the first change has something before it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def record_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("AnnualFigures", "CarrierMembership"):
        event = apps.get_model("lotsen", f"{name}Event")
        columns = [field.attname for field in event._meta.fields if not field.name.startswith("pgh_")]
        rows = apps.get_model("lotsen", name).objects.order_by("pk").values(*columns)
        event.objects.bulk_create(event(pgh_label="insert", pgh_obj_id=row["id"], **row) for row in rows)


class Migration(migrations.Migration):
    dependencies = [("lotsen", "0011_history_of_teams_and_figures")]

    operations = [migrations.RunPython(record_what_is_there, migrations.RunPython.noop)]
