"""Tells people once a day where somebody has mentioned them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leitfaden.discussion.mentions import without_name
from leitfaden.history.visibility import blocks_visible_to
from leitfaden.models import Comment, Draft, Mention
from vielfalt.accounts.models import User
from vielfalt.mail.actions import send
from vielfalt.mail.kinds import Kind

TEMPLATE = "leitfaden/mentions"
LONGEST_EXCERPT = 300


@transaction.atomic
def tell_of_mentions(day: date) -> str:
    """Write each person one mail about all new mentions, as a step of the day."""
    new: dict[User, list[Mention]] = defaultdict(list)
    mentions = Mention.objects.select_for_update(of=("self",)).filter(told_at=None)
    for mention in mentions.select_related("user", "comment__author", "comment__block").order_by("pk"):
        new[mention.user].append(mention)
    sent = sum(_tell(user, [mention.comment for mention in own]) for user, own in new.items())
    told = [mention.pk for own in new.values() for mention in own]
    Mention.objects.filter(pk__in=told).update(told_at=timezone.now())
    return ngettext("%d Mail zu Erwähnungen.", "%d Mails zu Erwähnungen.", sent) % sent


def _tell(user: User, comments: Sequence[Comment]) -> bool:
    """Write about what ``user`` may read at this moment; rights may have changed since it was written."""
    wanted = [comment.pk for comment in comments]
    readable = Comment.objects.visible_to(user).filter(pk__in=wanted, block__in=blocks_visible_to(user))
    allowed = set(readable.values_list("pk", flat=True))
    items = [_item(comment) for comment in comments if comment.pk in allowed]
    if not items or not user.is_active:
        return False
    return send(template=TEMPLATE, to=user.email, context={"items": items}, kind=Kind.REMINDER)


def _item(comment: Comment) -> dict[str, Any]:
    address = reverse("leitfaden:block", args=[comment.block.anchor])
    excerpt = comment.text if len(comment.text) <= LONGEST_EXCERPT else f"{comment.text[:LONGEST_EXCERPT]} …"
    return {
        "author": str(comment.author),
        "text": excerpt,
        "link": f"{settings.PORTAL_URL}{address}#kommentar-{comment.pk}",
    }


def forget(address: str) -> None:
    """Forget somebody who leaves: their drafts, whom to tell, and their name in what others wrote to them."""
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        return
    Draft.objects.of(user).delete()
    for comment in Comment.objects.filter(mentions__user=user):
        comment.text = without_name(comment.text, user.name, _("ehemaliges Mitglied"))
        comment.save(update_fields=["text"])
    Mention.objects.filter(user=user).delete()


def samples() -> dict[str, Mapping[str, Any]]:
    """Return values for the preview."""
    sample = SimpleNamespace(
        pk=1,
        author=_("Koordination Musterstadt"),
        text=_("@Redaktion: Passt das Beispiel auch für kleine Gruppen?"),
        block=SimpleNamespace(anchor="k7m2"),
    )
    context = {"items": [_item(sample)], "unsubscribe_url": settings.PORTAL_URL + "/post/abbestellen/muster/"}  # type: ignore[arg-type]  # a sample, not a comment
    return {TEMPLATE: context}
