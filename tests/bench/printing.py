"""Tables on the screen."""

import sys
from collections.abc import Iterable, Sequence
from itertools import starmap


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Words to the left, figures to the right, nothing where there is nothing."""
    lines = [list(heads), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    words = [all(not _is_figure(row[at]) for row in lines[1:]) for at in range(len(heads))]
    aligned = (starmap(_fit, zip(line, widths, words, strict=True)) for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in aligned)


def _fit(cell: str, width: int, is_word: bool) -> str:
    return cell.ljust(width) if is_word else cell.rjust(width)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
    return str(cell)


def _is_figure(cell: str) -> bool:
    return cell[:1].isdigit() or cell[:1] == "-"
