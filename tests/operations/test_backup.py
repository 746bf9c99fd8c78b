"""A backup is what a restored portal shows: everything is compared, on a real PostgreSQL and as a plain role."""

import json
import os
import re
import resource
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection as own
from django.test import override_settings
from psycopg import sql

from lotsen.models import CarrierPicture
from tests import databases
from tests.factories import CarrierFactory, MigrantOrganisationFactory, ProgrammeFactory, UserFactory
from tests.operations import broken
from tests.operations.restored import answers
from tests.pictures.files import upload
from vielfalt.development import postgres
from vielfalt.operations.backup import archive, database, media
from vielfalt.pictures.actions import save_picture
from vielfalt.pictures.forms import own_picture_form

# All of them, so that they run one after the other and share what was saved.
pytestmark = pytest.mark.django_db

ROLE = "plain_role"
DAMAGED = "Die Sicherung ist beschädigt oder nicht vollständig. Bitte nehmen Sie eine andere."
FOREIGN = "Die Datei ist keine Sicherung dieses Portals."
NOT_EMPTY = "Die Datenbank ist nicht leer. Bitte nehmen Sie eine neue, oder ersetzen Sie alles mit --replace."
NEWER = "Diese Sicherung stammt von einem neueren Portal. Bitte bringen Sie erst dieses auf den Stand."
# Conditions of indexes and constraints are only named: PostgreSQL writes some in other words, once read again.
STRUCTURE = {
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "functions": "SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p"
    " WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences",
    "indexes": "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, contype, convalidated FROM pg_constraint",
    "extensions": "SELECT extname FROM pg_extension",
}


@pytest.fixture(scope="module")
def saved(reference_data, django_db_blocker, tmp_path_factory):
    """A portal with entries and pictures, and its backup."""
    folder = tmp_path_factory.mktemp("saved")
    with databases.emptied_again(django_db_blocker), override_settings(MEDIA_ROOT=folder / "media"):
        fill()
        call_command("backup", folder / "alles.zip", verbosity=0)
        yield folder


def fill():
    carrier = CarrierFactory(slug="offen", name="Stadt Müßter „Träger“")
    ProgrammeFactory(carrier=carrier, languages=["ara", "tur"], covers=["Hanau"])
    MigrantOrganisationFactory(slug="erste", own_name="نادي", own_name_language_id="ara")
    UserFactory(email="alice@example.org")
    said = {"alt": "Eine Lotsin", "author": "Stadt", "licence": "eigenes"}
    form = own_picture_form(CarrierPicture)(said, {"upload": upload()}, organisation=carrier)
    assert save_picture(form), form.errors


