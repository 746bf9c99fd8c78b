"""How a checkout is made ready: decisions only, nothing is installed and no network is asked."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from vielfalt.development import checks, chromium, debian, lock, pango, postgres, start
from vielfalt.development.setup import STAMP, Checkout, SetupError, require_free_port

ROOT = Path(__file__).resolve().parent.parent


def program(path, script="exit 0"):
    """Write a small shell program to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path):
    """A checkout that is installed and current, on a machine without npm."""
    for name in ("requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        (tmp_path / name).write_text(name)
    checkout = Checkout(tmp_path, {"PATH": str(tmp_path / "programs")})
    program(checkout.python)
    (tmp_path / "node_modules").mkdir()
    checkout.install_python()
    program(tmp_path / "programs" / "npm")
    checkout.install_packages(tmp_path)
    (tmp_path / "programs" / "npm").unlink()
    return checkout


class TestPython:
    def test_new_enough_goes_on_with_itself(self):
        assert start.choose((3, 12), "", "/nonexistent") == sys.executable

    def test_too_old_looks_for_another(self, tmp_path):
        program(tmp_path / "python3.12")
        best = program(tmp_path / "python3.13")
        assert start.choose((3, 11), str(tmp_path), "/nonexistent") == str(best)

    def test_stand_in_of_a_version_manager_that_does_not_start(self, tmp_path):
        program(tmp_path / "python3.13", "exit 127")
        works = program(tmp_path / "python3.12")
        assert start.choose((3, 11), str(tmp_path), "/nonexistent") == str(works)

    def test_version_manager_outside_of_the_path(self, tmp_path):
        works = program(tmp_path / ".pyenv" / "versions" / "3.13.5" / "bin" / "python3.13")
        assert start.choose((3, 11), "", str(tmp_path)) == str(works)

    def test_none_is_new_enough(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setattr(start, "choose", lambda *_: None)
        with pytest.raises(SystemExit):
            start.main()
        assert "is too old for the portal: install Python 3.12 or newer" in capsys.readouterr().err

    def test_first_file_is_understood_by_old_pythons(self):
        compile((ROOT / "vielfalt/development/start.py").read_text(), "start.py", "exec", _feature_version=6)

    def test_bootstrap_needs_nothing_installed(self):
        code = "import vielfalt.development.bootstrap"
        subprocess.run([sys.executable, "-S", "-E", "-c", code], cwd=ROOT, check=True)


class TestPort:
    def test_free(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        require_free_port(port)

    def test_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with pytest.raises(SetupError, match=rf"Port {port} is taken: .* `make run PORT={port + 1}`"):
                require_free_port(port)

    def test_no_port(self):
        with pytest.raises(SetupError, match="70000 is not a port"):
            require_free_port(70000)


class TestStamps:
    def test_nothing_is_installed_twice(self, checkout):
        program(checkout.python, "exit 1")
        checkout.prepare()

    @pytest.mark.parametrize("name", ["requirements-dev.txt", "requirements-node.txt"])
    def test_changed_python_lock(self, checkout, name):
        (checkout.root / name).write_text("changed")
        assert not checkout.python_is_current()
        assert checkout.packages_are_current(checkout.root)

    def test_changed_frontend_lock(self, checkout):
        (checkout.root / "package-lock.json").write_text("changed")
        assert checkout.python_is_current()
        assert not checkout.packages_are_current(checkout.root)

    def test_environment_whose_python_is_gone(self, checkout):
        checkout.python.unlink()
        checkout.python.symlink_to("/nonexistent/python3")
        assert not checkout.python_is_current()

    def test_failed_installation_leaves_no_stamp(self, checkout, capfd):
        (checkout.venv / STAMP).unlink()
        program(checkout.python, "echo the reason; exit 1")
        with pytest.raises(SetupError, match=r"requirements-dev.txt could not be installed: check the network"):
            checkout.prepare()
        assert not checkout.python_is_current()
        assert "the reason" in capfd.readouterr().err


class TestNpm:
    def test_of_the_machine(self, checkout):
        npm = program(checkout.root / "programs" / "npm")
        assert checkout.npm() == str(npm)

    def test_from_the_wheel(self, checkout):
        own = program(checkout.venv / "bin" / "npm")
        assert checkout.npm() == str(own)

    def test_wheel_is_installed_where_there_is_none(self, checkout, capfd):
        program(checkout.python, f'echo "$@" >> {checkout.root}/calls')
        with pytest.raises(SetupError, match=r"No npm found: install Node\.js"):
            checkout.npm()
        assert "requirements-node.txt" in (checkout.root / "calls").read_text()

    def test_failure_says_what_to_do(self, checkout, capfd):
        program(checkout.root / "programs" / "npm", "echo no route to host; exit 1")
        with pytest.raises(SetupError, match="npm packages could not be installed: check the network"):
            checkout.install_packages(checkout.root)
        assert "no route to host" in capfd.readouterr().err

    def test_folder_of_its_own(self, checkout):
        """What only the bench needs is installed by those who measure, and only there."""
        folder = checkout.root / "tests" / "bench"
        (folder / "node_modules").mkdir(parents=True)
        (folder / "package-lock.json").write_text("of the bench")
        program(checkout.root / "programs" / "npm", f"pwd >> {checkout.root}/calls")
        checkout.prepare_packages(folder)
        checkout.prepare_packages(folder)
        checkout.prepare()
        assert (checkout.root / "calls").read_text() == f"{folder}\n"


class TestChromium:
    def test_named(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CHROMIUM", str(program(tmp_path / "chrome")))
        assert chromium.find() == str(tmp_path / "chrome")

    def test_of_the_system(self, tmp_path, monkeypatch):
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
        program(tmp_path / "google-chrome")
        assert chromium.find() == str(tmp_path / "google-chrome")

    def test_debian_package_is_installed_as_root(self, tmp_path, monkeypatch):
        monkeypatch.delenv("CHROMIUM", raising=False)
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
        monkeypatch.setattr(chromium, "NAMES", ["test-chromium"])
        monkeypatch.setattr(chromium, "APPLICATIONS", [])
        monkeypatch.setattr(chromium, "_of_playwright", lambda: None)
        monkeypatch.setattr(debian, "may_install", lambda: True)
        install = f"touch {tmp_path}/test-chromium; chmod +x {tmp_path}/test-chromium"
        program(tmp_path / "apt-get", f'case "$*" in *install*chromium*) {install};; esac')
        assert chromium.find_or_install() == str(tmp_path / "test-chromium")

    @pytest.mark.parametrize("may_install", [True, False])
    def test_none(self, monkeypatch, may_install):
        monkeypatch.setenv("CHROMIUM", "/nonexistent/chrome")
        monkeypatch.setattr(debian, "may_install", lambda: may_install)
        with pytest.raises(SetupError, match="The browser tests need Chromium and found none: install it"):
            chromium.find_or_install()


class TestPango:
    @pytest.fixture(autouse=True)
    def _missing(self, monkeypatch):
        monkeypatch.setattr(pango, "LIBRARIES", {"Pango": ("test-pango.so", "test-pango.dylib")})

    def test_debian_packages_are_installed_as_root(self, tmp_path, monkeypatch, capfd):
        monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
        monkeypatch.setattr(debian, "may_install", lambda: True)
        program(tmp_path / "apt-get", f'echo "$@" >> {tmp_path}/calls')
        pango.install_if_possible()
        assert "install --yes --no-install-recommends libpango-1.0-0" in (tmp_path / "calls").read_text()

    def test_machine_of_a_person_is_left_alone(self, tmp_path, monkeypatch):
        monkeypatch.setattr(debian, "may_install", lambda: False)
        monkeypatch.setattr(debian, "install", pytest.fail)
        pango.install_if_possible()

    def test_none(self, monkeypatch):
        monkeypatch.setattr(debian, "may_install", lambda: False)
        with pytest.raises(SetupError, match=r"PDF documents need Pango, which this machine does not have\. Install"):
            pango.require()


class TestLocks:
    def write(self, folder, requirements="", resolved=None):
        for name in lock.PYTHON_LOCKS:
            (folder / name).write_text(requirements)
        package = {"version": "1.0.0"} | ({"resolved": resolved} if resolved else {})
        for name in lock.NPM_LOCKS:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(json.dumps({"packages": {"node_modules/leaflet": package}}))

    def test_versions_and_hashes_only(self, tmp_path):
        self.write(tmp_path, "django==6.1.3 \\\n    --hash=sha256:abc\n    # via -r pyproject.toml\n")
        assert list(lock.sources(tmp_path)) == []

    @pytest.mark.parametrize(
        "line",
        ["--index-url https://registry.example/simple", "-i registry.example", "x @ https://files.example/x.whl"],
    )
    def test_host_in_a_python_lock(self, tmp_path, line):
        self.write(tmp_path, f"django==6.1.3\n{line}\n")
        assert f"requirements.txt:2: {line}" in list(lock.sources(tmp_path))

    def test_host_in_the_npm_lock(self, tmp_path):
        self.write(tmp_path, resolved="https://registry.example/leaflet.tgz")
        found = "node_modules/leaflet: https://registry.example/leaflet.tgz"
        assert list(lock.sources(tmp_path)) == [f"{name}: {found}" for name in lock.NPM_LOCKS]


class TestPostgres:
    def test_lock_of_a_dead_server_is_removed(self, tmp_path):
        with subprocess.Popen(["true"]) as ended:
            pass
        socket_lock = tmp_path / ".s.PGSQL.5432.lock"
        socket_lock.write_text(f"{ended.pid}\n")
        (tmp_path / "postmaster.pid").write_text(f"{ended.pid}\n{tmp_path}\n0\n5432\n{tmp_path}\n")
        postgres._forget_dead_server(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_lock_whose_number_went_to_another_process_is_removed(self, tmp_path):
        (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")
        postgres._forget_dead_server(tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_nothing_to_stop(self, tmp_path):
        assert postgres.stop(tmp_path) is False

    def test_url(self):
        configuration = {"HOST": "/run/Some Where", "PORT": "5432", "USER": "postgres"}
        assert postgres.url(configuration, "x") == "postgres://postgres@%2Frun%2FSome%20Where:5432/x"

    def test_server_serves_every_process_and_ends_with_the_last(self, tmp_path):
        """Two real processes: the first leaves the server to the second, which stops it."""
        folder = tmp_path / "postgres"
        use = f"import pathlib, vielfalt.development.postgres as p; p.embedded(pathlib.Path({str(folder)!r}))"
        wait = f"{use}; print('ready', flush=True); input()"
        command = [sys.executable, "-W", "error", "-c"]
        with subprocess.Popen(
            [*command, wait], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as one:
            assert one.stdout.readline() == "ready\n"
            subprocess.run([*command, use], cwd=ROOT, check=True)
            assert postgres._is_alive(folder / "postmaster.pid")
            one.communicate("\n")
        assert not (folder / "postmaster.pid").exists()


def test_failing_check_shows_what_it_found(capsys):
    assert not checks.run("a check", [sys.executable, "-c", "print('the finding'); raise SystemExit(1)"], {})
    assert "FAILED a check" in (output := capsys.readouterr().out)
    assert "the finding" in output


def test_passing_check_is_one_line(capsys):
    assert checks.run("a check", [sys.executable, "-c", "print('chatter')"], {})
    assert capsys.readouterr().out.count("\n") == 1


def test_sockets_to_other_hosts_are_blocked():
    with pytest.raises(UserWarning, match=r'with host "192\.0\.2\.1"'):
        urllib.request.urlopen("http://192.0.2.1/", timeout=0.1)
