"""Pictures on the page of their organisation."""

from typing import ClassVar

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vielfalt.pictures.models import AbstractPicture


class PictureInline(admin.StackedInline):
    """An organisation's logo and pictures; a domain's own class names model and form."""

    extra = 0
    fields: ClassVar = (("slot", "preview"), "upload", "alt", ("author", "licence"))
    readonly_fields: ClassVar = ("preview",)

    @admin.display(description=_("Vorschau"))
    def preview(self, picture: AbstractPicture) -> SafeString | str:
        if not picture.pk:
            return ""
        return format_html('<img class="picture-preview" src="{}" alt="{}">', picture.small_url, picture.alt)
