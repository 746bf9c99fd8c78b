"""What a version of a block says: title, text and fields, clean and in canonical form."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leitfaden.markup import plain_text
from leitfaden.markup.sanitising import check_length, sanitise
from vielfalt.text import without_direction_marks

LONGEST_TITLE = 300
MOST_UNITS = 200
FIELDS = {"ue", "zielgruppe", "dauer", "gruppe", "material", "formen"}
"""What blocks tell beside their text: Unterrichtseinheiten (a number), Zielgruppe, Dauer, Gruppengröße and Material;
of a glossary's term its other forms, divided by |."""
LONGEST_FIELD = 500


@dataclass(frozen=True)
class Content:
    """Title, text and fields of a version. Two of the same content are the same wording."""

    title: str = ""
    html: str = ""
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def clean(cls, *, title: str = "", html: str = "", fields: dict[str, Any] | None = None) -> Self:
        """Return this sanitised; raise ``ValidationError`` with a sentence where something would be lost."""
        check_length(html)
        html = sanitise(html)
        check_length(html)
        title = " ".join(without_direction_marks(title.replace("\x00", "")).split())
        if len(title) > LONGEST_TITLE:
            raise ValidationError(
                _("Diese Überschrift ist zu lang. Erlaubt sind {most} Zeichen.").format(most=LONGEST_TITLE),
                code="long_title",
            )
        return cls(title, html, _clean_fields(fields or {}))

    @property
    def sha256(self) -> str:
        """The checksum of the canonical form."""
        canonical = json.dumps([self.title, self.html, self.fields], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @property
    def plain(self) -> str:
        return plain_text(self.html)

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.html)


def _clean_fields(fields: dict[str, Any]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for name, value in sorted(fields.items()):
        if name not in FIELDS or value in (None, ""):
            continue
        cleaned[name] = _units(value) if name == "ue" else _words(value)
    return cleaned


def _units(value: Any) -> int:
    try:
        units = int(value)
    except (TypeError, ValueError):
        units = 0
    if not 0 < units <= MOST_UNITS:
        raise ValidationError(
            _("Die Unterrichtseinheiten sind eine Zahl von 1 bis {most}.").format(most=MOST_UNITS), code="units"
        )
    return units


def _words(value: Any) -> str:
    words = " ".join(without_direction_marks(str(value).replace("\x00", "")).split())
    if len(words) > LONGEST_FIELD:
        raise ValidationError(
            _("Eine Angabe zum Abschnitt ist zu lang. Erlaubt sind {most} Zeichen.").format(most=LONGEST_FIELD),
            code="long_field",
        )
    return words