@pytest.fixture
def new(saved, tmp_path):
    """Where to restore: an empty database of a role without rights, and an empty folder."""
    with psycopg.connect(databases.url("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN")
    name = f"restored_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    databases.create(name)
    with psycopg.connect(databases.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(ROLE)))
    yield {"DATABASE_URL": as_role(name), "MEDIA_ROOT": str(tmp_path / "media")}
    with psycopg.connect(databases.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def as_role(name):
    return postgres.url({**settings.DATABASES["default"], "USER": ROLE}, name)


def manage(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=databases.ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(url):
    """All rows of all tables as checksums, and everything else that makes the database."""
    with psycopg.connect(url) as connection:
        tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        rows = {
            name: connection.execute(
                f"SELECT count(*), md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{name}\" t"  # noqa: S608
            ).fetchone()
            for name in tables
        }
        structure = {name: sorted(map(str, connection.execute(question))) for name, question in STRUCTURE.items()}
    return rows, structure


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def own_url():
    return databases.url(own.settings_dict["NAME"])


def test_a_restored_portal_is_the_same(saved, new, client):
    result = manage("restore", str(saved / "alles.zip"), **new)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"Wiederhergestellt: der Stand vom \d+\. \w+ 20\d\d \d\d:\d\d\.\n", result.stdout)
    rows, structure = contents(own_url())
    passing = dict.fromkeys(database.passing_tables(), (0, None))
    assert contents(new["DATABASE_URL"]) == (rows | passing, structure)
    assert rows["lotsen_carrierpicture"][0] == 1
    assert rows["places_municipality"][0] > 400
    assert structure["triggers"]
    assert len(files(saved / "media")) == 2
    assert files(new["MEDIA_ROOT"]) == files(saved / "media")

    addresses = ["/", "/karte/daten.geojson", "/traeger/offen/", "/migrantenorganisationen/erste/", "/healthz"]
    addresses.append(CarrierPicture.objects.get().url)
    program = [sys.executable, "-m", "tests.operations.restored", *addresses]
    said = subprocess.run(program, cwd=databases.ROOT, env={**os.environ, **new}, capture_output=True, check=True)
    assert json.loads(said.stdout) == answers(addresses)
    assert {status for status, _ in answers(addresses).values()} == {200}

    with psycopg.connect(new["DATABASE_URL"]) as connection:
        connection.execute("DELETE FROM lotsen_carrierpicture")
        connection.execute("CREATE TABLE later (id int)")
    (Path(new["MEDIA_ROOT"]) / "bilder" / "later.webp").write_bytes(b"later")
    replaced = manage("restore", "--replace", str(saved / "alles.zip"), **new)
    assert replaced.returncode == 0, replaced.stderr
    assert contents(new["DATABASE_URL"]) == (rows | passing, structure)
    assert files(new["MEDIA_ROOT"]) == files(saved / "media")


def test_a_restoration_that_fails_leaves_nothing(saved, new, tmp_path):
    broken.rewritten(saved / "alles.zip", tmp_path / "kaputt.zip", lambda dump: dump[: len(dump) // 2])
    result = manage("restore", str(tmp_path / "kaputt.zip"), **new)
    assert result.returncode == 1
    assert result.stderr.startswith("CommandError: pg_restore ist gescheitert: pg_restore: error:")
    rows, _structure = contents(new["DATABASE_URL"])
    assert rows == {}
    assert files(new["MEDIA_ROOT"]) == {}


def test_a_backup_is_for_its_owner_only_and_complete_or_not_there(saved):
    assert stat.S_IMODE((saved / "alles.zip").stat().st_mode) == 0o600
    assert sorted(path.name for path in saved.iterdir()) == ["alles.zip", "media"]


def test_who_is_logged_in_is_not_saved(saved):
    with zipfile.ZipFile(saved / "alles.zip") as backup:
        manifest = json.loads(backup.read(archive.MANIFEST))
    assert database.passing_tables() == ["django_session", "cache"]
    assert ["sessions", "0001_initial"] in manifest["migrations"]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (broken.missing, "Die Datei {target} gibt es nicht."),
        (broken.folder, "{target} ist ein Ordner. Bitte nennen Sie die Datei."),
        (broken.empty, FOREIGN),
        (broken.plain_dump, FOREIGN),
        (broken.damaged, DAMAGED),
        (broken.cut_off, DAMAGED),
        (broken.with_more, DAMAGED),
        (broken.other_zip, FOREIGN),
        (broken.other_manifest, FOREIGN),
        (broken.outside, FOREIGN),
        (broken.newer_migration, NEWER),
        (broken.newer_format, NEWER),
        (broken.newer_server, "Die Sicherung kommt von PostgreSQL 99. Dieser Server ist älter: {server}."),
        (broken.not_at_all, NOT_EMPTY),
    ],
)
def test_what_cannot_be_restored_is_said_and_nothing_is_touched(saved, tmp_path, settings, make, sentence):
    settings.MEDIA_ROOT = tmp_path / "media"
    target = tmp_path / "sicherung.zip"
    make(saved / "alles.zip", target)
    with pytest.raises(CommandError) as refused:
        call_command("restore", target)
    assert str(refused.value) == sentence.format(target=target, server=database.server_version())
    assert list(media.names()) == []


class TestMaking:
    def test_into_a_folder(self, tmp_path, saved):
        call_command("backup", tmp_path, verbosity=0)
        (made,) = tmp_path.iterdir()
        assert made.name.startswith("vielfalt-20")
        assert made.suffix == ".zip"

    def test_nothing_is_overwritten(self, tmp_path):
        (tmp_path / "alt.zip").write_text("alt")
        with pytest.raises(CommandError, match=r"alt\.zip gibt es schon"):
            call_command("backup", tmp_path / "alt.zip")
        assert (tmp_path / "alt.zip").read_text() == "alt"

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(CommandError, match=r"Den Ordner .*/nirgends gibt es nicht"):
            call_command("backup", tmp_path / "nirgends" / "neu.zip")

    def test_no_room(self, tmp_path):
        """A limit for the size of files does what a full disk does."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
        try:
            with pytest.raises(CommandError, match=f"Für die Sicherung ist in {tmp_path} nicht genug Platz"):
                call_command("backup", tmp_path / "neu.zip")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert list(tmp_path.iterdir()) == []

    def test_programs_that_are_too_old(self, tmp_path, monkeypatch):
        monkeypatch.setattr(database, "server_version", lambda: 99)
        with pytest.raises(CommandError, match="pg_dump ab Version 99 fehlt"):
            call_command("backup", tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_the_machines_program_where_it_is_new_enough(self, tmp_path, monkeypatch):
        old = tmp_path / "pg_dump"
        old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 12.1'\n")
        old.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))
        assert database.find_program("pg_dump", at_least=12) == (str(old), 12)
        assert database.find_program("pg_dump", at_least=13)[0] == str(postgres.program("pg_dump"))

    def test_a_dump_that_fails(self, tmp_path, monkeypatch):
        monkeypatch.setattr(database, "_connection", lambda: ("host=127.0.0.1 port=9", ""))
        with pytest.raises(CommandError, match="pg_dump ist gescheitert: pg_dump: error: connection"):
            call_command("backup", tmp_path / "neu.zip")
        assert list(tmp_path.iterdir()) == []

    def test_a_file_that_is_removed_meanwhile(self, tmp_path, settings, monkeypatch):
        settings.MEDIA_ROOT = tmp_path / "media"
        monkeypatch.setattr(media, "names", lambda: iter(["bilder/gone.webp"]))
        call_command("backup", tmp_path / "neu.zip", verbosity=0)
        with archive.opened(tmp_path / "neu.zip") as backup:
            assert backup.manifest.media == []
