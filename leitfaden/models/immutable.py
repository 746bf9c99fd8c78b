"""Triggers for rows that are written once: the database itself refuses to change or delete them."""

import pgtrigger


def immutable() -> list[pgtrigger.Trigger]:
    """Refuse every UPDATE and DELETE of the table's rows, whoever asks."""
    return [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]


def immutable_but(*names: str) -> list[pgtrigger.Trigger]:
    """Refuse every DELETE, and every UPDATE that changes more than these fields: notes of the portal about the row."""
    return [
        pgtrigger.Protect(name="immutable", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(exclude=names)),
        *kept(),
    ]


def kept() -> list[pgtrigger.Trigger]:
    """Refuse every DELETE of the table's rows."""
    return [pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]
