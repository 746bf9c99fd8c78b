"""The links from an edition to its ledger and to what is new in it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from leitfaden.appendices import Appendix
from leitfaden.models import Edition


def news(edition: Edition) -> Appendix:
    url = reverse("rounds:news", kwargs={"edition": edition.slug})
    return Appendix(_("Was sich gegenüber der vorigen Ausgabe geändert hat"), url)


def decisions(edition: Edition) -> Appendix:
    url = reverse("rounds:ledger", kwargs={"edition": edition.slug})
    return Appendix(_("Wer was erreicht hat: alle Entscheidungen"), url)
