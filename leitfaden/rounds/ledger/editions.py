"""Which edition came before another one, and which rounds are behind it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from leitfaden.models import Edition
from leitfaden.rounds.models import Round, RoundState


def former_of(edition: Edition) -> Edition | None:
    """Return the edition that readers knew before this one, if everybody may still read it."""
    before = edition.published_at or timezone.now()
    readable = _before(before).filter(document=edition.document_id).exclude(pk=edition.pk)
    former: Edition | None = readable.select_related("revision").order_by("-published_at").first()
    return former


def rounds_behind(edition: Edition) -> QuerySet[Round]:
    """Return the rounds whose result one reads in this edition, and in none that was published before it."""
    published = edition.published_at or timezone.now()
    found = _rounds(edition.document_id, edition.revision.number, published)
    return found.select_related("base").order_by("number")


def edition_of(round_: Round) -> Edition | None:
    """Return the edition with which everybody reads the result of a round; ``None`` as long as there is none.

    Where nothing was taken the text is that of before, which may have been an edition already.
    """
    if round_.result is None:
        return None
    with_it = Edition.objects.readable().filter(document=round_.document_id, revision__number__gte=round_.result.number)
    found: Edition | None = with_it.order_by("published_at").first()
    return found


def has_former() -> Exists:
    """Whether there is one before an edition."""
    return Exists(_before(_published(OuterRef("published_at"))).filter(document=OuterRef("document")))


def has_rounds() -> Exists:
    """Whether there are rounds behind an edition."""
    published = _published(OuterRef(OuterRef("published_at")))
    return Exists(_rounds(OuterRef("document"), OuterRef("revision__number"), published))


def _published(when: Any) -> Any:
    """The moment of publication; what is still to be published comes after everything."""
    return Coalesce(when, Now())


def _before(moment: Any) -> QuerySet[Edition]:
    return Edition.objects.readable().filter(published_at__lt=moment).order_by()


def _rounds(document: Any, number: Any, published: Any) -> QuerySet[Round]:
    earlier = _before(published).filter(document=OuterRef("document"), revision__number__gte=OuterRef("result__number"))
    concluded = Round.objects.filter(document=document, state=RoundState.CONCLUDED, result__number__lte=number)
    return concluded.exclude(Exists(earlier)).order_by()
