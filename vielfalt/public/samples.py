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

from leitfaden.models import PUBLIC_ONCE, Block, BlockVersion, Edition, EditionState, Kind
from leitfaden.reading.addresses import Addresses
from leitfaden.reading.books import Book
from leitfaden.reading.rendering import render_page
from leitfaden.trees import Node, Tree
from vielfalt.listings.facets import Option
from vielfalt.listings.history import Change, Moment
from vielfalt.listings.models import Language, PublicContact
from vielfalt.operators.models import Operator, Strand
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
        "strand": Strand.LOTSEN,
        "contacts": [_operator()],
        "pictures": [_picture(_("Eine Lotsin zeigt auf einen Stadtplan.")), _picture(_("Gespräch am Tisch"))],
        "offers": [
            _offer("Arabisch", "العربية", "ar", "regelmaessig", _("regelmäßig")),
            _offer("Tigrinya", "ትግርኛ", "ti", "auf-anfrage", _("auf Anfrage"), note=_("nur vormittags")),
            _offer("Ukrainisch", "Українська", "uk", "derzeit-nicht", _("derzeit nicht")),
        ],
        "own_names": [
            _own_name("جمعية ABC الثقافية", "Jamʿiyyat ABC ath-Thaqafiyya", "ara", "ar", right_to_left=True),
            _own_name("மாதிரி நூலகம்", "Mathiri Nulagam", "tam", "ta"),
            SimpleNamespace(own_name="Дім слів", own_name_language=None, transliteration="Dim sliv"),
        ],
        "organisations": [
            _organisation(),
            _organisation(
                name=_("Interkultureller Bildungs- und Begegnungsverein der Rheinstraßensiedlung-Süd"),
                reach="stadtteil",
                get_reach_display=_("Stadtteil"),
                distance=12.4,
                is_for_everybody=False,
                can_be_reached=False,
                logo_url="",
                confirmed_on=date(2025, 3, 1),
                is_fresh=False,
            ),
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
        "layer_options": [Option("muster", _("Migrantenorganisationen"), chosen=True)],
        "layers": [
            SimpleNamespace(
                layer=SimpleNamespace(shape="diamond", strand="migrantenorgs", plural=_("Migrantenorganisationen"))
            )
        ],
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
        **_leitfaden(),
    }


def _leitfaden() -> dict[str, Any]:
    """A page of the Leitfaden with its notes, and what it says of editions that are not in force."""
    term = _block(Kind.TERM, "b3gf", title=_("Träger"), html=_("<p>Organisation, die Kurse anbietet.</p>"))
    text = _(
        '<p>Ein Träger bildet Lots*innen aus.<span class="footnote">Das ist eine Fußnote.</span></p>'
        '<table><tbody><tr><th scope="row">15 Min.</th><td>Ankommen</td></tr></tbody></table>'
    )
    shown = [
        _block(Kind.MODULE, "m4dl", title=_("Rolle und Aufgaben"), fields={"ue": 4}),
        _block(Kind.TEXT, "k7m2", html=text),
        _block(Kind.METHOD, "t9kw", title=_("Interview zu zweit"), fields={"dauer": str(_("45 Minuten"))}),
        _block(Kind.TEXT, "r7tl", html='<p dir="rtl" lang="ar">مرحبا بكم في دليل المرافقين.</p>'),
    ]
    shown[0].number = 3
    addresses = Addresses("2026-1")
    tree = Tree(None, [*shown, term])
    return {
        "books": [_book(state) for state in (EditionState.SUPERSEDED, EditionState.APPROVED, EditionState.WITHDRAWN)],
        "book_page": render_page(tree, addresses, shown, permanent=addresses, top=3),
    }


def _block(kind: Kind, anchor: str, *, title: object = "", html: object = "", fields: Any = None) -> Node:
    version = BlockVersion(title=str(title), html=str(html), fields=fields or {}, block=Block(anchor=anchor, kind=kind))
    return Node(version)


def _book(state: EditionState) -> Book:
    edition = Edition(label="2026.1", slug="2026-1", state=state)
    if state in PUBLIC_ONCE:
        edition.published_at = _at(1)
    return Book(edition, Addresses("2026-1"))


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
    carrier = SimpleNamespace(
        name=_("Musterträger e. V."),
        phone="069 90009-001",
        email="lotsen@beispiel.example",
        website="https://beispiel.example/",
    )
    entry = {
        "pk": f"programm-{len(changes)}",
        "title": _("Lots*innen im Quartier"),
        "carrier": carrier,
        "municipality": SimpleNamespace(name="Offenbach am Main"),
        "offers": [(_("Arabisch"), "regelmaessig")],
        "field_names": [_("Ämter und Behörden"), _("Gesundheit/Arztbesuche")],
        "get_absolute_url": "#karten",
        "confirmed_on": date(2026, 11, 22),
        "is_fresh": True,
        "logo_url": static("portal/icon.svg"),
        "distance": 0.0,
        "responsible": True,
    }
    return SimpleNamespace(**{**entry, **changes})


def _organisation(**changes: Any) -> SimpleNamespace:
    name = _own_name("جمعية ABC الثقافية", "Jamʿiyyat ABC ath-Thaqafiyya", "ara", "ar", right_to_left=True)
    entry = {
        **vars(name),
        "pk": f"organisation-{len(changes)}",
        "name": _("Kulturverein Muster e. V."),
        "legal_form": SimpleNamespace(name="e. V."),
        "reach": "kommune",
        "get_reach_display": _("Kommune"),
        "municipality": SimpleNamespace(name="Offenbach am Main"),
        "field_names": [_("Bildung"), _("Kultur/Begegnung")],
        "language_names": ["Arabisch", "Türkisch"],
        "public_contact": PublicContact(phone="069 90009-002", email="verein@beispiel.example"),
        "can_be_reached": True,
        "is_for_everybody": True,
        "get_absolute_url": "#karten",
        "confirmed_on": date(2026, 11, 22),
        "is_fresh": True,
        "logo_url": static("portal/icon.svg"),
    }
    return SimpleNamespace(**{**entry, **changes})


def _operator() -> Operator:
    operator = Operator(
        name=str(_("Musterverband e. V.")),
        street=str(_("Beispielweg 1")),
        postal_code="63065",
        town="Offenbach am Main",
        phone="069 90009-100",
        email="kontakt@beispiel.example",
    )
    operator.logo_file = operator.logo_alt = ""
    return operator


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


def _own_name(
    own_name: str, transliteration: str, code: str, tag: str, *, right_to_left: bool = False
) -> SimpleNamespace:
    language = Language(code=code, tag=tag, right_to_left=right_to_left)
    return SimpleNamespace(own_name=own_name, own_name_language=language, transliteration=transliteration)


def _field(name: str, label: object, value: str, *errors: object) -> SimpleNamespace:
    return SimpleNamespace(id_for_label=name, html_name=name, label=label, value=value, errors=errors)
