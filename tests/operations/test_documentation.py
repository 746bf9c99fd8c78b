"""What docs/betrieb says is there: variables, commands, files, units. What cannot be run here is at least not wrong."""

import re
import shlex
import sys
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.core.management import get_commands
from django.utils.text import slugify

from vielfalt.operations import health

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "betrieb"
PAGES = [ROOT / "docs" / "betrieb.md", *sorted(FOLDER.glob("*.md"))]
UNITS = sorted((FOLDER / "systemd").glob("*.service"))
TIMERS = sorted((FOLDER / "systemd").glob("*.timer"))
CONTAINERFILE = (FOLDER / "container" / "Containerfile").read_text()
OF_OTHERS = {"WEB_CONCURRENCY", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
"""Variables of gunicorn and of PostgreSQL's image."""


def read_by_settings():
    """The variables that the settings read."""
    source = (ROOT / "vielfalt" / "settings.py").read_text()
    return set(re.findall(r'\b(?:env\.\w+|required)\(\s*"([A-Z0-9_]+)"', source))


def in_table(page):
    """The variables that the first column of a table of this page names."""
    rows = re.findall(r"^\|(.*?)\|", page.read_text(), flags=re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z0-9_]+)`", row)}


def unit(path):
    """A systemd unit, with all values of keys that come several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section = {}
    for line in path.read_text().splitlines():
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return found


def commands(path):
    return [shlex.split(line) for line in unit(path)["Service"]["ExecStart"]]


def test_every_variable_is_documented_and_none_that_is_not():
    assert in_table(ROOT / "docs" / "betrieb.md") == read_by_settings()


@pytest.mark.parametrize("page", ["README.md", "docs/betrieb/wachsen.md"])
def test_other_tables_name_no_variables_of_their_own(page):
    assert in_table(ROOT / page) - OF_OTHERS <= read_by_settings()


def test_examples_set_variables_that_are_read():
    named = set(re.findall(r"^([A-Z0-9_]+)=", (FOLDER / "vielfalt.env.example").read_text(), flags=re.MULTILINE))
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "MAIL_HOST", "MAIL_FROM"} < named <= read_by_settings()
    on_pages = {name for page in PAGES for name in re.findall(r"\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)=", page.read_text())}
    assert on_pages - OF_OTHERS <= read_by_settings()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page):
    for target, fragment in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text()):
        found = (page.parent / target) if target else page
        assert found.exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.*)$", found.read_text(), flags=re.MULTILINE)
            assert fragment in {slugify(heading, allow_unicode=True) for heading in headings}, fragment


def test_every_command_is_one():
    texts = [path.read_text() for path in (*PAGES, *UNITS, FOLDER / "container" / "Containerfile")]
    named = {name for text in texts for name in re.findall(r"manage\.py(?:\",)? ([a-z_]+)", text)}
    assert {"backup", "restore", "daily", "db_worker", "migrate", "clearsessions"} <= named
    assert named <= set(get_commands())


def test_every_unit_is_named_where_it_is_explained():
    text = "".join(page.read_text() for page in PAGES)
    there = {path.name for path in (*UNITS, *TIMERS)}
    assert set(re.findall(r"vielfalt-\w+\.(?:service|timer)", text)) <= there
    assert {path.stem for path in (*UNITS, *TIMERS)} == set(re.findall(r"vielfalt-(?:web|worker|daily|backup)", text))


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_units(path):
    service = unit(path)["Service"]
    for program, *arguments in commands(path):
        assert program.startswith("/srv/vielfalt/.venv/bin/")
        assert (Path(sys.prefix) / "bin" / Path(program).name).exists()
        if arguments[0] == "manage.py":
            assert arguments[1] in get_commands()
        for module in (one.removeprefix("python:") for one in arguments if one.startswith("python:")):
            import_module(module)
    for key, value in {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "User": "vielfalt",
        "UMask": "0077",
    }.items():
        assert service[key] == [value]


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_timers_start_what_is_there(path):
    timer = ConfigParser()
    timer.optionxform = str
    timer.read(path)
    assert timer["Timer"]["Persistent"] == "true"
    assert path.with_suffix(".service") in UNITS


def test_backups_go_where_they_may_and_are_forgotten_there():
    backup = FOLDER / "systemd" / "vielfalt-backup.service"
    (target,) = unit(backup)["Service"]["ReadWritePaths"]
    assert commands(backup)[0][-1] == target
    assert f"d {target} 0700 vielfalt vielfalt 30d" in (FOLDER / "systemd" / "vielfalt.tmpfiles.conf").read_text()


def test_the_container_gets_all_of_the_program():
    copied = [words.split() for words in re.findall(r"^COPY (?!--from)(.*)$", CONTAINERFILE, flags=re.MULTILINE)]
    sources = {name for *names, _target in copied for name in names}
    assert all((ROOT / name).exists() for name in sources)
    own = {app.name.partition(".")[0] for app in apps.get_app_configs() if ROOT in Path(app.path).parents}
    own = {name for name in own if (ROOT / name / "__init__.py").exists()}
    assert own | {"manage.py", "static", "templates", "locale", "requirements.txt"} <= sources
    assert f"http://127.0.0.1:8000{health.PATH}" in CONTAINERFILE
    assert not re.search(r"^FROM \S*[./:]\S*/", CONTAINERFILE, flags=re.MULTILINE)
    assert re.search(r"^USER vielfalt$", CONTAINERFILE, flags=re.MULTILINE)


def test_compose():
    described = yaml.safe_load((FOLDER / "container" / "compose.yaml").read_text())
    services = described["services"]
    assert set(services) == {"web", "worker", "database"}
    assert services["worker"]["command"][2] in get_commands()
    web = services["web"]
    assert (FOLDER / "container" / web["build"]["context"]).resolve() == ROOT
    assert (ROOT / web["build"]["dockerfile"]).exists()
    assert web["ports"] == ["127.0.0.1:8000:8000"]
    assert set(web["environment"]) <= read_by_settings()
    assert {volume.partition(":")[0] for one in services.values() for volume in one["volumes"]} == set(
        described["volumes"]
    )


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_never_believe_what_a_visitor_says(name):
    text = (FOLDER / "proxy" / name).read_text()
    for header in ("X-Forwarded-For", "X-Request-ID"):
        assert re.search(rf"(proxy_set_header|header_up) {header} [${{]", text)
    assert "127.0.0.1:8000" in text
    assert health.PATH in text
