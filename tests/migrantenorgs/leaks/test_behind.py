"""What the team's pages, the administration and mails tell whom."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from migrantenorgs.models import MigrantOrganisation
from migrantenorgs.workspace.keeping import SECTIONS
from tests.migrantenorgs.leaks.knowledge import MINE, NAMES, NETWORK, OPEN, STANDS, TEXTS, browser, differences
from tests.migrantenorgs.leaks.marked import GIVEN, TOO_OLD, TWINS, Case, together
from vielfalt.listings import actions
from vielfalt.listings.models import ChangeRequest, State
from vielfalt.notices.actions import remind_of_end
from vielfalt.notices.models import Notice
from vielfalt.reminders.actions import remind

pytestmark = pytest.mark.django_db

OWN_PAGES = ["", "team/", "bilder/", "verlauf/", *(f"bearbeiten/{slug}/" for slug in SECTIONS)]
ADMIN = "/verwaltung/migrantenorgs/migrantorganisation/"
EXAMPLES = [
    Case(OPEN.value, GIVEN, State.PUBLISHED.value),
    Case(NETWORK.value, GIVEN, State.PUBLISHED.value),
    Case(OPEN.value, GIVEN, State.DRAFT.value),
]


@pytest.mark.parametrize("reader", ["visitor", "stranger", "carrier", "other staff", "staff"])
def test_the_workspace_of_others(portal, reader):
    client = browser(portal, reader)
    organisations = [portal.organisations[case] for case in EXAMPLES]
    numbers = [one.pk for one in organisations]
    addresses = [
        *(f"{MINE}{one.slug}/{page}" for one in organisations for page in OWN_PAGES),
        *(
            f"/mein/sucht-bietet/{pk}/"
            for pk in Notice.objects.filter(object_id__in=numbers).values_list("pk", flat=True)
        ),
        *(
            f"/antraege/{pk}/"
            for pk in ChangeRequest.objects.filter(target_id__in=numbers).values_list("pk", flat=True)
        ),
        *("/mein/", "/mein/sucht-bietet/", "/mein/sucht-bietet/neu/", "/konto/", "/konto/daten/herunterladen/"),
    ]
    for address in addresses:
        assert portal.answered(client.get(address)) == {}, address


def of_the_administration(portal):
    """Return the addresses of the administration under which something of the examples could stand."""
    kind = ContentType.objects.get_for_model(MigrantOrganisation).pk
    for case in EXAMPLES:
        organisation = portal.organisations[case]
        for page in ("change", "history", "delete", "team", "gleiche-organisation"):
            yield f"{ADMIN}{organisation.pk}/{page}/"
        yield f"{ADMIN}?q={organisation.name}"
        yield f"/verwaltung/r/{kind}/{organisation.pk}/"
        for number in ChangeRequest.objects.about(organisation).values_list("pk", flat=True):
            yield f"/verwaltung/listings/changerequest/{number}/change/"
        for relation in ("migrantorganisationmembership", "migrantorganisationpicture", "migrantorganisationinternal"):
            question = f"app_label=migrantenorgs&model_name={relation}&field_name=organisation&term={organisation.name}"
            yield f"/verwaltung/autocomplete/?{question}"
    for carrier in portal.carriers:
        yield from (f"/verwaltung/lotsen/carrier/{carrier.pk}/{page}/" for page in ("change", "history", "team"))
    for model in admin.site._registry:
        if model._meta.app_label != "places":
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    yield from (f"{ADMIN}export/csv/", f"{ADMIN}import/", "/verwaltung/lotsen/carrier/export/csv/", "/verwaltung/")
    yield "/verwaltung/listings/changerequest/?dran=alle"
    yield "/verwaltung/listings/language/ara/delete/"


def test_the_administration_tells_staff_of_another_strand_nothing(portal):
    client = browser(portal, "other staff")
    for address in of_the_administration(portal):
        assert portal.answered(client.get(address)) == {}, address


def test_the_administration_names_twins_that_its_staff_may_know(portal):
    client, number = browser(portal, "other staff"), "/verwaltung/lotsen/carrier/{}/gleiche-organisation/"
    told = together(*(portal.answered(client.get(number.format(carrier.pk))) for carrier in portal.carriers))
    assert told == {case: frozenset({"name"}) for case in TWINS if case.state == State.PUBLISHED}


def test_the_export_is_for_the_strands_staff(portal):
    """It has everything of the entry and what the centre wrote down, and nothing of teams and messages."""
    told = portal.answered(browser(portal, "staff").get(f"{ADMIN}export/csv/"))
    address, contact = STANDS["page"]["address"], STANDS["page"]["contact"]
    columns = NAMES | TEXTS - {"easy"} | address | contact | {"note"}
    assert differences(told, dict.fromkeys(portal.organisations, frozenset(columns))) == {}


def sent_mails(portal):
    """Return what everybody was written, by address."""
    told = {}
    for message in mail.outbox:
        (to,) = message.to
        texts = [message.subject, message.body, *(str(one.content) for one in message.alternatives)]
        told[to] = together(told.get(to, {}), portal.told(*texts))
    return told


def to_teams(portal, fields, cases):
    """Return mails with these fields to the teams of each case, and to whoever is in all of them."""
    told = {case: frozenset(fields) for case in cases}
    alone = {f"{portal.word(case, 'address of member')}@example.org": {case: told[case]} for case in told}
    return {portal.readers["team"].email: told, **alone}


class TestMails:
    def test_reminders_name_the_entry_to_its_team(self, portal):
        remind(localdate())
        old = [case for case in portal.organisations if case.state == TOO_OLD]
        assert sent_mails(portal) == to_teams(portal, {"name"}, old)

    def test_ends_of_notices_are_told_to_their_teams(self, portal):
        remind_of_end(localdate() + timedelta(days=25))
        assert sent_mails(portal) == to_teams(portal, {"name", "notice"}, portal.organisations)

    @pytest.mark.parametrize("decide", [actions.ask, actions.reject, actions.accept])
    def test_decisions_are_told_to_who_wrote(self, portal, decide):
        case = Case(NETWORK, GIVEN, State.PUBLISHED)
        change, report = ChangeRequest.objects.about(portal.organisations[case]).order_by("kind")
        for request in (change, actions.confirm_sender(request=report)):
            decide(request=request, by=portal.readers["staff"], reason="Darum.")
        writers = [f"{portal.word(case, name)}@example.org" for name in ("address of member", "sender")]
        assert sent_mails(portal) == {writer: {case: frozenset({"name"})} for writer in writers}
