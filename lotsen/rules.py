"""When a carrier or a programme has enough to be of use to the public.

Each rule is said twice, for one object and for the database; ``tests/lotsen/test_rules.py``
holds that both say the same.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lotsen.models import Carrier, FieldOfWork, Programme, ProgrammeLanguage
from vielfalt.listings.models import State
from vielfalt.listings.requirements import Requirements

RESTING = (State.DORMANT, State.ARCHIVED)
"""Programmes in these states do not count: publishing their carrier would not show them."""

CARRIER_TYPE = _("Trägerart")
PLACE = _("Ort")
CONTACT = _("ein öffentlicher Kontakt: Telefon, E-Mail oder Website")
PROGRAMME = _("ein Programm mit einer Sprache oder einem Einsatzfeld")
LANGUAGE_OR_FIELD = _("eine Sprache oder ein Einsatzfeld")


def missing_for_publication(carrier: Carrier) -> list[str]:
    """Return what ``carrier`` lacks, in words; reads its programmes, which lists should prefetch."""
    checks = {
        CARRIER_TYPE: carrier.carrier_type_id,
        PLACE: carrier.municipality_id,
        CONTACT: carrier.phone or carrier.email or carrier.website,
        PROGRAMME: any(
            programme.state not in RESTING and not programme_lacks(programme) for programme in carrier.programmes.all()
        ),
    }
    return [str(name) for name, given in checks.items() if not given]


def programme_lacks(programme: Programme) -> list[str]:
    """Return what ``programme`` lacks, in words."""
    if programme.offered_languages.all() or programme.fields_of_work.all():
        return []
    return [str(LANGUAGE_OR_FIELD)]


def complete_programmes() -> Q:
    """The programmes that lack nothing."""
    languages = ProgrammeLanguage.objects.filter(programme=OuterRef("pk"))
    fields = FieldOfWork.objects.filter(programmes=OuterRef("pk"))
    return Q(Exists(languages)) | Q(Exists(fields))


def incomplete_carriers() -> Q:
    """The carriers that lack something; type and place are required by the database itself."""
    programmes = Programme.objects.exclude(state__in=RESTING).filter(complete_programmes(), carrier=OuterRef("pk"))
    return Q(phone="", email="", website="") | Q(~Exists(programmes))


def incomplete_programmes() -> Q:
    """The programmes that lack something."""
    return ~complete_programmes()


def programmes_of(carrier: Carrier) -> QuerySet[Programme]:
    """All programmes of ``carrier``, whatever their state."""
    return carrier.programmes.all()


carrier = Requirements(missing_for_publication, incomplete_carriers, programmes_of)
programme = Requirements(programme_lacks, incomplete_programmes)
