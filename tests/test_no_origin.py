"""Nothing in the portal asks, sorts, filters, counts or exports by nationality, origin or religion.

The portal helps people find each other; a list by origin or religion would expose them (GDPR
Art. 9). What somebody wants to say of it stands in free text only. So every word that could become
such a field, facet, column or property is looked at: in models, filters, the administration, and
in all names and texts of the code and of the reference data.
"""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models import Model
from django.urls import get_resolver
from django_filters import CharFilter, FilterSet

ROOT = Path(__file__).parent.parent
PACKAGES = ("vielfalt", "lotsen", "migrantenorgs", "leitfaden")

ANYWHERE = re.compile(
    "nationalit|staatsang|staatsbuerg|citizenship|herkunft|abstamm|ethni|volkszugehoer|volksgruppe|religio|konfession"
    "|glaubens|weltanschau|geburtsland|geburtsort|birthplace|countryofbirth|birthcountry|migrationshintergrund"
    "|migrationsgeschichte|migrationhistory|migrationbackground|fluchthintergrund"
)
AT_THE_START = re.compile(
    "(?<![a-z])(?:origin(?!al)|ursprungsl|heimatl|homecountry|faith|denomination|kirch|church|moschee|mosque|synagog"
    "|islam|muslim|christlich|christian|juden|juedisch|jewish|buddhis|hindu|alevi|ezid|jesid|yezid)"
)
"""Stems in small letters, umlauts as two: some are telling wherever they stand, some only where a word begins."""

ALLOWED = {
    "with_migration_history": "a programme's yearly count of Lots*innen, voluntary and never of one person",
    "mit Migrationsgeschichte (freiwillige Angabe)": "the label of that count",
    "Menschen mit Fluchthintergrund": "a target group: what people need, not where they are from",
    "menschen-mit-fluchthintergrund": "its short form in addresses",
    "Menschen mit Migrationshintergrund": "a synonym, so that the search understands the word",
    "Kirchlicher Träger": "says who employs the staff of a programme, an office of an institution",
    "kirchlicher-traeger": "its short form in addresses",
    "Kirche|Kirchengemeinde|Dekanat": "synonyms for it",
    "Zentralwohlfahrtsstelle der Juden in Deutschland": "the full name of one of the six umbrella organisations",
}
"""What is meant in another way, each with the reason."""

PASSAGES = re.compile(r"^(admin of )?(leitfaden|rounds)\b")
"""Where words are of texts, not of people: every passage knows its origin, an import, an edit or a decision; and every
proposal the one of an earlier round that it continues."""


