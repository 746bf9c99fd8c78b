"""Brings the groups of the staff into the database."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from vielfalt.accounts.groups import registered


def load_groups() -> int:
    """Make the groups that are missing, give each exactly its rights, and return how many rows were written.

    Exactly: a right that is registered no more is nobody's any more. Staff who shall have other
    rights get them by name or by a group of the administrators' own.
    """
    written = 0
    for name, grants in registered().items():
        group, is_new = Group.objects.get_or_create(name=name)
        wanted = {key for grant in grants for key in _rights(grant)}
        present = set(group.permissions.values_list("pk", flat=True))
        if wanted != present:
            group.permissions.set(wanted)
        written += is_new + len(wanted ^ present)
    return written


def _rights(grant: str) -> list[int]:
    """Return the keys of the rights that a registered word stands for."""
    app, _dot, codename = grant.partition(".")
    which = Q(codename=codename) if codename else Q()
    found = list(Permission.objects.filter(which, content_type__app_label=app).values_list("pk", flat=True))
    if not found:
        raise ValueError(f"There is no right {grant}.")
    return found
