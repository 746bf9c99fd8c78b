"""Puts several wordings of one passage together: what each changed against the wording that all of them saw.

A merge that is clean by words can still say what nobody proposed; so a person always confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError

from leitfaden.content import Content
from leitfaden.markup.elements import parse, serialise
from vielfalt.listings.differences import split


@dataclass(frozen=True)
class Merged:
    """A wording, and whether all changes went in without contradicting each other."""

    content: Content
    is_clean: bool


def merge(base: Content, wordings: Sequence[Content]) -> Merged:
    """Return ``base`` with the changes of all wordings. Where they contradict each other the first one counts."""
    merged, is_clean = base, True
    for wording in wordings:
        title, title_fits = _merge_text(base.title, merged.title, wording.title)
        html, html_fits = _merge_text(base.html, merged.html, wording.html)
        fields, fields_fit = _merge_fields(base.fields, merged.fields, wording.fields)
        content = _valid(title, html, fields)
        if content is None:
            is_clean = False
            continue
        merged, is_clean = content, is_clean and title_fits and html_fits and fields_fit
    return Merged(merged, is_clean)


def _valid(title: str, html: str, fields: dict[str, Any]) -> Content | None:
    """Return the wording, unless putting pieces of markup together broke an element."""
    try:
        content = Content.clean(title=title, html=html, fields=fields)
    except ValidationError:
        return None
    return content if serialise(parse(html)) == html and content.html == html else None


def _merge_text(base: str, ours: str, theirs: str) -> tuple[str, bool]:
    if ours in (base, theirs):
        return theirs, True
    if theirs == base:
        return ours, True
    pieces = _pieces(base)
    mine, others = _edits(pieces, _pieces(ours)), _edits(pieces, _pieces(theirs))
    fitting = [edit for edit in others if edit not in mine and not any(_touch(edit, other) for other in mine)]
    is_clean = all(edit in mine or edit in fitting for edit in others)
    for start, end, new in sorted([*mine, *fitting], reverse=True):
        pieces[start:end] = new
    return "".join(pieces), is_clean


type _Edit = tuple[int, int, tuple[str, ...]]


def _pieces(html: str) -> list[str]:
    """Return tags, words, spaces and signs one by one."""
    pieces: list[str] = []
    while html:
        start = html.find("<")
        words, rest = (html, "") if start < 0 else (html[:start], html[start:])
        pieces += split(words)
        end = rest.find(">") + 1
        if rest:
            pieces.append(rest[:end] if end else rest)
        html = rest[end:] if end else ""
    return pieces


def _edits(before: list[str], after: list[str]) -> list[_Edit]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(i, i_end, tuple(after[j:j_end])) for kind, i, i_end, j, j_end in matcher.get_opcodes() if kind != "equal"]


def _touch(one: _Edit, other: _Edit) -> bool:
    """Whether two edits change the same words or meet: then nobody can say which of them is meant."""
    return one[0] <= other[1] and other[0] <= one[1]


def _merge_fields(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    merged, is_clean = dict(ours), True
    for name in {*base, *theirs}:
        if theirs.get(name) == base.get(name):
            continue
        if ours.get(name) not in (base.get(name), theirs.get(name)):
            is_clean = False
        elif name in theirs:
            merged[name] = theirs[name]
        else:
            merged.pop(name, None)
    return merged, is_clean
