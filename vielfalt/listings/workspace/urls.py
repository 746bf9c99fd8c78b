"""The addresses in "Mein Bereich". Their names are the same in every domain, such as ``lotsen:team``."""

from collections.abc import Callable

from django.urls import URLPattern, path

from vielfalt.listings.workspace import pictures, sections, team, views
from vielfalt.listings.workspace.keeping import Keeping

OF_ORGANISATIONS = (
    ("", views.overview, "mine"),
    ("bestaetigen/", views.confirm, "confirm"),
    ("bearbeiten/<slug:section>/", sections.edit, "edit"),
    ("rueckgaengig/", sections.undo, "undo"),
    ("status/<slug:wish>/", views.wish_for_state, "wish"),
    ("verlauf/", views.history, "history"),
    ("bilder/", pictures.pictures, "pictures"),
    ("bilder/neu/<slug:kind>/", pictures.new_picture, "new_picture"),
    ("bilder/<int:pk>/", pictures.edit_picture, "edit_picture"),
    ("team/", team.team, "team"),
    ("team/<int:pk>/", team.change_member, "change_member"),
    ("team/einladung/<int:pk>/", team.withdraw_invitation, "withdraw_invitation"),
)


def pages_of(keeping: Keeping) -> list[URLPattern]:
    """Return the addresses on which members look after one kind of organisations."""

    def page(route: str, view: Callable, name: str) -> URLPattern:
        return path(route, view, {"keeping": keeping}, name=name)

    home = f"mein/{keeping.path}/<slug:slug>/"
    pages = [page(home + route, view, name) for route, view, name in OF_ORGANISATIONS]
    if parts := keeping.parts:
        pages += [
            page(f"{home}{parts.path}/neu/", views.new_part, "new_part"),
            page(f"{home}{parts.path}/<int:pk>/status/<slug:wish>/", views.wish_for_state, "wish_for_part"),
            page(f"mein/{parts.edit_path}/<int:pk>/bearbeiten/<slug:section>/", sections.edit_part, "edit_part"),
        ]
    return pages
