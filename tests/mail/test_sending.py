"""Every mail is queued with what it tells of, sent after commit, tried again, logged and forgotten."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.db import connection, transaction
from django.urls import reverse
from post_office.models import STATUS, Email, Log

from tests.factories import UserFactory
from vielfalt.mail import tasks
from vielfalt.mail.actions import clean_up, forget, send
from vielfalt.mail.kinds import Kind
from vielfalt.mail.models import Delivery, ReminderOptOut
from vielfalt.mail.preferences import stop_reminders, unsubscribe_path, wants_reminders
from vielfalt.mail.tasks import deliver
from vielfalt.reminders.emails import samples

pytestmark = pytest.mark.django_db

VALUES = samples()["reminders/digest"]


class Broken(LocmemBackend):
    """A mail server that refuses everything."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")


def remind(to="alice@example.org"):
    return send(template="reminders/digest", to=to, context=VALUES, kind=Kind.REMINDER)


def write(**values):
    send_mail("Ihr Code", "123456", None, ["alice@example.org"], **values)


def test_a_mail_is_plain_text_and_html_and_asks_programs_not_to_answer(queue):
    with queue():
        assert send(template="reminders/digest", to="alice@example.org", context=VALUES, reply_to="team@example.org")
    (message,) = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "Stimmen Ihre 2 Einträge noch?"
    assert message.extra_headers["Reply-To"] == "team@example.org"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Kulturverein & Nachbarschaft Musterstadt" in message.body
    (html,) = message.alternatives
    assert "Kulturverein &amp; Nachbarschaft Musterstadt" in html.content
    assert html.mimetype == "text/html"


def test_nothing_goes_out_before_the_commit(queue):
    with queue():
        write()
        assert mail.outbox == []
        assert Delivery.objects.waiting().count() == 1
    assert len(mail.outbox) == 1
    assert Delivery.objects.get().status == STATUS.sent


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(queue):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    deliver.enqueue()
    assert mail.outbox == []
    assert not Email.objects.exists()


@pytest.mark.parametrize("typed", ["{% include 'base.html' %}", "{{ settings }}", "{% broken", "{% debug %}"])
def test_what_people_type_is_never_run_as_a_template(queue, typed):
    message = EmailMultiAlternatives(typed, typed, None, ["alice@example.org"])
    message.attach_alternative(typed, "text/html")
    with queue():
        message.send()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.alternatives[0].content) == (typed, typed, typed)


def test_attachments_are_refused_instead_of_lost(queue):
    message = EmailMultiAlternatives("Mit Anhang", "", None, ["alice@example.org"])
    message.attach("liste.csv", "a;b", "text/csv")
    with pytest.raises(ValueError, match="attachments"):
        message.send()


def test_a_refused_mail_is_tried_again_and_then_given_up(queue, settings):
    settings.MAILERS = {**settings.MAILERS, "delivery": {"BACKEND": f"{__name__}.Broken"}}
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as clock:
        with queue():
            write()
        assert Delivery.objects.get().status == STATUS.requeued
        for _ in range(5):
            clock.shift(timedelta(minutes=14))
            assert not tasks.get_queued().exists()
            clock.shift(timedelta(minutes=1))
            deliver.enqueue()
        failed = Delivery.objects.get()
        assert failed.status == STATUS.failed
        assert failed.number_of_retries == 5
        assert failed.has_content
        assert "mail server is away" in failed.logs.first().message
        settings.MAILERS = {
            **settings.MAILERS,
            "delivery": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
        }
        clock.shift(timedelta(days=1))
        deliver.enqueue()
        assert mail.outbox == []


