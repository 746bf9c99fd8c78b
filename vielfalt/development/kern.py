"""Writes what the portal uses of KERN's style sheet (``make styles``) and checks that it is current (``--check``).

KERN ships everything in one file of 340 kB, of which the pages use a tenth. What is written is committed: nothing is
built when the portal starts or is deployed, and a new version of KERN shows what it changes.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import Declaration, Node, ParseError

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "node_modules" / "@kern-ux" / "native"
TARGET = ROOT / "static" / "portal" / "kern.css"

PARTS = (
    *("alert", "badge", "body", "btn", "error", "form-check", "form-input", "label", "sr-only", "table", "title"),
    *("icon", "icon--danger", "icon--info", "icon--success", "icon--warning"),
)
"""The parts of KERN that the portal uses, as its classes call them; of the icons, which are large, each by its name."""

HEAD = """\
/* What the portal uses of KERN {version} (EUPL-1.2), written by `make styles`: never edit it.
   It lies in a layer of its own, so that everything of ours wins without a fight. */
@layer kern {{
{rules}
}}
"""


def uses(name: str) -> bool:
    """Return whether the portal uses the class ``name``, which is a part of KERN or an element or variant of one."""
    part = re.split("__|--", name.removeprefix("kern-"))[0]
    return name.removeprefix("kern-") in PARTS or (part in PARTS and part != "icon")


def reduced(css: str) -> str:
    """Return ``css`` without the rules of unused parts, and without variables that nothing left reads."""
    read: set[str] = set()
    while True:
        text = "\n".join(_written(tinycss2.parse_stylesheet(css), read))
        if read == (read := set(re.findall(r"var\(\s*(--[\w-]+)", text))):
            return text


def _written(rules: Iterable[Node], read: set[str]) -> Iterator[str]:
    for rule in rules:
        head, inner = "", []
        if rule.type == "error":
            raise ValueError(rule.message)
        if rule.type == "qualified-rule":
            head = ",".join(tinycss2.serialize(one) for one in _selectors(rule.prelude) if _is_used(one))
            inner = [f"{line.serialize()};" for line in _declarations(rule.content, read)]
        elif rule.type == "at-rule" and rule.at_keyword == "media":
            head = f"@media{tinycss2.serialize(rule.prelude)}"
            inner = [*_written(tinycss2.parse_rule_list(rule.content), read)]
        if head and inner:
            yield f"{head}{{{''.join(inner)}}}"


def _selectors(prelude: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the selectors that a rule names, separated by commas."""
    selector: list[Node] = []
    for piece in prelude:
        if piece == ",":
            yield selector
            selector = []
        else:
            selector.append(piece)
    yield selector


def _is_used(selector: list[Node]) -> bool:
    """Return whether the portal uses each class of ``selector`` that stands outside of ``:is()`` and ``:not()``."""
    names = [name.value for dot, name in pairwise(selector) if dot == "."]
    return all(uses(name) for name in names)


def _declarations(content: list[Node], read: set[str]) -> Iterator[Declaration]:
    for line in tinycss2.parse_declaration_list(content, skip_whitespace=True, skip_comments=True):
        if isinstance(line, ParseError):
            raise ValueError(line.message)
        if not line.name.startswith("--") or line.name in read:
            yield line


def current() -> str:
    version = json.loads((PACKAGE / "package.json").read_text())["version"]
    return HEAD.format(version=version, rules=reduced((PACKAGE / "dist" / "kern.min.css").read_text()))


def main() -> int:
    if "--check" not in sys.argv:
        TARGET.write_text(current())
    elif TARGET.read_text() != current():
        sys.stdout.write(f"{TARGET.relative_to(ROOT)} is not what KERN and PARTS say: run `make styles`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
