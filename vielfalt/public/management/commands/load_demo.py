"""``manage.py load_demo``: what a newcomer sees first, never for a real portal."""

from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lotsen.actions import import_carriers
from lotsen.models import Carrier, CarrierMembership, Programme, RequestChannel
from vielfalt.accounts.models import Role, User

CARRIERS = Path(__file__).parents[2] / "demo" / "traeger.csv"

STAFF = {"redaktion@example.org": _("Redaktion")}
MANAGERS = {"rodgau@example.org": (_("Koordination Rodgau"), "caritasverband-offenbach")}
"""The demo accounts stand for roles, never for people; managers with the carrier they manage."""

PASSWORD = "demo"  # noqa: S105 - only where DEMO is on, and every page then says so


class Command(BaseCommand):
    help = "Loads the public list of carriers with marked sample values, and demo accounts for staff and a carrier."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--logins", action="store_true", help="only print the demo log-ins that work")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is only for a portal with DEMO=1, which then says so on every page.")
        if not options["logins"]:
            with transaction.atomic():
                load_carriers()
                load_accounts()
        for user in User.objects.filter(email__in=[*STAFF, *MANAGERS]).order_by("-is_staff", "email"):
            if user.check_password(PASSWORD):
                self.stdout.write(f"Log-in {user.name}: {user.email}, {PASSWORD}")


def load_accounts() -> None:
    """Make the accounts that are missing."""
    for email, name in STAFF.items():
        if not User.objects.filter(email=email).exists():
            User.objects.create_superuser(email, PASSWORD, name=name)
    for email, (name, slug) in MANAGERS.items():
        if not User.objects.filter(email=email).exists():
            user = User.objects.create_user(email, PASSWORD, name=name)
            carrier = Carrier.objects.get(slug=slug)
            CarrierMembership.objects.create(organisation=carrier, user=user, role=Role.MANAGER)


def load_carriers() -> None:
    """Read the public list through the portal's own import and fill what that format does not hold."""
    plan = import_carriers(content=CARRIERS.read_bytes(), publish=True, by=None)
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
