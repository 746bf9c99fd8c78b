"""Files are built once, whoever asks how often; those who wait see how far it is."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from leitfaden import editions
from leitfaden.files import tasks
from leitfaden.files.building import BUILDERS
from leitfaden.files.tasks import build_files, start
from leitfaden.models import BuildState, EditionBuild, EditionFile, FileKind
from leitfaden.pandoc import TooComplicatedError
from vielfalt.documents.pdf import PdfUnavailableError

KINDS = [kind.value for kind in BUILDERS]


@pytest.fixture
def quick(monkeypatch):
    """Builders that count how often they are called, and fail for the kinds that are named."""
    calls, failing = [], {}

    def builder(kind):
        def build(book):
            calls.append(kind.value)
            if kind.value in failing:
                raise failing[kind.value]
            return f"{kind} of {book.title}".encode()

        return build

    monkeypatch.setattr(tasks, "BUILDERS", {kind: builder(kind) for kind in BUILDERS})
    return calls, failing


def states(edition):
    return {build.kind: (build.state, build.percent) for build in EditionBuild.objects.filter(edition=edition)}


@pytest.mark.django_db
def test_started_when_the_transaction_is_through(edition, quick, django_capture_on_commit_callbacks):
    calls, _failing = quick
    with django_capture_on_commit_callbacks() as callbacks:
        start(edition)
    assert states(edition) == dict.fromkeys(KINDS, (BuildState.WAITING, 0))
    assert calls == []
    callbacks[0]()
    assert states(edition) == dict.fromkeys(KINDS, (BuildState.DONE, 100))
    assert calls == KINDS
    with django_capture_on_commit_callbacks() as callbacks:
        start(edition)
    assert callbacks == []
    assert build_files.func(edition.pk) == []
    assert calls == KINDS


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ValueError("x"), "noch einmal"),
        (TooComplicatedError("x"), "zu lange gedauert"),
        (PdfUnavailableError("x"), "Auf diesem Server fehlt"),
    ],
)
def test_a_failure_is_told_and_can_be_repaired(edition, quick, error, sentence):
    _calls, failing = quick
    failing["epub"] = error
    assert build_files.func(edition.pk) == ["md", "docx", "pdf"]
    failed = EditionBuild.objects.get(edition=edition, kind=FileKind.EPUB)
    assert failed.state == BuildState.FAILED
    assert sentence in failed.message
    failing.clear()
    assert build_files.func(edition.pk) == ["epub"]
    assert states(edition) == dict.fromkeys(KINDS, (BuildState.DONE, 100))


@pytest.mark.django_db
def test_what_is_rejected_loses_its_files(edition, quick, alice):
    build_files.func(edition.pk)
    editions.reject(edition=edition, by=alice)
    assert not edition.files.exists()
    assert not edition.builds.exists()
    assert build_files.func(edition.pk) == []


@pytest.mark.django_db
def test_rejected_while_a_file_is_built(edition, quick, alice, monkeypatch):
    def reject(book):
        editions.reject(edition=book.edition, by=alice)
        return b"too late"

    monkeypatch.setattr(tasks, "BUILDERS", {FileKind.PDF: reject})
    assert build_files.func(edition.pk) == []
    assert not EditionFile.objects.exists()
    assert "hat sich geändert" in EditionBuild.objects.get().message


@pytest.mark.django_db
def test_published_files_stay_and_missing_ones_are_added(edition, quick, alice):
    _calls, failing = quick
    failing["pdf"] = ValueError("x")
    build_files.func(edition.pk)
    editions.publish(edition=edition, by=alice)
    before = dict(edition.files.values_list("kind", "pk"))
    failing.clear()
    assert build_files.func(edition.pk) == ["pdf"]
    after = dict(edition.files.values_list("kind", "pk"))
    assert {kind: after[kind] for kind in before} == before


@pytest.mark.django_db(transaction=True)
def test_two_at_once_build_each_file_once(edition, quick):
    calls, _failing = quick
    barrier = threading.Barrier(2)

    def build():
        try:
            barrier.wait()
            build_files.func(edition.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=build) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == KINDS
    assert edition.files.count() == len(KINDS)


@pytest.mark.django_db
def test_command(edition, quick, capsys):
    _calls, failing = quick
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("build_leitfaden")
    failing["pdf"] = ValueError("x")
    with pytest.raises(CommandError, match="PDF: Diese Datei"):
        call_command("build_leitfaden", "2026.1")
    failing.clear()
    call_command("build_leitfaden", "2026.1")
    assert capsys.readouterr().out.count("leitfaden-2026-1.") == 3 + 4
    edition.files.all().delete()