def test_a_later_try_is_enqueued_where_tasks_can_wait(queue, settings):
    from django_tasks_db.models import DBTaskResult

    settings.MAILERS = {**settings.MAILERS, "delivery": {"BACKEND": f"{__name__}.Broken"}}
    write()
    settings.TASKS = {**settings.TASKS, "default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    deliver.func()
    (later,) = DBTaskResult.objects.all()
    assert later.run_after == Delivery.objects.get().scheduled_time


@pytest.mark.django_db(transaction=True)
def test_the_worker_of_a_real_portal_sends(queue, settings):
    from django.core.management import call_command

    settings.TASKS = {**settings.TASKS, "default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with queue():
        write()
    assert mail.outbox == []
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_mail_once(queue, monkeypatch):
    for number in range(3):
        Email.objects.create(
            from_email="a@example.org", to=[f"b{number}@example.org"], status=STATUS.queued, priority=1
        )
    inside, most = 0, 0
    original = tasks.send_queued

    def observed(**options):
        nonlocal inside, most
        inside, most = inside + 1, max(most, inside + 1)
        result = original(**options)
        inside -= 1
        return result

    monkeypatch.setattr(tasks, "send_queued", observed)

    def work():
        deliver.func()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert sorted(message.to[0] for message in mail.outbox) == ["b0@example.org", "b1@example.org", "b2@example.org"]


def test_who_switches_reminders_off_still_gets_account_mails(queue):
    user = UserFactory(email="alice@example.org", gets_reminders=False)
    with queue():
        assert remind(user.email) is False
        write()
        assert send(template="reminders/digest", to=user.email, context=VALUES, kind=Kind.ACCOUNT) is True
    assert [Delivery.objects.get(subject=message.subject).kind for message in mail.outbox] == [Kind.ACCOUNT] * 2


def test_reminders_can_be_switched_off_by_one_click_of_the_mail_program(queue, client):
    UserFactory(email="alice@example.org")
    with queue():
        remind()
    (message,) = mail.outbox
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    assert url in message.body
    path = url.removeprefix("http://127.0.0.1:8000")
    assert client.get(path).status_code == 200
    assert wants_reminders("alice@example.org")
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert get_user_model().objects.get().gets_reminders is False
    assert not wants_reminders("ALICE@example.org")


def test_account_mails_have_no_link_to_switch_them_off(queue):
    with queue():
        send(template="reminders/digest", to="alice@example.org", context={"entries": VALUES["entries"]})
    (message,) = mail.outbox
    assert "List-Unsubscribe" not in message.extra_headers
    assert "abbestellen" not in message.body + message.alternatives[0].content


def test_an_address_without_account_can_switch_reminders_off_too(client):
    path = unsubscribe_path("kontakt@example.org")
    assert "Keine Erinnerungen mehr" in client.get(path).text
    assert "Sie bekommen keine Erinnerungen mehr." in client.post(path).text
    client.post(path)
    assert ReminderOptOut.objects.get().address == "kontakt@example.org"
    assert not wants_reminders("kontakt@example.org")


@pytest.mark.parametrize("token", ["x", "a:b:c"])
def test_forged_links_switch_nothing_off(client, token):
    assert client.post(reverse("mail:unsubscribe", args=[token])).status_code == 404


def test_secrets_leave_the_log_once_sent_reminders_after_90_days(queue):
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as clock:
        with queue():
            write()
            remind()
        account, reminder = Delivery.objects.order_by("pk")
        assert (account.status, account.has_content, account.subject) == (STATUS.sent, False, "Ihr Code")
        assert reminder.has_content
        Log.objects.create(email=reminder, status=STATUS.failed, message="550 alice@example.org unknown")
        clock.shift(timedelta(days=90))
        clean_up(datetime.now(UTC).date())
        assert Delivery.objects.get(pk=reminder.pk).has_content
        clock.shift(timedelta(seconds=1))
        assert clean_up(datetime.now(UTC).date()) == "1 Inhalte und 0 Einträge im Postbuch entfernt."
        reminder.refresh_from_db()
        assert not reminder.has_content
        assert reminder.to == ["alice@example.org"]
        assert Log.objects.get().message == ""
        clock.shift(timedelta(days=276))
        clean_up(datetime.now(UTC).date())
        assert not Delivery.objects.exists()


def test_a_failed_mail_keeps_its_content_for_another_try(queue, settings):
    settings.MAILERS = {**settings.MAILERS, "delivery": {"BACKEND": f"{__name__}.Broken"}}
    with queue():
        write()
    assert Delivery.objects.get().has_content


def test_cleaning_up_sends_what_was_left_lying(queue):
    Email.objects.create(
        from_email="a@example.org", to=["b@example.org"], message="Hallo", status=STATUS.queued, priority=1
    )
    clean_up(datetime.now(UTC).date())
    assert len(mail.outbox) == 1


def test_people_are_forgotten_and_namesakes_are_not(queue):
    for to in (["ana@example.org"], ["diana@example.org"], ["Ana@Example.org", "diana@example.org"]):
        Email.objects.create(from_email="a@example.org", to=to, status=STATUS.sent, priority=1)
    ReminderOptOut.objects.create(address="ana@example.org")
    forget(address="ana@example.org")
    assert [delivery.to for delivery in Delivery.objects.all()] == [["diana@example.org"]]
    assert not ReminderOptOut.objects.exists()


def test_stopping_twice_is_no_mistake():
    stop_reminders("a@example.org")
    stop_reminders("A@example.org")
    assert ReminderOptOut.objects.count() == 1


def test_the_demo_mailbox_is_for_the_demo_only(queue, client, settings):
    assert client.get(reverse("mail:mailbox")).status_code == 404
    settings.DEMO = True
    with queue():
        send_mail("Einladung", "<b>https://portal.example/x/</b>", None, ["alice@example.org"])
    text = client.get(reverse("mail:mailbox")).text
    assert "Einladung" in text
    assert "<b>https" not in text
    assert 'href="https://portal.example/x/' in text
