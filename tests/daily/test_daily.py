"""``manage.py daily``: safe to run twice, at once, and to miss a day."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import CarrierFactory, UserFactory
from vielfalt.daily import steps
from vielfalt.daily.models import DailyRun
from vielfalt.daily.tasks import record, run_step
from vielfalt.listings.actions import Sender, report_error
from vielfalt.listings.models import ChangeRequest, PendingImport
from vielfalt.reminders.models import QuietTime

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
PATH = f"{__name__}.fake_step"
BROKEN = f"{__name__}.broken_step"


def fake_step(day):
    """Writes something that tells how often it ran."""
    QuietTime.objects.create(starts_on=day, ends_on=day)
    return "getan"


def broken_step(day):
    fake_step(day)
    raise RuntimeError("disk full")


def slow_step(day):
    """Gives another run that does not wait the time to begin, too."""
    begun.append(day)
    another_begins.wait(0.3)
    return fake_step(day)


begun = []
another_begins = threading.Event()


@pytest.fixture
def only(monkeypatch):
    def choose(**chosen):
        monkeypatch.setattr(steps, "_steps", chosen)

    return choose


def run(capsys):
    with time_machine.travel(datetime(2026, 11, 22, 5, tzinfo=UTC)):
        call_command("daily")
    return capsys.readouterr().out


def test_the_second_run_of_a_day_does_nothing(only, capsys):
    only(probe=PATH)
    assert run(capsys) == "probe: getan\n"
    assert run(capsys) == "probe: schon erledigt\n"
    assert QuietTime.objects.count() == 1
    done = DailyRun.objects.get()
    assert (done.step, done.day, done.succeeded, done.result) == ("probe", DAY, True, "getan")


def test_one_broken_step_stops_no_other_and_is_tried_again(only, capsys, caplog):
    only(broken=BROKEN, probe=PATH)
    with pytest.raises(CommandError, match="broken"):
        run(capsys)
    capsys.readouterr()
    assert "disk full" in caplog.text
    assert QuietTime.objects.count() == 1
    assert dict(DailyRun.objects.values_list("step", "succeeded")) == {"broken": False, "probe": True}
    assert DailyRun.objects.get(step="broken").result == "builtins.RuntimeError"
    only(broken=PATH, probe=PATH)
    assert run(capsys) == "broken: getan\nprobe: schon erledigt\n"
    assert DailyRun.objects.get(step="broken").succeeded


def test_a_failure_never_overwrites_a_success():
    record("probe", DAY, succeeded=True, result="getan")
    record("probe", DAY, succeeded=False, result="zu spät")
    assert DailyRun.objects.get().result == "getan"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_each_step_once(only):
    only(probe=f"{__name__}.slow_step")
    begun.clear()
    barrier = threading.Barrier(3)
    results = []

    def work():
        barrier.wait()
        results.append(run_step.enqueue("probe", DAY.isoformat()).return_value)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results, key=str) == [None, None, "getan"]
    assert begun == [DAY]
    assert QuietTime.objects.count() == 1


@pytest.mark.usefixtures("reference_data")
def test_the_real_steps_run(capsys):
    assert run(capsys) == (
        "seiten: Änderungen an öffentlichen Seiten zusammengezählt.\n"
        "post: 0 Inhalte und 0 Einträge im Postbuch entfernt.\n"
        "einladungen: 0 alte Einladungen gelöscht.\n"
        "antraege: 0 unbestätigte Nachrichten gelöscht.\n"
        "importe: 0 liegen gelassene Tabellen gelöscht.\n"
        "erinnerungen: 0 Erinnerungen verschickt.\n"
        "gesuche: 0 Mails zu endenden Anzeigen.\n"
        "erwähnungen: 0 Mails zu Erwähnungen.\n"
        "runden, neue Phasen: 0 Mails zu einer neuen Phase.\n"
        "runden, Fristen: 0 Mails zu einer Frist.\n"
        "runden, Neues: 0 Mails zu Vorschlägen.\n"
        "runden, zu bestätigen: 0 Mails zum Bestätigen.\n"
        "runden, Ergebnisse: 0 Mails zum Ergebnis einer Runde.\n"
    )


@pytest.mark.usefixtures("reference_data")
def test_what_nobody_came_back_for_is_forgotten(capsys):
    carrier, user = CarrierFactory(), UserFactory()
    report_error(entry=carrier, message="Falsch.", by=Sender(email="alice@example.org"))
    ChangeRequest.objects.update(created_at=datetime(2026, 11, 1, tzinfo=UTC))
    for days in (89, 91):
        expired = datetime(2026, 11, 22, 5, tzinfo=UTC) - timedelta(days=days)
        carrier.invitations.create(email=f"{days}@example.org", token_hash=str(days), expires_at=expired)
    PendingImport.objects.create(kind="lotsen.carrier", uploaded_by=user, file_name="t.csv", content=b"x")
    PendingImport.objects.update(created_at=datetime(2026, 11, 20, tzinfo=UTC))
    done = run(capsys).splitlines()
    assert {
        "einladungen: 1 alte Einladung gelöscht.",
        "antraege: 1 unbestätigte Nachricht gelöscht.",
        "importe: 1 liegen gelassene Tabelle gelöscht.",
    } <= set(done)
    assert [one.email for one in carrier.invitations.all()] == ["89@example.org"]
    assert not ChangeRequest.objects.exists()
    assert not PendingImport.objects.exists()