def words_of(text: str) -> str:
    """Write a text so that camel case, capitals and umlauts make no difference."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).lower()
    return words.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


def offences(texts: Iterator[tuple[str, str]]) -> list[str]:
    """Return the texts that speak of origin or religion, with the place where they stand."""
    found = []
    for place, text in texts:
        rest = re.sub("(?i)origin|herkunft", "", text) if PASSAGES.match(place) else text
        for phrase in ALLOWED:
            rest = rest.replace(phrase, "")
        words = words_of(rest)
        if AT_THE_START.search(words) or ANYWHERE.search(re.sub(r"[_ -]", "", words)):
            found.append(f"{place}: {text}")
    return found


def project_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def of_models(kinds: list[type[Model]]) -> Iterator[tuple[str, str]]:
    for model in kinds:
        place = model._meta.label
        yield place, model.__name__
        yield place, f"{model._meta.verbose_name} {model._meta.verbose_name_plural}"
        for field in model._meta.get_fields(include_hidden=True):
            yield f"{place}.{field.name}", field.name
            for said in ("verbose_name", "help_text"):
                yield f"{place}.{field.name}", str(getattr(field, said, ""))
            for value, label in getattr(field, "flatchoices", None) or ():
                yield f"{place}.{field.name}", f"{value} {label}"


def subclasses(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


def of_filters(kinds: list[type[FilterSet]]) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        for name, one in kind.base_filters.items():
            yield f"{kind.__name__}.{name}", f"{name} {one.label} {one.field_name}"


def of_forms(kinds: list[type[forms.BaseForm]]) -> Iterator[tuple[str, str]]:
    for kind in kinds:
        for name, one in getattr(kind, "base_fields", {}).items():
            yield f"{kind.__name__}.{name}", f"{name} {one.label} {one.help_text}"


def of_administration(site: admin.AdminSite) -> Iterator[tuple[str, str]]:
    for model, page in site._registry.items():
        listed = (page.list_display, page.list_filter, page.search_fields, page.readonly_fields, page.fieldsets or ())
        yield f"admin of {model._meta.label}", " ".join(map(str, listed))


def of_code(source: str, place: str) -> Iterator[tuple[str, str]]:
    """Every name and every text of a module that is no comment: columns, keys of GeoJSON, labels of facets."""
    tree = ast.parse(source)
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    } | {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        where = f"{place}:{getattr(node, 'lineno', '')}"
        match node:
            case ast.Constant(value=str() as text) if id(node) not in told:
                yield where, text
            case ast.Name(id=name) | ast.arg(arg=name) | ast.keyword(arg=str() as name) | ast.Attribute(attr=name):
                yield where, name
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield where, name


def modules() -> list[Path]:
    """The code that makes fields, facets, columns and properties; settings speak of the origins of requests."""
    return [
        path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts and path != ROOT / "vielfalt" / "settings.py"
    ]


def of_reference_data() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("data/*.csv")):
            with path.open(encoding="utf-8") as file:
                for row in csv.reader(file):
                    if "places" not in path.parts:
                        yield path.name, ",".join(row)


def test_models():
    assert offences(of_models(project_models())) == []


def test_filters_and_forms():
    assert get_resolver().url_patterns
    assert (
        offences(of_filters([kind for kind in subclasses(FilterSet) if kind.__module__.split(".")[0] in PACKAGES]))
        == []
    )
    assert (
        offences(of_forms([kind for kind in subclasses(forms.BaseForm) if kind.__module__.split(".")[0] in PACKAGES]))
        == []
    )


def test_the_administration():
    assert offences(of_administration(admin.site)) == []


def test_everything_the_code_says():
    """Columns of spreadsheets, facets, properties of GeoJSON and JSON-LD, statistics: whatever has a name."""
    texts = (text for path in modules() for text in of_code(path.read_text("utf-8"), str(path.relative_to(ROOT))))
    assert offences(texts) == []


def test_vocabularies():
    assert offences(of_reference_data()) == []


def test_every_exception_is_needed():
    said = [text for path in modules() for _, text in of_code(path.read_text("utf-8"), "")]
    said += [text for _, text in of_reference_data()]
    assert [phrase for phrase in ALLOWED if not any(phrase in text for text in said)] == []


class TestItWouldNotice:
    @pytest.mark.parametrize(
        "text",
        [
            "nationality",
            "Staatsangehörigkeit",
            "STAATSANGEHOERIGKEIT",
            "Hauptherkunft",
            "country_of_origin",
            "countryOfOrigin",
            "country of birth",
            "Ethnie",
            "religion",
            "Konfession",
            "Moscheeverein",
            "birth_country",
            "Glaubensrichtung",
            "mit Migrationshintergrund",
            "islamisch",
            "with_migration_history_by_origin",
        ],
    )
    def test_words(self, text):
        assert offences(iter([("here", text)])) == [f"here: {text}"]

    def test_an_origin_anywhere_but_in_the_leitfaden(self):
        said = [(place, "origin") for place in ("leitfaden.BlockVersion", "migrantenorgs.MigrantOrganisation")]
        assert offences(iter(said)) == ["migrantenorgs.MigrantOrganisation: origin"]

    @pytest.mark.parametrize(
        "text", ["original", "MigrantOrganisation", "Kulturverein", "Ausländerbehörde", "bundesweit NATION", "Ägypten"]
    )
    def test_not_everything(self, text):
        assert offences(iter([("here", text)])) == []

    def test_a_model(self):
        class Sample(models.Model):
            heritage = models.CharField("Sprache", choices=[("a", "Religion A")])

            class Meta:
                app_label = "sample"
                managed = False

            def __str__(self) -> str:
                return self.heritage

        try:
            assert offences(of_models([Sample])) == ["sample.Sample.heritage: a Religion A"]
        finally:
            del apps.all_models["sample"]["sample"]

    def test_a_filter_a_form_and_a_page_of_the_administration(self):
        class SampleFilter(FilterSet):
            land = CharFilter(label="Herkunftsland")

        class SampleForm(forms.Form):
            a = forms.CharField(help_text="Ihre Religion")

        site = admin.AdminSite()
        site.register(apps.get_model("lotsen", "Carrier"), list_display=["name", "nationality"])
        assert len(offences(of_filters([SampleFilter]))) == 1
        assert len(offences(of_forms([SampleForm]))) == 1
        assert len(offences(of_administration(site))) == 1

    @pytest.mark.parametrize(
        "code",
        [
            'Column("Herkunft", "", "")',
            "JSONObject(nationality=F('x'))",
            "data = {'religion': 1}",
            "rows.values('country_of_origin')",
            "class Ethnicity: pass",
        ],
    )
    def test_a_column_a_property_a_statistic(self, code):
        assert offences(of_code(code, "sample.py")) != []

    def test_what_a_docstring_explains_is_no_field(self):
        assert offences(of_code('"""There is no field for nationality."""', "sample.py")) == []
