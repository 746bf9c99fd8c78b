"""Makes the checkout ready: the Python environment and the front-end packages, only when they changed.

Runs before anything is installed, so it uses nothing but Python's own library.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PIP_OPTIONS = ("--quiet", "--disable-pip-version-check", "--no-input")
# Two more tries within seconds: enough for a hiccup, and no long wait to learn that there is no network.
NPM_OPTIONS = (
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retry-mintimeout=2000",
    "--fetch-retry-maxtimeout=5000",
)
STAMP = "installed.sha256"


class SetupError(Exception):
    """What is missing and what to do about it, in one sentence."""


def require_free_port(port: int) -> None:
    """Raise unless a server can listen on ``port`` of this machine."""
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OverflowError:
            raise SetupError(f"{port} is not a port: choose one between 1024 and 65535, e.g. PORT=8001.") from None
        except OSError:
            raise SetupError(
                f"Port {port} is taken: end the program that uses it, or choose another port with "
                f"`make run PORT={port + 1}`."
            ) from None


class Checkout:
    """One checkout of the portal and what is installed in it."""

    def __init__(self, root: Path, environment: Mapping[str, str] = os.environ) -> None:
        self.root = root
        self.environment = environment
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"

    def prepare(self) -> None:
        """Install what is missing or no longer what the lock files say."""
        if not self.python_is_current():
            self.install_python()
        self.prepare_packages(self.root)

    def prepare_packages(self, folder: Path) -> None:
        """Install the npm packages of ``folder`` unless they are what its lock file says."""
        if not self.packages_are_current(folder):
            self.install_packages(folder)

    # The Python environment

    def python_was_installed(self) -> bool:
        return self.python.exists() and (self.venv / STAMP).exists()

    def python_is_current(self) -> bool:
        return self.python.exists() and _read(self.venv / STAMP) == self._python_stamp()

    def install_python(self) -> None:
        _say("Installing Python packages into .venv (about a minute) …")
        if not self.python.exists():
            self._run(
                [sys.executable, "-m", "venv", "--clear", str(self.venv)],
                "The environment .venv could not be made: install Python's venv module "
                "(on Debian `apt-get install python3-venv`) and run the command again.",
            )
        self._pip("requirements-dev.txt")
        (self.venv / STAMP).write_text(self._python_stamp())

    def _pip(self, lock: str) -> None:
        self._run(
            [str(self.python), "-m", "pip", "install", *PIP_OPTIONS, "--require-hashes", "--requirement", lock],
            f"The Python packages of {lock} could not be installed: check the network (or the proxy and "
            "index settings of pip) and run the command again.",
        )

    def _python_stamp(self) -> str:
        return _hash(self.root / "requirements-dev.txt", self.root / "requirements-node.txt")

    # The npm packages: those of the front end, and in folders of their own those of tools

    def packages_are_current(self, folder: Path) -> bool:
        return _read(folder / "node_modules" / STAMP) == _hash(folder / "package-lock.json")

    def install_packages(self, folder: Path) -> None:
        npm = self.npm()
        node_modules = folder / "node_modules"
        _say(f"Installing npm packages into {os.path.relpath(node_modules, self.root)} …")
        self._run(
            [npm, "ci", *NPM_OPTIONS],
            "The npm packages could not be installed: check the network (or the proxy and registry "
            "settings of npm) and run the command again.",
            # npm starts node by its name, which may be found next to it only.
            {"PATH": os.pathsep.join([str(Path(npm).parent), self.environment.get("PATH", os.defpath)])},
            folder,
        )
        (node_modules / STAMP).write_text(_hash(folder / "package-lock.json"))

    def npm(self) -> str:
        """Return the machine's npm, or one from a wheel where the machine has none."""
        npm = shutil.which("npm", path=self.environment.get("PATH", os.defpath))
        if npm:
            return npm
        own = self.venv / "bin" / "npm"
        if not own.exists():
            _say("No npm on this machine: installing one into .venv …")
            self._pip("requirements-node.txt")
        if not own.exists():
            raise SetupError("No npm found: install Node.js 22 or newer with npm and run the command again.")
        return str(own)

    def _run(
        self,
        command: list[str],
        sentence: str,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Run ``command``; where it fails, show what it said and raise ``sentence``."""
        try:
            result = subprocess.run(
                command,
                cwd=folder or self.root,
                env={**self.environment, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
        except OSError as error:
            raise SetupError(f"{sentence} ({error})") from error
        if result.returncode:
            _say(result.stdout.rstrip())
            raise SetupError(sentence)


def _hash(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _read(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
