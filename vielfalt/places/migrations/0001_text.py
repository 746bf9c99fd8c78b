from django.contrib.postgres.operations import CreateExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# Marks above and below letters that a reader may leave out: accents, vowels of Arabic, Hebrew and Ethiopic, and what
# silences a vowel in Indian scripts. After them what only changes how letters look.
MARKS = (
    r"\u0300-\u036F\u0483-\u0487\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7"
    r"\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u135D-\u135F"
    r"\u093C\u094D\u09BC\u09CD\u0A3C\u0A4D\u0ABC\u0ACD\u0B3C\u0B4D\u0BCD\u0C4D\u0CBC\u0CCD\u0D4D\u0DCA"
    r"\u0640\u200B-\u200F\u2060\uFEFF"
)

# Vowels of Indian and neighbouring scripts, which are marks for PostgreSQL but part of their word.
VOWELS = (
    r"\u0901-\u0903\u093E-\u094C\u0981-\u0983\u09BE-\u09CC\u0A3E-\u0A4C\u0ABE-\u0ACC\u0B3E-\u0B4C"
    r"\u0BBE-\u0BCC\u0C3E-\u0C4C\u0CBE-\u0CCC\u0D3E-\u0D4C\u0DCF-\u0DDF"
)

FUNCTIONS = rf"""
CREATE FUNCTION german_sort_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, name))
$$;
CREATE FUNCTION german_match_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        replace(replace(replace(
            translate(
                regexp_replace(
                    normalize(lower(public.unaccent('public.unaccent'::regdictionary, name)), NFKD),
                    '[{MARKS}]+', '', 'g'),
                'ىیکةہھە', 'ييكهههه'),
        'ae', 'a'), 'oe', 'o'), 'ue', 'u'),
    '[^[:alnum:]{VOWELS}]+', ' ', 'g'))
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
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(FUNCTIONS, UNDO),
    ]
