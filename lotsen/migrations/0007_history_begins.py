"""Records what is there when the history begins, so that the first change has something before it."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RECORDED = ("Accessibility", "Carrier", "CarrierInternal", "Programme", "ProgrammeLanguage")
LINKS = {
    "covered_municipalities": "ProgrammeCoveredMunicipalitiesLinkEvent",
    "covered_districts": "ProgrammeCoveredDistrictsLinkEvent",
    "fundings": "ProgrammeFundingsLinkEvent",
    "fields_of_work": "ProgrammeFieldsOfWorkLinkEvent",
    "target_groups": "ProgrammeTargetGroupsLinkEvent",
    "request_channels": "ProgrammeRequestChannelsLinkEvent",
}


def record_what_is_there(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in RECORDED:
        event = apps.get_model("lotsen", f"{name}Event")
        rows = apps.get_model("lotsen", name).objects.order_by("pk").values(*columns_of(event))
        event.objects.bulk_create(event(pgh_label="insert", pgh_obj_id=row["id"], **row) for row in rows)
    for field, name in LINKS.items():
        event = apps.get_model("lotsen", name)
        through = getattr(apps.get_model("lotsen", "Programme"), field).through
        rows = through.objects.order_by("pk").values(*columns_of(event))
        event.objects.bulk_create(event(pgh_label="insert", **row) for row in rows)


def columns_of(event):
    return [field.attname for field in event._meta.fields if not field.name.startswith("pgh_")]


class Migration(migrations.Migration):
    dependencies = [("lotsen", "0006_history")]

    operations = [migrations.RunPython(record_what_is_there, migrations.RunPython.noop)]
