"""What the Leitfaden puts on the staff's desk."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leitfaden.models import Comment, Draft, Edition
from leitfaden.permissions import edits
from vielfalt.listings.desk import Figure, Item, Panel

SHOWN = 6


def panels(request: HttpRequest) -> list[Panel]:
    """Return the panel, for those who edit the text."""
    if not edits(request.user):
        return []
    threads = Comment.objects.visible_to(request.user).open()
    waiting = Edition.objects.filter(published_at=None).select_related("document").prefetch_related("approvals")
    editions = [
        Item(
            _("Ausgabe {label}").format(label=edition.label),
            _("{state}, {number} von 2 Freigaben").format(
                state=edition.get_state_display(), number=len(edition.approvals.all())
            ),
            reverse("leitfaden:review_edition", args=[edition.slug]),
        )
        for edition in waiting[:SHOWN]
    ]
    comments = [
        Item(
            comment.text[:80],
            _("{who}, {day}").format(who=comment.author, day=date_format(localtime(comment.created_at), "j. F Y")),
            f"{reverse('leitfaden:block', args=[comment.block.anchor])}#kommentar-{comment.pk}",
        )
        for comment in threads.select_related("author", "block").order_by("-pk")[: SHOWN - len(editions)]
    ]
    return [
        Panel(
            slug="text",
            strand="leitfaden",
            title=_("Leitfaden"),
            hint=_("Ausgaben, die auf Freigabe warten, und offene Kommentare"),
            nothing=_("Nichts wartet. Unter „Leitfaden bearbeiten“ schreiben Sie weiter."),
            figures=[
                Figure(_("Ihre Entwürfe"), Draft.objects.of(request.user).count(), reverse("leitfaden:outline")),
                Figure(_("Ausgaben warten"), waiting.count(), reverse("leitfaden:editions")),
                Figure(_("offene Kommentare"), threads.count(), reverse("leitfaden:comments")),
            ],
            items=[*editions, *comments],
        )
    ]
