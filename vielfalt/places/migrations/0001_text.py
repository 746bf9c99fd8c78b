from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION german_sort_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, name))
$$;
CREATE FUNCTION german_match_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        replace(replace(replace(
            lower(public.unaccent('public.unaccent'::regdictionary, name)),
        'ae', 'a'), 'oe', 'o'), 'ue', 'u'),
    '[^[:alnum:]]+', ' ', 'g'))
$$;
CREATE TEXT SEARCH CONFIGURATION vielfalt (COPY = german);
ALTER TEXT SEARCH CONFIGURATION vielfalt
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, german_stem;
"""

UNDO = """
DROP TEXT SEARCH CONFIGURATION vielfalt;
DROP FUNCTION german_match_key(text);
DROP FUNCTION german_sort_key(text);
"""


class Migration(migrations.Migration):
    """The database's functions for names and texts; see vielfalt/text.py for what they mean."""

    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
