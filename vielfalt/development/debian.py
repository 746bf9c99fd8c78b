"""Installs what a Debian machine lacks, as CI machines want it; a person's own machine is left alone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def may_install() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install(*packages: str) -> None:
    """Install ``packages``, or show what apt-get said."""
    sys.stderr.write(f"Installing Debian's {', '.join(packages)} …\n")
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        result = subprocess.run(
            ["apt-get", "-qq", *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if result.returncode:
            sys.stderr.write(result.stdout)
            break
