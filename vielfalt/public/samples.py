"""Made-up entries that show every component in its states; nothing of this is stored."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lotsen.facets import Option
from vielfalt.listings.history import Change, Moment
from vielfalt.places.geometry import VIEW_BOX, svg_position
from vielfalt.richtext.fields import RichTextFormField


class _RichTextForm(forms.Form):
    text = RichTextFormField(label=_("Beschreibung"), help_text=_("Was ist gut zu wissen?"), required=False)


def samples() -> dict[str, Any]:
    """Return what the page of components shows."""
    return {
        "programme": _programme(),
        "long_programme": _programme(
            title=_("Integrationslots*innen und Gesundheitslots*innen im Quartier der Rheinstraßensiedlung-Süd"),
            distance=12.4,
            responsible=False,
            confirmed_on=date(2025, 3, 1),
            is_fresh=False,
        ),
        "centre": SimpleNamespace(
            name=_("WIR-Vielfaltszentrum Musterkreis"), phone="", email="", website="https://beispiel.example/"
        ),
        "pictures": [_picture(_("Eine Lotsin zeigt auf einen Stadtplan.")), _picture(_("Gespräch am Tisch"))],
        "offers": [
            _offer("Arabisch", "العربية", "ar", "regelmaessig", _("regelmäßig")),
            _offer("Tigrinya", "ትግርኛ", "ti", "auf-anfrage", _("auf Anfrage"), note=_("nur vormittags")),
            _offer("Ukrainisch", "Українська", "uk", "derzeit-nicht", _("derzeit nicht")),
        ],
        "facet": {
            "name": "muster",
            "label": _("Sprache"),
            "options": [Option("ara", "Arabisch", "العربية", 12, chosen=True), Option("tur", "Türkisch", "Türkçe", 3)],
            "errors": [],
            "chosen": 1,
        },
        "wrong_facet": {
            "name": "falsch",
            "label": _("Art des Trägers"),
            "options": [],
            "chosen": 0,
            "errors": [_("„xyz“ gibt es hier nicht. Dieser Filter wirkt deshalb nicht.")],
        },
        "chips": [{"label": "Arabisch", "url": "#chips"}, {"label": _("bis {km} km").format(km=20), "url": "#chips"}],
        "facts": [(_("Kosten"), _("kostenlos")), (_("Antwort"), _("innerhalb von drei Werktagen"))],
        "figures": [(13, _("Träger im Verzeichnis")), ("92 %", _("der Einträge in den letzten 12 Monaten bestätigt"))],
        "map": {"view_box": VIEW_BOX, "districts": ["06435", "06438"], "points": [svg_position(50.1, 8.76)]},
        "field": _field("feld", _("Ort oder Postleitzahl"), "63065"),
        "wrong_field": _field(
            "feld-falsch", _("Ort oder Postleitzahl"), "Atlantis", _("Diesen Ort finden wir in Hessen nicht.")
        ),
        "rich_text_form": _RichTextForm(
            initial={"text": _("<p>Wir begleiten <strong>zu Ämtern</strong>:</p><ul><li>Wohngeld</li></ul>")}
        ),
        "radiuses": [Option("10", "10 km"), Option("20", "20 km", chosen=True)],
        **_work_on_entries(),
    }


def _work_on_entries() -> dict[str, Any]:
    """What carriers and staff see of an entry's completeness, review and history."""
    changed = [
        Change(_("Beschreibung"), str(_("Wir begleiten zu Ämtern.")), str(_("Wir begleiten zu Ämtern und zum Arzt."))),
        Change(_("Telefon"), "069 90009-001", ""),
        Change(_("Sprachen"), added=("Tigrinya", "Ukrainisch"), removed=("Somali",)),
    ]
    asked = SimpleNamespace(at=_at(20), reason=_("Ist das der Name, der auch im Vereinsregister steht?"))
    return {
        "percents": [0, 60, 100],
        "changes": changed,
        "moments": [
            Moment("b", _at(22), str(_("Redaktion")), str(_("Änderungsantrag angenommen")), "", changed),
            Moment("a", _at(1), str(_("Träger")), "", str(_("angelegt"))),
        ],
        "steps": [
            (SimpleNamespace(at=_at(19), reason=""), _("eingereicht"), _("Absender*in")),
            (asked, _("Rückfrage gestellt"), _("Redaktion")),
        ],
        "sample_messages": [
            Message(constants.SUCCESS, _("Gespeichert. Die Änderung ist öffentlich.")),
            Message(constants.ERROR, _("Das hat nicht geklappt. Bitte prüfen Sie die markierten Felder.")),
        ],
    }


def _at(day: int) -> datetime:
    return datetime(2026, 11, day, 10, 30, tzinfo=timezone.get_default_timezone())


def _programme(**changes: Any) -> SimpleNamespace:
    offers = [_offer("Arabisch", "العربية", "ar", "regelmaessig", _("regelmäßig"))]
    carrier = SimpleNamespace(
        name=_("Musterträger e. V."),
        phone="069 90009-001",
        email="lotsen@beispiel.example",
        website="https://beispiel.example/",
    )
    entry = {
        "pk": len(changes),
        "title": _("Lots*innen im Quartier"),
        "carrier": carrier,
        "municipality": SimpleNamespace(name="Offenbach am Main"),
        "offered_languages": SimpleNamespace(all=lambda: offers),
        "field_names": [_("Ämter und Behörden"), _("Gesundheit/Arztbesuche")],
        "get_absolute_url": "#karten",
        "confirmed_on": date(2026, 11, 22),
        "is_fresh": True,
        "logo_url": static("portal/icon.svg"),
        "distance": 0.0,
        "responsible": True,
    }
    return SimpleNamespace(**{**entry, **changes})


def _picture(alt: object) -> SimpleNamespace:
    drawing = static("portal/icon.svg")
    return SimpleNamespace(
        url=drawing, small_url=drawing, width=64, height=64, small_width=64, alt=alt, rights=_("Musterträger e. V.")
    )


def _offer(
    name: str, own_name: str, tag: str, availability: str, words: object, *, note: object = ""
) -> SimpleNamespace:
    language = SimpleNamespace(name=name, own_name=own_name, tag=tag)
    return SimpleNamespace(language=language, availability=availability, get_availability_display=words, note=note)


def _field(name: str, label: object, value: str, *errors: object) -> SimpleNamespace:
    return SimpleNamespace(id_for_label=name, html_name=name, label=label, value=value, errors=errors)
