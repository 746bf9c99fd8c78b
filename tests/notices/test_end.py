"""Notices are gone by themselves after their day, and their people are told before."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from tests.factories import NoticeFactory
from vielfalt.notices.actions import remind_of_end
from vielfalt.notices.models import Notice
from vielfalt.reminders.models import Reminder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do what happens after a commit at the end of a ``with`` block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def today():
    return timezone.localdate()


def mails_about_ends():
    return [message for message in mail.outbox if "bald" in message.subject]


def test_a_notice_is_public_until_its_last_day(client, carrier):
    notice = NoticeFactory(organisation=carrier, title="Nur bis Freitag")
    with time_machine.travel(f"{notice.ends_on} 23:00 +0100"):
        assert "Nur bis Freitag" in client.get("/sucht-bietet/").text
    with time_machine.travel(f"{notice.ends_on + timedelta(days=1)} 01:00 +0100"):
        assert "Nur bis Freitag" not in client.get("/sucht-bietet/").text


def test_its_people_are_told_once_a_week_before(alice, bob, carrier, today, committed):
    NoticeFactory(organisation=carrier, title="Raum", ends_on=today + timedelta(days=7))
    NoticeFactory(organisation=carrier, title="Später", ends_on=today + timedelta(days=8))
    NoticeFactory(organisation=carrier, title="Vorbei", ends_on=today - timedelta(days=1))
    for _ in range(2):
        with committed():
            remind_of_end(today)
    assert sorted(message.to[0] for message in mails_about_ends()) == ["alice@example.org", "bob@example.org"]
    text = mails_about_ends()[0].body
    assert "Raum" in text
    assert "Später" not in text
    assert "Vorbei" not in text
    assert "/mein/sucht-bietet/" in text


def test_a_new_end_is_another_reason(alice, carrier, today, committed):
    NoticeFactory(organisation=carrier, ends_on=today + timedelta(days=2))
    with committed():
        remind_of_end(today)
        Notice.objects.update(ends_on=today + timedelta(days=60))
        remind_of_end(today + timedelta(days=55))
    assert len(mails_about_ends()) == 2


def test_whoever_wants_no_reminders_gets_none(alice, carrier, today, committed):
    type(alice.user).objects.update(gets_reminders=False)
    NoticeFactory(organisation=carrier, ends_on=today + timedelta(days=2))
    with committed():
        assert remind_of_end(today) == "0 Mails zu endenden Anzeigen."
    assert mails_about_ends() == []


def test_it_is_a_step_of_the_day(alice, carrier, today, committed, capsys):
    Reminder.objects.all().delete()
    NoticeFactory(organisation=carrier, ends_on=today + timedelta(days=2))
    with committed():
        call_command("daily")
    assert len(mails_about_ends()) == 1
    assert "gesuche: 1 Mail zu endenden Anzeigen." in capsys.readouterr().out


def test_it_stands_first_in_mein_bereich(alice, carrier, today):
    NoticeFactory(organisation=carrier, title="Raum", ends_on=today + timedelta(days=2))
    assert "„Raum“ endet bald" in alice.get("/mein/").text
