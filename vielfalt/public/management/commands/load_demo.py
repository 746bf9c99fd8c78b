"""``manage.py load_demo``: what a newcomer sees first, never for a real portal."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.loading import load_first_text, publish_first_edition
from lotsen.models import Carrier, CarrierMembership, Programme, RequestChannel
from lotsen.spreadsheets.carriers import CARRIERS
from migrantenorgs.models import MigrantOrganisation, MigrantOrganisationMembership
from vielfalt.accounts.models import Role, User
from vielfalt.listings.spreadsheets.importing import import_file
from vielfalt.mail.actions import silence
from vielfalt.public.demo_notices import load_notices
from vielfalt.public.demo_organisations import load_migrant_organisations
from vielfalt.public.demo_rounds import load_rounds

PUBLIC_LIST = Path(__file__).parents[2] / "demo" / "traeger.csv"

STAFF = {"redaktion@example.org": _("Redaktion"), "lektorat@example.org": _("Lektorat")}
CURATORS = {
    "redaktion-lotsen@example.org": "Redaktion WIR-Lots*innen",
    "redaktion-mo@example.org": "Redaktion Migrantenorganisationen",
    "redaktion-leitfaden@example.org": "Redaktion Leitfaden",
}
MANAGERS = {
    "rodgau@example.org": (_("Koordination Rodgau"), Carrier, CarrierMembership, "caritasverband-offenbach"),
    "kulturverein@example.org": (
        _("Koordination Migrantenorganisation Beispielstadt"),
        MigrantOrganisation,
        MigrantOrganisationMembership,
        "kulturverein-beispielstadt",
    ),
}
"""The demo accounts stand for roles, never for people: staff, those of a group, managers with their organisation."""

PASSWORD = "demo"  # noqa: S105 - only where DEMO is on, and every page then says so


class Command(BaseCommand):
    help = (
        "Loads the public list of carriers with marked sample values, made-up migrant organisations and demo accounts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print the demo log-ins that work")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is only for a portal with DEMO=1, which then says so on every page.")
        if not options["logins"]:
            with transaction.atomic(), silence():
                load_carriers()
                load_migrant_organisations()
                load_notices()
                load_accounts()
                load_leitfaden()
        for user in User.objects.filter(email__in=[*STAFF, *CURATORS, *MANAGERS]).order_by("-is_staff", "email"):
            if user.check_password(PASSWORD):
                self.stdout.write(f"Log-in {user.name}: {user.email}, {PASSWORD}")


def load_accounts() -> None:
    """Make the accounts that are missing."""
    for email, name in STAFF.items():
        if not User.objects.filter(email=email).exists():
            User.objects.create_superuser(email, PASSWORD, name=name)
    for email, group in CURATORS.items():
        if not User.objects.filter(email=email).exists():
            curator = User.objects.create_user(email, PASSWORD, name=group, is_staff=True)
            curator.groups.add(Group.objects.get(name=group))
    for email, (name, organisations, memberships, slug) in MANAGERS.items():
        if not User.objects.filter(email=email).exists():
            user = User.objects.create_user(email, PASSWORD, name=name)
            organisation = organisations.objects.get(slug=slug)
            memberships.objects.create(organisation=organisation, user=user, role=Role.MANAGER)


def load_leitfaden() -> None:
    """Import the first text and publish it, approved by the two roles that a centre needs for that."""
    revision = load_first_text()
    if revision is not None:
        editorial, proofreading = (User.objects.get(email=email) for email in STAFF)
        publish_first_edition(revision=revision, label="2026.1", by=editorial, second=proofreading)
        load_rounds(by=editorial)


def load_carriers() -> None:
    """Read the public list through the portal's own import and fill what that format does not hold."""
    plan = import_file(CARRIERS, content=PUBLIC_LIST.read_bytes(), publish=True, by=None)
    if plan.mistakes:
        raise CommandError("\n".join(str(mistake) for mistake in plan.mistakes))
    channels = RequestChannel.objects.filter(slug__in=["telefon", "e-mail"])
    for programme in Programme.objects.filter(costs=""):
        programme.costs = _("kostenlos")
        programme.response_time = _("innerhalb von drei Werktagen")
        programme.limits = _("Lots*innen begleiten und vermitteln. Sie ersetzen keine Rechtsberatung.")
        programme.seeks_volunteers = programme.pk % 3 == 0
        programme.save()
        programme.request_channels.set(channels)
    for days, carrier in enumerate(Carrier.objects.filter(opening_hours="")):
        carrier.opening_hours = _("Dienstag und Donnerstag, 10 bis 12 Uhr")
        # One entry is older than a year, so that everybody sees what that looks like.
        age = 400 if carrier.slug == "stadt-hanau" else days
        carrier.confirmed_on = timezone.localdate() - timedelta(days=age)
        carrier.save()
