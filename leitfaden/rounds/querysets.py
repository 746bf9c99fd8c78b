"""The words in which one asks for rounds, participants, proposals, remarks and positions.

Who sees what of a round is decided here only: every list, page, search, feed, file and mail begins with one
of these.
"""

from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from leitfaden.rounds.permissions import conducts
from vielfalt.accounts.models import Role
from vielfalt.listings.holders import held_by
from vielfalt.listings.permissions import in_network
from vielfalt.listings.querysets import words_of
from vielfalt.text import SEARCH_CONFIG

_SUBMITTED = (
    *("eingereicht", "rueckfrage", "zugelassen", "nicht-zugelassen", "zusammengefuehrt", "zurueckgezogen"),
    *("entschieden", "weitergetragen"),
)

FAST_DAYS = 10
"""After so many days without concerns an editorial proposal passes."""


def _admitted(of: str = "") -> Q:
    """Which proposals were admitted and neither withdrawn nor refused since; perhaps ``of`` a related proposal."""
    return Q(**{f"{of}state__in": ("zugelassen", "entschieden")}) | Q(
        **{f"{of}state__in": ("weitergetragen", "zusammengefuehrt"), f"{of}admitted_at__isnull": False}
    )


def _manager(model: Any, *names: str) -> Any:
    """Return the manager of the model to which fields lead; this module cannot import it."""
    for name in names:
        model = model._meta.get_field(name).related_model
    return model._default_manager


class RoundQuerySet(models.QuerySet):
    def running(self) -> Self:
        """Rounds that have started and neither ended nor been cancelled; at most one for each document."""
        return self.filter(state="laeuft")

    def visible_to(self, user: Any) -> Self:
        """Rounds that ``user`` may know of: those in preparation are the staff's."""
        return self if conducts(user) else self.exclude(state="geplant")


class ParticipantQuerySet(models.QuerySet):
    def of(self, user: Any) -> Self:
        """The carriers for which ``user`` works."""
        return self._where(user, "")

    def led_by(self, user: Any) -> Self:
        """The carriers in whose name ``user`` may submit and take positions."""
        return self._where(user, Role.MANAGER)

    def led_by_nobody(self) -> Self:
        """Carriers for which nobody who can log in may submit or take a position."""
        leads = {"memberships__role": Role.MANAGER, "memberships__user__is_active": True}
        return self.exclude(
            held_by(lambda model: model._base_manager.filter(model.objects.looked_after_where(**leads)))
        )

    def _where(self, user: Any, role: str) -> Self:
        if user is None or isinstance(user, AnonymousUser) or not user.is_active:
            return self.none()
        return self.filter(
            held_by(lambda model: model._base_manager.filter(model.objects.looked_after_by(user, as_role=role)))
        )


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Proposals that ``user`` may read.

        A carrier's people read all of its own; the staff what was submitted, and the drafts they write on
        behalf of carriers; everybody what was admitted, itself or as part of another.
        """
        readable = _admitted() | (Q(state="zusammengefuehrt") & _admitted("merged_into__"))
        if conducts(user):
            readable |= Q(state__in=(*_SUBMITTED, "unbestaetigt")) | Q(entered_by=user)
        if user is not None and user.is_authenticated:
            readable |= Q(participant__in=self._participants().of(user).order_by().values("pk"))
        return self.filter(readable)

    def public(self) -> Self:
        """Proposals that everybody may read: what papers and research are made of, whoever asks for them."""
        return self.visible_to(None)

    def _participants(self) -> Any:
        return _manager(self.model, "participant")

    def next_number(self, round_: Any) -> int:
        """Return the number that the next proposal of a round gets; whoever asks has locked the round."""
        last: int | None = self.filter(round=round_).aggregate(last=Max("number"))["last"]
        return (last or 0) + 1

    def submitted(self) -> Self:
        """All but drafts."""
        return self.exclude(state="entwurf")

    def open(self) -> Self:
        """Proposals that await something in their round."""
        return self.filter(state__in=("unbestaetigt", "eingereicht", "rueckfrage", "zugelassen"))

    def awaiting_staff(self) -> Self:
        """What the staff have to look at next, oldest first."""
        return self.filter(state="eingereicht").order_by("current__submitted_at", "pk")

    def admitted(self) -> Self:
        """Proposals about which carriers take positions."""
        return self.filter(state="zugelassen")

    def touching(self, *blocks: Any) -> Self:
        """Proposals whose submitted wording changes one of the blocks."""
        return self.filter(Exists(self._changes().filter(version=OuterRef("current"), block__in=blocks)))

    def within(self, blocks: Any) -> Self:
        """Proposals that change one of the blocks, put something under one, or something new after one."""
        touched = self._changes().filter(version=OuterRef("current"))
        new_after = Q(operation="einfuegen", after__in=blocks)
        return self.filter(Exists(touched.filter(Q(block__in=blocks) | Q(parent__in=blocks) | new_after)))

    def awaiting_position_of(self, participants: Any, round_: Any) -> Self:
        """Proposals of a round on which one of these carriers may take a position at this moment, and has not."""
        open_now = self._taking_positions(round_.phase)
        taken = _manager(self.model, "current", "positions").filter(version=OuterRef("current"))
        missing = Q(pk=None)
        for participant in participants:
            missing |= Q(~Exists(taken.filter(participant=participant)))
        return self.admitted().filter(open_now, missing, round=round_)

    def _taking_positions(self, phase: str) -> Q:
        """What ``leitfaden.rounds.voting.takes_positions`` says of each proposal."""
        since = timezone.now() - timedelta(days=FAST_DAYS)
        in_lane = Q(is_editorial=True) & (Q(admitted_at__gt=since) | Q(current__submitted_at__gt=since))
        if phase in ("besprechen", "abstimmen"):
            return Q(is_editorial=False) | in_lane
        return in_lane if phase == "vorschlagen" else Q(pk=None)

    def _changes(self) -> Any:
        return _manager(self.model, "current", "changes")

    def search(self, text: str) -> Self:
        """Proposals in whose submitted title or reason every word is found."""
        found = self
        for word in words_of(text):
            found = found.filter(current__search=SearchQuery(word, config=SEARCH_CONFIG))
        return found

    def for_cards(self) -> Self:
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("round", "participant", "current", "author", "merged_into").prefetch_related(
            "current__changes__block", "current__changes__seen", "current__recommendation"
        )


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Remarks that ``user`` may read: people of the network about what they see, the staff also internal ones."""
        if conducts(user):
            return self
        if not in_network(user):
            return self.none()
        proposals = _manager(self.model, "proposal")
        return self.filter(is_internal=False, proposal__in=proposals.visible_to(user).order_by().values("pk"))

    def for_research(self) -> Self:
        """What the network says about public proposals; the staff's own notes are nobody else's."""
        proposals = _manager(self.model, "proposal")
        return self.filter(is_internal=False, proposal__in=proposals.public().order_by().values("pk"))


class PositionQuerySet(models.QuerySet):
    def counted(self) -> Self:
        """Positions that count: about the present wording, and confirmed where they came on paper."""
        return self.filter(is_confirmed=True, version__proposal__current=models.F("version"))

    def visible_to(self, user: Any) -> Self:
        """Single positions with their carriers' names: the network reads them, others only sums."""
        proposals = _manager(self.model, "version", "proposal")
        if conducts(user):
            return self
        if not in_network(user):
            return self.none()
        visible = proposals.visible_to(user).order_by().values("pk")
        own = _manager(self.model, "participant").of(user).order_by().values("pk")
        return self.filter(Q(is_confirmed=True) | Q(participant__in=own), version__proposal__in=visible)
