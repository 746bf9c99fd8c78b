"""The administration of texts: what stands beside the text itself, which is edited on its own pages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from leitfaden.models import Comment, Document, Edition, Picture, Revision


class ReadOnly(admin.ModelAdmin):
    """Rows that are looked at here and changed elsewhere, or never."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Document)
class DocumentAdmin(admin.ModelAdmin):
    """A document's title. Documents arise by an import and stay."""

    importance = 1
    list_display: ClassVar = ("title", "slug", "head")
    list_select_related: ClassVar = ("head__document",)
    fields: ClassVar = ("title", "slug", "head", "created_at")
    readonly_fields: ClassVar = ("slug", "head", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    importance = 2
    list_display: ClassVar = ("label", "document", "state", "published_at")
    list_select_related: ClassVar = ("document",)
    list_filter: ClassVar = ("state",)
    fields: ClassVar = (
        ("document", "label", "state"),
        "revision",
        "note",
        ("created_by", "created_at"),
        "published_at",
        ("withdrawn_at", "withdrawn_reason"),
    )


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    importance = 3
    list_display: ClassVar = ("number", "document", "note", "author", "created_at")
    list_select_related: ClassVar = ("document", "author")
    search_fields: ClassVar = ("note",)


@admin.register(Comment)
class CommentAdmin(ReadOnly):
    importance = 4
    list_display: ClassVar = ("text", "author", "visibility", "state", "created_at")
    list_select_related: ClassVar = ("author",)
    list_filter: ClassVar = ("state", "visibility")
    search_fields: ClassVar = ("text",)


@admin.register(Picture)
class PictureAdmin(ReadOnly):
    """Only rights can be put right; the picture itself stays."""

    importance = 5
    list_display: ClassVar = ("name", "author", "licence", "created_at")
    fields: ClassVar = ("name", ("width", "height"), "author", "licence", ("created_by", "created_at"))
    readonly_fields: ClassVar = ("name", "width", "height", "created_by", "created_at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)
