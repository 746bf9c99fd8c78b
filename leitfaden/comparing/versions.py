"""Two versions of a block: title, text and fields."""

from dataclasses import dataclass, field
from typing import Any

from leitfaden.comparing.passages import Difference, compare
from leitfaden.comparing.summary import Summary
from leitfaden.content import Content
from leitfaden.models import BlockVersion
from vielfalt.listings import differences


@dataclass(frozen=True)
class FieldChange:
    """A field with its values before and after, as they are shown."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class VersionDifference:
    """What changed from one wording of a block to another; ``None`` stands for no wording at all."""

    title: list[differences.Part]
    text: Difference
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return self.text.is_same and not self.fields and all(part.kind == "same" for part in self.title)

    @property
    def summary(self) -> Summary:
        changed = [part for part in self.title if part.kind != "same"]
        words = {kind: [w for p in changed if p.kind == kind for w in p.text.split()] for kind in ("removed", "added")}
        return self.text.summary + Summary.between(words["removed"], words["added"], signs=bool(changed))


def compare_versions(old: BlockVersion | Content | None, new: BlockVersion | Content | None) -> VersionDifference:
    """Compare two wordings, saved or not."""
    before, after = old or Content(), new or Content()
    return VersionDifference(
        differences.words(before.title, after.title),
        compare(before.html, after.html),
        _fields(before.fields, after.fields),
    )


def _fields(old: dict[str, Any], new: dict[str, Any]) -> list[FieldChange]:
    names = sorted({*old, *new})
    return [
        FieldChange(name, str(old.get(name, "")), str(new.get(name, "")))
        for name in names
        if old.get(name) != new.get(name)
    ]
