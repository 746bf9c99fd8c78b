"""Turns long texts that were plain into paragraphs; from now on they are HTML (vielfalt/richtext)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from vielfalt.richtext.sanitising import plain_text, sanitise

TEXTS = {"Carrier": ("description", "description_easy"), "Programme": ("description", "description_easy", "limits")}


def rewrite(apps: Apps, rewritten) -> None:
    for name, fields in TEXTS.items():
        model = apps.get_model("lotsen", name)
        for row in model.objects.values("pk", *fields):
            values = {field: rewritten(row[field]) for field in fields if row[field]}
            if any(values[field] != row[field] for field in values):
                model.objects.filter(pk=row["pk"]).update(**values)


def make_html(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(apps, sanitise)


def make_plain(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    rewrite(apps, plain_text)


class Migration(migrations.Migration):
    dependencies = [("lotsen", "0008_merge_0006_members_0007_history_begins")]

    operations = [migrations.RunPython(make_html, make_plain)]
