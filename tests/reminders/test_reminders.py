"""Reminders: who is asked when about what, and the three answers without log-in."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.core import mail, signing
from django.core.management import call_command
from django.urls import reverse
from django.utils.crypto import salted_hmac

from lotsen.models import Carrier, Programme
from tests.factories import (
    CarrierFactory,
    CarrierInternalFactory,
    CarrierMembershipFactory,
    ProgrammeFactory,
    UserFactory,
)
from vielfalt.daily.models import DailyRun
from vielfalt.listings.models import State
from vielfalt.listings.publishing import confirm
from vielfalt.mail.actions import forget
from vielfalt.mail.models import Delivery
from vielfalt.reminders import tokens
from vielfalt.reminders.actions import remind
from vielfalt.reminders.models import QuietTime, Reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

DAY = timedelta(days=1)
LONG_AGO = date(2025, 11, 22)
ALICE, BOB = "alice@example.org", "bob@example.org"


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2026, 11, 22, 5, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def make(name="Verein", people=(ALICE,), confirmed_on=LONG_AGO, **values):
    carrier = CarrierFactory(name=name, confirmed_on=confirmed_on, **values)
    first, second = (*people, "", "")[:2]
    CarrierInternalFactory(carrier=carrier, contact_email=first, deputy_email=second, note="intern: schwierig")
    ProgrammeFactory(carrier=carrier, title=f"Lotsen {name}", confirmed_on=confirmed_on)
    return carrier


def today():
    return datetime.now(UTC).date()


def digests(day=None):
    """Remind as the daily step does; return the recipients and how many entries each was asked about."""
    mail.outbox.clear()
    remind(day or today())
    return {message.to[0]: message.body.count("Stimmt noch:") for message in mail.outbox}


def links(name="Stimmt noch:", number=0):
    return re.findall(rf"{name}\nhttp://127.0.0.1:8000(\S+)", mail.outbox[number].body)


# Who is asked when


def test_one_digest_for_each_person_over_all_their_entries(clock):
    make("Verein A", (ALICE, BOB))
    make("Verein B", (ALICE.upper(),))
    make("Frisch", (BOB,), confirmed_on=date(2026, 11, 1))
    make("Ohne Kontakt", ())
    assert digests() == {ALICE: 2, BOB: 1}
    alice, bob = mail.outbox
    assert alice.subject == "Stimmen Ihre 2 Einträge noch?"
    assert bob.subject == "Stimmt Ihr Eintrag noch? Verein A"
    assert "Verein B" not in bob.body
    for message in mail.outbox:
        for text in (message.body, message.alternatives[0].content):
            for leak in ("intern: schwierig", "Frisch", "Ohne Kontakt"):
                assert leak not in text
    assert ALICE not in bob.body + bob.alternatives[0].content
    assert Reminder.objects.count() == 3


@pytest.mark.parametrize(
    ("confirmed_on", "asked"),
    [(date(2025, 12, 22), False), (date(2025, 12, 21), True), (None, True)],
)
def test_people_are_asked_a_month_before_the_entry_is_muted(clock, confirmed_on, asked):
    make(confirmed_on=confirmed_on)
    assert bool(digests()) is asked


def test_an_old_programme_is_reason_enough(clock):
    carrier = make(confirmed_on=date(2026, 11, 1))
    assert digests() == {}
    Programme.objects.update(confirmed_on=LONG_AGO)
    assert digests() == {ALICE: 1}
    confirm(entries=[carrier], by=None)
    clock.shift(31 * DAY)
    assert digests() == {}


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_only_entries_that_should_be_public_are_asked_about(clock, state):
    make(state=state)
    assert digests() == {}


def test_the_team_is_asked_instead_of_the_contacts_that_staff_wrote_down(clock, client):
    carrier = make(people=(ALICE,))
    member = CarrierMembershipFactory(organisation=carrier, user__email=BOB)
    CarrierMembershipFactory(organisation=carrier, user__email="weg@example.org", user__is_active=False)
    assert digests() == {BOB: 1}
    path = reverse("reminders:confirm_entry", args=[tokens.make(carrier, ALICE)])
    assert client.get(path).status_code == 404
    (path,) = links()
    member.delete()
    assert client.get(path).status_code == 404


def test_hidden_entries_are_asked_about(clock):
    make(confirmed_on=date(2024, 1, 1))
    assert digests() == {ALICE: 1}


def test_nobody_is_asked_more_often_than_every_30_days(clock):
    make("Verein A")
    assert digests() == {ALICE: 1}
    assert digests() == {}
    clock.shift(29 * DAY)
    make("Verein B", (ALICE, BOB))
    assert digests() == {BOB: 1}
    clock.shift(DAY)
    assert digests() == {ALICE: 2}


def test_nobody_is_asked_in_a_quiet_time(clock):
    make()
    QuietTime.objects.create(starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 24), reason="Ferien")
    assert remind(date(2026, 11, 23)) == remind(date(2026, 11, 24)) == "Ruhezeit: Ferien."
    assert mail.outbox == []
    assert digests(date(2026, 11, 25)) == {ALICE: 1}


def test_staff_set_quiet_times_that_end_after_they_start(client):
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    add = reverse("admin:reminders_quiettime_add")
    wrong = client.post(add, {"starts_on": "24.12.2026", "ends_on": "23.12.2026"})
    assert "Das Ende liegt vor dem Anfang." in wrong.text
    client.post(add, {"starts_on": "23.12.2026", "ends_on": "10.01.2027", "reason": "Winter"})
    assert QuietTime.objects.get().ends_on == date(2027, 1, 10)


def test_who_switched_reminders_off_is_not_asked_and_others_are(clock):
    make(people=(ALICE, BOB))
    UserFactory(email=ALICE, gets_reminders=False)
    assert digests() == {BOB: 1}


def test_after_two_unanswered_reminders_the_staff_take_over(clock, client):
    carrier = make(people=(ALICE, BOB))
    staff = UserFactory(is_staff=True, is_superuser=True)

    def on_the_desk():
        client.force_login(staff)
        panels = client.get(reverse("admin:index")).context["panels"]
        return next(panel for panel in panels if panel.slug == "unanswered")

    assert len(digests()) == 2
    assert on_the_desk().is_empty
    clock.shift(30 * DAY)
    assert len(digests()) == 2
    panel = on_the_desk()
    assert [(item.text, item.detail) for item in panel.items] == [("Verein", "bestätigt am 22. November 2025")]
    assert client.get(panel.figures[0].url).context["cl"].result_count == panel.figures[0].number == 1
    clock.shift(60 * DAY)
    assert digests() == {}
    confirm(entries=[carrier], by=None)
    assert on_the_desk().is_empty
    clock.shift(336 * DAY)
    assert len(digests()) == 2


@pytest.mark.parametrize("number", [1, 5])
def test_reminding_asks_the_database_little(clock, number, django_assert_max_num_queries):
    for one in range(number):
        make(f"Verein {one}", (ALICE,))
    with django_assert_max_num_queries(13):
        remind(today())


def test_daily_reminds_once_a_day_and_a_missed_day_does_no_harm(clock):
    make()
    call_command("daily", verbosity=0, stdout=io.StringIO())
    call_command("daily", verbosity=0, stdout=io.StringIO())
    assert [message.to for message in mail.outbox] == [[ALICE]]
    clock.shift(45 * DAY)
    call_command("daily", verbosity=0, stdout=io.StringIO())
    assert len(mail.outbox) == 2
    assert DailyRun.objects.filter(step="erinnerungen", succeeded=True).count() == 2


def test_old_records_go_and_people_can_be_forgotten(clock):
    make()
    Reminder.objects.create(kind="lotsen.carrier", object_id=1, address=BOB, sent_on=date(2024, 11, 21))
    digests()
    assert [one.address for one in Reminder.objects.all()] == [ALICE]
    forget(address=ALICE.upper())
    assert not Reminder.objects.exists()
    assert not Delivery.objects.exists()


# The three answers


@pytest.mark.parametrize("link", ["Stimmt noch:", "Bearbeiten:", "Gibt es nicht mehr:"])
def test_opening_a_link_changes_nothing(clock, client, link):
    carrier = make()
    digests()
    (path,) = links(link)
    for method in (client.get, client.head):
        response = method(path)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    carrier.refresh_from_db()
    assert carrier.confirmed_on == LONG_AGO
    assert not Reminder.objects.exclude(said_gone_on=None).exists()


def test_one_button_confirms_without_log_in(clock, client):
    carrier, other = make(), make("Anderer", (BOB,))
    digests()
    (path,) = links()
    page = client.get(path).text
    assert "Ja, das stimmt so" in page
    assert "069 90009-001" in page
    assert "Lotsen Verein" in page
    assert "intern: schwierig" not in page
    assert "noindex" in page
    for _ in range(2):
        response = client.post(path, follow=True)
        assert "Der Eintrag ist bestätigt." in response.text
    carrier.refresh_from_db()
    other.refresh_from_db()
    assert (carrier.confirmed_on, other.confirmed_on) == (today(), LONG_AGO)
    assert Programme.objects.get(carrier=carrier).confirmed_on == today()
    assert "sessionid" not in client.cookies


def test_the_confirmation_is_logged_for_people_with_an_account(clock, client):
    user = UserFactory(email=ALICE)
    make()
    digests()
    client.post(links()[0])
    assert LogEntry.objects.filter(user=user, change_message="Als aktuell bestätigt.").count() == 2


def test_forms_are_protected_against_other_sites(clock, client):
    make()
    digests()
    for link in ("Stimmt noch:", "Gibt es nicht mehr:"):
        assert type(client)(enforce_csrf_checks=True).post(links(link)[0]).status_code == 403


def test_gone_is_told_to_the_staff_who_decide(clock, client):
    carrier = make()
    digests()
    (path,) = links("Gibt es nicht mehr:")
    response = client.post(path, follow=True)
    assert "Wir kümmern uns darum." in response.text
    assert list(Carrier.objects.published()) == [carrier]
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    panels = client.get(reverse("admin:index")).context["panels"]
    panel = next(panel for panel in panels if panel.slug == "unanswered")
    assert [(item.text, item.detail) for item in panel.items] == [("Verein", "gibt es vielleicht nicht mehr")]
    clock.shift(31 * DAY)
    assert digests() == {}
    confirm(entries=[carrier], by=None)
    assert not Carrier.objects.with_questions().exists()


def test_links_work_for_30_days(clock, client):
    carrier = make()
    digests()
    (path,) = links()
    clock.shift(timedelta(days=30))
    assert client.get(path).status_code == 200
    clock.shift(timedelta(seconds=2))
    for link in ("Stimmt noch:", "Bearbeiten:", "Gibt es nicht mehr:"):
        response = client.get(links(link)[0])
        assert response.status_code == 410
        assert "Dieser Link gilt nicht mehr." in response.text
    assert client.post(path).status_code == 410
    carrier.refresh_from_db()
    assert carrier.confirmed_on == LONG_AGO


def test_a_link_works_for_its_entry_only(clock, client):
    carrier = make()
    for entry in (Programme.objects.get(), UserFactory()):
        path = reverse("reminders:confirm_entry", args=[tokens.make(entry, ALICE)])
        assert client.post(path).status_code == 404
    token = tokens.make(carrier, ALICE)
    for wrong in (token[:-1], token + "x", "x", f"x{token}"):
        assert client.post(reverse("reminders:confirm_entry", args=[wrong])).status_code == 404
    carrier.refresh_from_db()
    assert carrier.confirmed_on == LONG_AGO


def test_a_link_ends_with_the_membership_and_with_the_entry(clock, client):
    carrier = make()
    path = reverse("reminders:confirm_entry", args=[tokens.make(carrier, ALICE)])
    assert client.get(path).status_code == 200
    Carrier.objects.update(state=State.ARCHIVED)
    assert client.get(path).status_code == 404
    Carrier.objects.update(state=State.PUBLISHED)
    carrier.internal.contact_email = BOB
    carrier.internal.save()
    assert client.post(path).status_code == 404
    carrier.refresh_from_db()
    assert carrier.confirmed_on == LONG_AGO


def test_links_of_mails_that_were_sent_long_before_keep_working(clock, client):
    """What stands in a mail must not depend on how the portal is built: address and content of the token."""
    carrier = make()
    digests()
    person = salted_hmac("vielfalt.reminders", ALICE, algorithm="sha256").hexdigest()[:32]
    token = signing.dumps(["lotsen.carrier", carrier.pk, person], salt="vielfalt.reminders")
    pages = {"Stimmt noch:": "", "Bearbeiten:": "aendern/", "Gibt es nicht mehr:": "gibt-es-nicht-mehr/"}
    for name, end in pages.items():
        assert links(name) == [f"/aktuell/{token}/{end}"]
        assert client.get(f"/aktuell/{token}/{end}").status_code == 200


def test_links_do_not_tell_whose_they_are(clock):
    token = tokens.make(make(), ALICE)
    assert ALICE not in str(signing.loads(token, salt=tokens.SALT))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(clock, client, number, django_assert_num_queries):
    carrier = make()
    for one in range(number):
        ProgrammeFactory(carrier=carrier, title=f"P{one}", languages=["ara"], covers=["Hanau"], districts=["06438"])
    path = reverse("reminders:confirm_entry", args=[tokens.make(carrier, ALICE)])
    with django_assert_num_queries(8):
        client.get(path)
