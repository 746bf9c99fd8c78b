"""An edition with everything that files have to cope with, small enough to be built often."""

import io
import subprocess
from pathlib import Path
from typing import Any

import playwright
from PIL import Image

from leitfaden import editions
from leitfaden.importing import plan_import
from leitfaden.loading import import_new
from leitfaden.models import Edition

TEXT = """# Empfehlungs-Leitfaden für Basisqualifizierungen

Lots\\*innen weisen *Wege*.

## Wie Sie damit arbeiten

### Für wen

Für **alle**, die [lesen](https://example.org/a?b=1&c=2).[^n1] Und für wen noch?[^n2]

## Modul 1: Kennenlernen & mehr {ue="4"}

### Einführung

> Die eigene Geschichte ist eine Kraftquelle.

::: {dir="rtl" lang="ar"}
مرحبا
:::

### Lernziele {.lernziele}

- Namen nennen
    - und behalten
- Regeln vereinbaren

### Ablauf {.ablauf}

| Zeit    | Inhalt | Material |
|---------|--------|----------|
| 15 Min. | Beginn mit 5 \\| 6 Karten | – |
| 30 Min. | Mitte  | Stifte   |

![Zwei Stühle](bilder/stuehle.png "So stehen die Stühle.")

### Praxis und Methoden {.praxis}

#### Interview zu zweit {dauer="45 Minuten" gruppe="6 bis 14 Personen"}

**Schritt für Schritt**

3. Fragen Sie.
4. Hören Sie zu.

### Kopiervorlagen {.vorlagen}

#### Vorlage 1.1: Fragen

| Frage | Antwort |
|-------|---------|
| Wer?  |         |

#### Vorlage 1.2: Karten

Eine Karte.

## Glossar

Lots\\*in
:   Wer Wege weist.

UE
:   Unterrichtseinheit, 45 Minuten.

[^n1]: Eine *Fußnote* mit [Link](https://example.org).
[^n2]: Noch eine.
"""


def drawing() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(file, "PNG")
    return file.getvalue()


PICTURES = {"bilder/stuehle.png": drawing()}


def small_edition(alice: Any, bob: Any, *, text: str = TEXT, pictures: dict[str, bytes] | None = None) -> Edition:
    """An approved edition of the small text."""
    plan = plan_import(content=text.encode(), pictures=PICTURES if pictures is None else pictures)
    assert not plan.mistakes
    revision = import_new(slug="leitfaden", plan=plan, by=alice)
    edition = editions.create_edition(document=revision.document, label="2026.1", revision=revision, by=alice)
    editions.approve(edition=edition, by=alice)
    return editions.approve(edition=edition, by=bob)


def epubcheck(content: bytes, folder: Any) -> subprocess.CompletedProcess[str]:
    """Let epubcheck look at an e-book."""
    file = folder / "book.epub"
    file.write_bytes(content)
    # Playwright brings a Node of its own, so that the tests need none of the machine's.
    node = Path(playwright.__file__).parent / "driver" / "node"
    command = [node, "node_modules/@likecoin/epubcheck-ts/bin/epubcheck.js", str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
