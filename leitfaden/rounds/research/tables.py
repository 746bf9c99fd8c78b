"""What an export holds: tables and columns, each with its meaning. The codebook and all files are made of this."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leitfaden.models import Kind as BlockKind
from leitfaden.rounds.consensus import Strength
from leitfaden.rounds.models import Advice, Operation, Outcome, Phase, ProposalState, RoundState, Stance
from leitfaden.rounds.research.columns import Column, Kind, Table, Value
from leitfaden.rounds.research.material import Material
from leitfaden.rounds.wording import Weighing


class Speaker(models.TextChoices):
    """From where a remark comes."""

    CARRIER = "traeger", gettext_lazy("ein beteiligter Träger")
    STAFF = "redaktion", gettext_lazy("die Redaktion des Leitfadens")
    NETWORK = "netzwerk", gettext_lazy("jemand anderes aus dem Netzwerk")


def _day(moment: datetime | None) -> str | None:
    """Days only: at which minute somebody wrote tells who it was."""
    return timezone.localdate(moment).isoformat() if moment else None


def _speaker(remark: Any) -> str:
    if remark.participant_id:
        return Speaker.CARRIER
    return Speaker.STAFF if remark.author.is_staff else Speaker.NETWORK


_STANDS = (
    ("agree", gettext_lazy("Träger mit Zustimmung")),
    ("minor", gettext_lazy("Träger mit leichten Bedenken")),
    ("major", gettext_lazy("Träger mit schweren Bedenken")),
    ("veto", gettext_lazy("Träger mit Veto")),
    ("abstain", gettext_lazy("Träger, die sich enthalten")),
)
_NAMES = {
    "agree": "zustimmung",
    "minor": "leichte_bedenken",
    "major": "schwere_bedenken",
    "veto": "veto",
    "abstain": "enthaltung",
}


def _standing(field: str) -> Callable[[Any, Material], Value]:
    def value(proposal: Any, material: Material) -> Value:
        consensus = material.consensus.get(proposal.pk)
        return getattr(consensus, field) if consensus else None

    return value


def _proposal_number(meaning: str | Promise, value: Callable[[Any], int]) -> Column:
    return Column("vorschlag", Kind.NUMBER, meaning, lambda row, _material: value(row))


_PROPOSAL = gettext_lazy("Nummer des Vorschlags in der Runde; so heißt er auch im Portal")
_WORDING = gettext_lazy("Fassung des Vorschlags, von 1 an gezählt")
_CARRIER = gettext_lazy("Träger, wie in der Tabelle traeger")

ROUND = Table(
    "runde",
    gettext_lazy("Die Runde selbst, in einer Zeile."),
    (
        Column("runde", Kind.NUMBER, gettext_lazy("Nummer der Runde"), lambda row, _m: row.number),
        Column("titel", Kind.TEXT, gettext_lazy("Titel der Runde"), lambda row, _m: row.title),
        Column("stand", Kind.CHOICE, gettext_lazy("Stand der Runde"), lambda row, _m: row.state, RoundState),
        Column("vorschlagen_ab", Kind.DAY, gettext_lazy("Beginn der Phase"), lambda row, _m: _day(row.collect_from)),
        Column("besprechen_ab", Kind.DAY, gettext_lazy("Beginn der Phase"), lambda row, _m: _day(row.discuss_from)),
        Column("abstimmen_ab", Kind.DAY, gettext_lazy("Beginn der Phase"), lambda row, _m: _day(row.vote_from)),
        Column("abstimmen_bis", Kind.DAY, gettext_lazy("Ende der Phase"), lambda row, _m: _day(row.vote_until)),
        Column(
            "quorum",
            Kind.NUMBER,
            gettext_lazy("So viele Träger müssen sich zu einem Vorschlag geäußert haben"),
            lambda row, _m: row.quorum,
        ),
        Column("traeger", Kind.NUMBER, gettext_lazy("beteiligte Träger"), lambda _row, m: len(m.participants)),
    ),
    lambda material: [material.round],
)

CARRIERS = Table(
    "traeger",
    gettext_lazy("Alle beteiligten Träger, auch die, die nichts beigetragen haben."),
    (
        Column("traeger", Kind.NAME, gettext_lazy("Pseudonym des Trägers"), lambda row, m: m.pseudonym(row[0].pk)),
        Column("vorschlaege", Kind.NUMBER, gettext_lazy("Vorschläge in diesem Export"), lambda row, _m: row[1]),
        Column("positionen", Kind.NUMBER, gettext_lazy("Positionen, die zählen"), lambda row, _m: row[2]),
        Column("beitraege", Kind.NUMBER, gettext_lazy("Beiträge in diesem Export"), lambda row, _m: row[3]),
    ),
    lambda material: material.taking_part(),
)

PROPOSALS = Table(
    "vorschlaege",
    gettext_lazy("Ein Vorschlag je Zeile, wie er jetzt ist."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.number),
        Column("fassung", Kind.NUMBER, gettext_lazy("die jetzige Fassung"), lambda row, _m: row.current.number),
        Column("traeger", Kind.NAME, _CARRIER, lambda row, m: m.pseudonym(row.participant_id)),
        Column(
            "mit_traegern",
            Kind.NAME,
            gettext_lazy("Träger, deren Vorschläge in diesen eingegangen sind, durch Leerzeichen getrennt"),
            lambda row, m: " ".join(sorted(m.carriers_of[row.pk])),
        ),
        Column("stand", Kind.CHOICE, gettext_lazy("Stand des Vorschlags"), lambda row, _m: row.state, ProposalState),
        Column(
            "eingegangen_in",
            Kind.NUMBER,
            gettext_lazy("Nummer des Vorschlags, in den dieser eingegangen ist"),
            lambda row, _m: row.merged_into.number if row.merged_into else None,
        ),
        Column("zugelassen_am", Kind.DAY, gettext_lazy("Tag der Zulassung"), lambda row, _m: _day(row.admitted_at)),
        Column(
            "nur_sprachlich",
            Kind.YES_NO,
            gettext_lazy("ob er als nur sprachlich gilt (ohne Bedenken nach zehn Tagen angenommen)"),
            lambda row, _m: row.is_editorial,
        ),
        *(Column(_NAMES[field], Kind.NUMBER, label, _standing(field)) for field, label in _STANDS),
        Column(
            "konsens",
            Kind.CHOICE,
            gettext_lazy("Stärke des Konsenses: Anteil von Zustimmung und leichten Bedenken ohne die Enthaltungen"),
            _standing("strength"),
            Strength,
        ),
    ),
    lambda material: material.proposals,
)

WORDINGS = Table(
    "fassungen",
    gettext_lazy("Alle Fassungen der Vorschläge seit der Zulassung, mit Titel, Begründung und Empfehlung."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.proposal.number),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.number),
        Column("eingereicht_am", Kind.DAY, gettext_lazy("Tag des Einreichens"), lambda row, _m: _day(row.submitted_at)),
        Column("titel", Kind.TEXT, gettext_lazy("Titel, ohne Namen"), lambda row, m: m.mask(row.title)),
        Column("begruendung", Kind.TEXT, gettext_lazy("Begründung, ohne Namen"), lambda row, m: m.mask(row.reason)),
        Column(
            "empfehlung",
            Kind.CHOICE,
            gettext_lazy("was die Redaktion empfiehlt"),
            lambda row, _m: row.recommendation.advice if hasattr(row, "recommendation") else None,
            Advice,
        ),
        Column(
            "empfehlung_begruendung",
            Kind.TEXT,
            gettext_lazy("Begründung der Empfehlung, ohne Namen"),
            lambda row, m: m.mask(row.recommendation.reason) if hasattr(row, "recommendation") else None,
        ),
    ),
    lambda material: material.wordings,
)


def _weighs(weighing: Weighing) -> Callable[[Any, Material], Value]:
    return lambda row, _material: any(one.kind == weighing for one in row.weights)


def _plain(wording: Any) -> str | None:
    """A wording in words: heading, text, and what it tells beside its text."""
    if wording is None:
        return None
    fields = [f"{name}: {value}" for name, value in wording.fields.items()]
    return "\n".join(filter(None, [wording.title, wording.plain, *fields]))


CHANGES = Table(
    "aenderungen",
    gettext_lazy("Was die Vorschläge am Text ändern: eine Zeile je Stelle und Fassung."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.change.version.proposal.number),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.change.version.number),
        Column(
            "aenderung",
            Kind.NUMBER,
            gettext_lazy("Nummer der Änderung in dieser Fassung"),
            lambda row, _m: row.change.position,
        ),
        Column("art", Kind.CHOICE, gettext_lazy("was geschehen soll"), lambda row, _m: row.operation.value, Operation),
        Column(
            "kennung",
            Kind.TEXT,
            gettext_lazy("Kennung der Stelle im Leitfaden; leer, wenn sie neu ist"),
            lambda row, _m: row.anchor or None,
        ),
        Column("stelle", Kind.CHOICE, gettext_lazy("was für eine Stelle"), lambda row, _m: row.kind.value, BlockKind),
        Column("ort", Kind.TEXT, gettext_lazy("Überschriften darüber"), lambda row, _m: row.place),
        Column(
            "alt",
            Kind.TEXT,
            gettext_lazy("bisheriger Wortlaut ohne Auszeichnung"),
            lambda row, _m: _plain(row.old),
        ),
        Column(
            "neu",
            Kind.TEXT,
            gettext_lazy("vorgeschlagener Wortlaut ohne Auszeichnung"),
            lambda row, _m: _plain(row.new),
        ),
        Column("umfang", Kind.TEXT, gettext_lazy("wie viel sich ändert"), lambda row, _m: row.summary),
        *(Column(weighing.value, Kind.YES_NO, weighing.label, _weighs(weighing)) for weighing in Weighing),
    ),
    lambda material: material.changes,
)


POSITIONS = Table(
    "positionen",
    gettext_lazy(
        "Wie Träger zu Vorschlägen stehen und standen: eine Zeile je Äußerung. "
        "Was der Träger nicht bestätigt hat, fehlt."
    ),
    (
        _proposal_number(_PROPOSAL, lambda row: row.wording.proposal.number),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.wording.number),
        Column("traeger", Kind.NAME, _CARRIER, lambda row, m: m.pseudonym(row.event.participant_id)),
        Column(
            "aeusserung",
            Kind.NUMBER,
            gettext_lazy("Die wievielte Äußerung des Trägers zu dieser Fassung"),
            lambda row, _m: row.number,
        ),
        Column("am", Kind.DAY, gettext_lazy("Tag der Äußerung"), lambda row, _m: _day(row.event.pgh_created_at)),
        Column(
            "phase",
            Kind.CHOICE,
            gettext_lazy("Phase, in der sie fiel"),
            lambda row, m: m.phase_at(row.event.pgh_created_at),
            Phase,
        ),
        Column("position", Kind.CHOICE, gettext_lazy("die Position"), lambda row, _m: row.event.stance, Stance),
        Column("begruendung", Kind.TEXT, gettext_lazy("Begründung, ohne Namen"), lambda r, m: m.mask(r.event.reason)),
        Column(
            "zaehlt",
            Kind.YES_NO,
            gettext_lazy("ob das die jetzige Position zur jetzigen Fassung ist"),
            lambda row, _m: row.counts,
        ),
    ),
    lambda material: material.positions,
)

RESISTANCES = Table(
    "widerstand",
    gettext_lazy("Umstrittene Stellen: wie groß der Widerstand gegen jede Möglichkeit ist. Leer, bis abgestimmt ist."),
    (
        Column("kennung", Kind.TEXT, gettext_lazy("Kennung der Stelle"), lambda row, _m: row.block.anchor),
        Column("traeger", Kind.NAME, _CARRIER, lambda row, m: m.pseudonym(row.participant_id)),
        Column(
            "vorschlag",
            Kind.NUMBER,
            gettext_lazy("Nummer des Vorschlags; leer: es bleibt, wie es ist"),
            lambda row, _m: row.version.proposal.number if row.version else None,
        ),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.version.number if row.version else None),
        Column("widerstand", Kind.NUMBER, gettext_lazy("von 0 (keiner) bis 10"), lambda row, _m: row.value),
    ),
    lambda material: material.resistances,
)

DECISIONS = Table(
    "entscheidungen",
    gettext_lazy("Wie über jede Änderung entschieden wurde."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.change.version.proposal.number),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.change.version.number),
        Column(
            "aenderung",
            Kind.NUMBER,
            gettext_lazy("Nummer der Änderung, wie in der Tabelle aenderungen"),
            lambda row, _m: row.change.position,
        ),
        Column("am", Kind.DAY, gettext_lazy("Tag der Entscheidung"), lambda row, _m: _day(row.at)),
        Column("ergebnis", Kind.CHOICE, gettext_lazy("Entscheidung"), lambda row, _m: row.outcome, Outcome),
        Column("begruendung", Kind.TEXT, gettext_lazy("Begründung, ohne Namen"), lambda row, m: m.mask(row.reason)),
        Column(
            "erledigt_durch",
            Kind.NUMBER,
            gettext_lazy("Nummer des Vorschlags, durch den diese Änderung erledigt ist"),
            lambda row, _m: row.settled_by.version.proposal.number if row.settled_by else None,
        ),
    ),
    lambda material: material.decisions,
)

REMARKS = Table(
    "beitraege",
    gettext_lazy("Was im Netzwerk zu den Vorschlägen gesagt wurde, ohne die Notizen der Redaktion."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.proposal.number),
        Column("fassung", Kind.NUMBER, _WORDING, lambda row, _m: row.version.number),
        Column("von", Kind.CHOICE, gettext_lazy("woher der Beitrag kommt"), lambda row, _m: _speaker(row), Speaker),
        Column("traeger", Kind.NAME, _CARRIER, lambda row, m: m.pseudonym(row.participant_id)),
        Column("am", Kind.DAY, gettext_lazy("Tag des Beitrags"), lambda row, _m: _day(row.created_at)),
        Column("phase", Kind.CHOICE, gettext_lazy("Phase"), lambda row, m: m.phase_at(row.created_at), Phase),
        Column("text", Kind.TEXT, gettext_lazy("Beitrag, ohne Namen"), lambda row, m: m.mask(row.text)),
    ),
    lambda material: material.remarks,
)

CODES = Table(
    "codes",
    gettext_lazy("Die Codes der wissenschaftlichen Begleitung."),
    (
        Column("code", Kind.TEXT, gettext_lazy("Name des Codes"), lambda row, _m: row.name),
        Column("bedeutung", Kind.TEXT, gettext_lazy("Definition"), lambda row, _m: row.meaning),
    ),
    lambda material: material.codes,
)

CODINGS = Table(
    "codierungen",
    gettext_lazy("Welcher Vorschlag mit welchem Code versehen ist: eine Zeile je Person, die codiert hat."),
    (
        _proposal_number(_PROPOSAL, lambda row: row.proposal.number),
        Column("code", Kind.TEXT, gettext_lazy("Name des Codes"), lambda row, _m: row.code.name),
        Column("codiert_von", Kind.NAME, gettext_lazy("wer codiert hat"), lambda row, m: m.coder(row.by_id)),
        Column("am", Kind.DAY, gettext_lazy("Tag der Codierung"), lambda row, _m: _day(row.at)),
        Column("notiz", Kind.TEXT, gettext_lazy("Notiz"), lambda row, _m: row.note),
    ),
    lambda material: material.codings,
)

TABLES = (
    ROUND,
    CARRIERS,
    PROPOSALS,
    WORDINGS,
    CHANGES,
    POSITIONS,
    RESISTANCES,
    DECISIONS,
    REMARKS,
    CODES,
    CODINGS,
)


def notes() -> list[str]:
    """What whoever evaluates the data has to know."""
    return [
        _(
            "Enthalten sind Vorschläge, die zugelassen wurden, und was im Netzwerk dazu gesagt wurde. Entwürfe, nicht "
            "zugelassene und zurückgezogene Vorschläge, Notizen der Redaktion und unbestätigte Positionen fehlen."
        ),
        _(
            "Träger haben in jeder Runde ein anderes Pseudonym (T-…). Es ist mit einem Schlüssel des Servers gebildet "
            "und ohne ihn nicht zurückzurechnen. Personen kommen nicht vor, nur ein Pseudonym für jede, die codiert "
            "(K-…)."
        ),
        _(
            "Die Daten sind pseudonym, nicht anonym. Vorschläge sind öffentlich, mit dem Namen des Trägers: Wer "
            "eine Nummer oder einen Text im Portal nachschlägt, kennt den Träger und damit auch seine Positionen und "
            "Beiträge unter demselben Pseudonym. Geben Sie die Daten nicht weiter, und veröffentlichen Sie nur Summen "
            "und Zitate ohne Pseudonym."
        ),
        _(
            "In Titeln, Begründungen und Beiträgen sind Namen der beteiligten Träger durch ihr Pseudonym ersetzt, "
            "E-Mail-Adressen, Telefonnummern, die vollen Namen aller Konten und Namen nach Frau und Herr durch ein "
            "Wort in eckigen Klammern. Andere Hinweise auf Personen oder Orte können stehen geblieben sein."
        ),
        _("Der Wortlaut des Leitfadens (alt, neu) ist öffentlich und unverändert."),
        _("Zeiten sind auf den Tag gerundet. Die Phase richtet sich nach den jetzigen Zeiten der Runde."),
        _(
            "CSV: UTF-8, Semikolon, eine Kopfzeile. Beginnt ein Text wie eine Formel, steht ein Apostroph davor. In "
            "JSON sind fehlende Werte null, sonst leer."
        ),
    ]
