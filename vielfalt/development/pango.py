"""Finds the libraries of the machine that lay out PDF documents (WeasyPrint loads them by these names)."""

import ctypes
import sys

from vielfalt.development import debian
from vielfalt.development.setup import SetupError

LIBRARIES = {
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "HarfBuzz-Subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
}
# The others come along with these.
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
HINT = f"Install Pango: on Debian `apt-get install {' '.join(PACKAGES)}`, on macOS `brew install pango`."


def missing() -> list[str]:
    """Return the names of the libraries that this machine lacks."""
    return [name for name, (linux, mac) in LIBRARIES.items() if not _loads(mac if sys.platform == "darwin" else linux)]


def install_if_possible() -> None:
    """On Debian as root, install what is missing."""
    if missing() and debian.may_install():
        debian.install(*PACKAGES)


def require() -> None:
    """Raise unless PDF documents can be made here, after trying to install what is missing."""
    install_if_possible()
    if lacking := missing():
        raise SetupError(f"PDF documents need {', '.join(lacking)}, which this machine does not have. {HINT}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
