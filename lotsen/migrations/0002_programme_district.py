from django.db import migrations

VIEW = """
CREATE VIEW lotsen_programme_district AS
    SELECT programme.id AS programme_id, municipality.district_id
    FROM lotsen_programme programme
    JOIN places_municipality municipality ON municipality.ags = programme.municipality_id
UNION
    SELECT covered.programme_id, covered.district_id
    FROM lotsen_programme_covered_districts covered
UNION
    SELECT covered.programme_id, municipality.district_id
    FROM lotsen_programme_covered_municipalities covered
    JOIN places_municipality municipality ON municipality.ags = covered.municipality_id
"""


class Migration(migrations.Migration):
    """The districts of a programme, derived from its place and the area it covers."""

    dependencies = [("lotsen", "0001_initial")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW lotsen_programme_district")]
