"""The first file that ``make`` runs: finds a Python that is new enough and goes on with it.

Whatever ``python3`` is on the machine has to understand this file, so its syntax is that of
Python 3.6 and it imports nothing from the project.
"""

import glob
import os
import subprocess
import sys

OLDEST = (3, 12)
TOO_OLD = (
    "Python {} is too old for the portal: install Python 3.12 or newer (3.13 is best) "
    "and run the command again, or name one with `make PYTHON=/path/to/python3.13 …`."
)


def candidates(path, home):
    """Return every other Python that may be on this machine, the best first."""
    folders = path.split(os.pathsep)
    # Version managers keep interpreters where a bare shell does not look.
    folders += sorted(glob.glob(os.path.join(home, ".pyenv", "versions", "3.1[2-9]*", "bin")), reverse=True)
    names = ["python3.13", "python3.14", "python3.12"]
    found = [os.path.join(folder, name) for name in names for folder in folders]
    return [name for name in found if os.access(name, os.X_OK)]


def new_enough(interpreter):
    """Tell whether ``interpreter`` starts and is new enough; a version manager's stand-in may do neither."""
    test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    with open(os.devnull, "w") as nothing:
        return subprocess.call([interpreter, "-c", test], stdout=nothing, stderr=nothing) == 0


def choose(version, path, home):
    """Return the interpreter to go on with, or None if there is none."""
    if version >= OLDEST:
        return sys.executable
    return next((name for name in candidates(path, home) if new_enough(name)), None)


def main():
    interpreter = choose(sys.version_info[:2], os.environ.get("PATH", os.defpath), os.path.expanduser("~"))
    if interpreter is None:
        sys.stderr.write(TOO_OLD.format(".".join(str(part) for part in sys.version_info[:3])) + "\n")
        sys.exit(1)
    os.execv(interpreter, [interpreter, "-m", "vielfalt.development.bootstrap", *sys.argv[1:]])


if __name__ == "__main__":
    main()
