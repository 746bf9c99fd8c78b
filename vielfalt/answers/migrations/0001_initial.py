from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION answers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO answers_change (transaction) VALUES (pg_current_xact_id()::text::bigint) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- The database's own number is part of it, so that a copy or a restored backup never passes for the original.
CREATE FUNCTION answers_state() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT oid FROM pg_database WHERE datname = current_database())
        || '-' || (SELECT coalesce(sum(number), 0) FROM answers_change);
END
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "transaction",
                    models.BigIntegerField(primary_key=True, serialize=False, verbose_name="Transaktion"),
                ),
                ("number", models.PositiveBigIntegerField(db_default=1, default=1, verbose_name="Anzahl")),
            ],
            options={
                "verbose_name": "Änderung",
                "verbose_name_plural": "Änderungen",
                "ordering": ["transaction"],
            },
        ),
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION answers_changed CASCADE; DROP FUNCTION answers_state;"),
    ]
