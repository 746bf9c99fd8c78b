"""What tests of the admin share: people with different rights, and carriers from a table."""

from django.contrib.auth.models import Permission

from lotsen.spreadsheets.carriers import CARRIERS
from tests.lotsen.tables import csv_bytes, row
from vielfalt.accounts.models import User
from vielfalt.listings.spreadsheets.importing import import_file

COMPLETE = {"Telefon": "0661 1", "Sprachen": "Arabisch"}
"""What a row needs so that its carrier and programme can be published."""


def load(*rows, publish=False):
    plan = import_file(CARRIERS, content=csv_bytes(*rows), publish=publish, by=None)
    assert plan.mistakes == []


def make_carriers(number):
    load(*(row(Name=f"Verein {one}", Notiz="intern", **COMPLETE) for one in range(number)))


def staff(*permissions):
    """Bob works for the centre with some rights only."""
    user = User.objects.create_user("bob@example.org", "geheim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def texts(response):
    return [str(message) for message in response.context["messages"]]


def sent(response, **changes):
    """Return what a browser would send of a page with a form, with some fields changed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {"base": response.context.get("base", "")}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                values = value if isinstance(value, list) else ["on" if value is True else value]
                data[bound.html_name] = [getattr(one, "pk", one) for one in values]
    return {name: value for name, value in {**data, **changes}.items() if value is not None}
