"""Writes the lock files (``make lock``) and checks that they name no registry (``--check``).

A lock file holds versions and hashes only; where the packages come from is the business of the
machine that installs them.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON_LOCKS = {
    "requirements.txt": ["pyproject.toml"],
    "requirements-dev.txt": ["pyproject.toml", "--group", "dev", "--constraints", "requirements.txt"],
    "requirements-node.txt": ["--group", "pyproject.toml:node"],
}
NPM_LOCKS = ("package-lock.json", "tests/bench/package-lock.json")
UV_COMPILE = [
    *(str(Path(sys.executable).parent / "uv"), "pip", "compile", "--quiet", "--universal"),
    *("--python-version", "3.12", "--generate-hashes", "--no-emit-index-url", "--no-header"),
]
# An address, or an option of pip that names an index or a folder of packages.
SOURCE = re.compile(r"://|^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b")


def write() -> None:
    """Resolve all dependencies; versions already locked stay as long as they fit."""
    for lock, sources in PYTHON_LOCKS.items():
        subprocess.run(
            [*UV_COMPILE, *sources, "--output-file", lock],
            cwd=ROOT,
            check=True,
        )
    for lock in NPM_LOCKS:
        command = ["npm", "install", "--package-lock-only", "--no-audit", "--no-fund"]
        subprocess.run(command, cwd=(ROOT / lock).parent, check=True)


def sources(root: Path) -> Iterator[str]:
    """Yield every place where a lock file says where a package comes from."""
    for lock in PYTHON_LOCKS:
        for number, line in enumerate((root / lock).read_text().splitlines(), start=1):
            if SOURCE.search(line):
                yield f"{lock}:{number}: {line.strip()}"
    for lock in NPM_LOCKS:
        for name, package in json.loads((root / lock).read_text())["packages"].items():
            if "resolved" in package:
                yield f"{lock}: {name}: {package['resolved']}"


def main() -> int:
    if "--check" not in sys.argv:
        write()
    found = list(sources(ROOT))
    for line in found:
        sys.stdout.write(f"{line}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
