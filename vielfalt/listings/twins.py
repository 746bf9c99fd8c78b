"""Saying that two entries of different strands are the same organisation, and taking that back."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vielfalt.accounts.models import User
from vielfalt.listings.models import Organisation, Twin
from vielfalt.listings.recording import changes_by


@transaction.atomic
def join(*, first: Organisation, second: Organisation, by: User) -> None:
    """Make two entries one organisation: from now on each team looks after both.

    Raises ``ValidationError`` where one of them has a twin already, or both are of one strand.
    """
    if type(first) is type(second):
        raise ValidationError(
            _("Beide Einträge stehen im selben Verzeichnis. Verbinden Sie zwei verschiedene Bereiche.")
        )
    pair = uuid4()
    try:
        with transaction.atomic(), changes_by(by):
            for entry in (first, second):
                Twin.objects.create(pair=pair, kind=entry._meta.label_lower, object_id=entry.pk)
    except IntegrityError as error:
        raise ValidationError(
            _("Einer der beiden Einträge ist schon verbunden. Bitte trennen Sie ihn zuerst.")
        ) from error


@transaction.atomic
def part(*, entry: Organisation, by: User) -> None:
    """Make ``entry`` and its twin two organisations again; each keeps its own team."""
    with changes_by(by):
        Twin.objects.filter(pair__in=Twin.objects.of(entry).values("pair")).delete()
