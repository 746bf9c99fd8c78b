from django.db import migrations


class Migration(migrations.Migration):
    """Files that wait for confirmation lie in ``vielfalt.listings`` from now on, under the same numbers."""

    dependencies = [
        ("lotsen", "0013_no_umbrella_is_empty"),
        ("listings", "0003_pending_import"),
    ]

    operations = [
        migrations.RunSQL(
            """
            INSERT INTO listings_pendingimport (id, kind, uploaded_by_id, file_name, content, publish, created_at)
            SELECT id, 'lotsen.carrier', uploaded_by_id, file_name, content, publish, created_at
            FROM lotsen_pendingimport;
            SELECT setval(pg_get_serial_sequence('listings_pendingimport', 'id'), max(id))
            FROM listings_pendingimport HAVING max(id) IS NOT NULL;
            """,
            """
            INSERT INTO lotsen_pendingimport (id, uploaded_by_id, file_name, content, publish, created_at)
            SELECT id, uploaded_by_id, file_name, content, publish, created_at
            FROM listings_pendingimport WHERE kind = 'lotsen.carrier';
            SELECT setval(pg_get_serial_sequence('lotsen_pendingimport', 'id'), max(id))
            FROM lotsen_pendingimport HAVING max(id) IS NOT NULL;
            """,
        ),
        migrations.DeleteModel("PendingImport"),
    ]
