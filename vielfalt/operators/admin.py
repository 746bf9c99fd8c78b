"""The operators: what the footer, the Impressum and every "Ansprechstelle" say of them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vielfalt.operators.models import Operator, OperatorLogo, Responsibility
from vielfalt.pictures.admin import PictureInline
from vielfalt.pictures.forms import PictureForm
from vielfalt.places.admin import SpellingSearch


class OperatorLogoForm(PictureForm):
    """A logo: an operator has no other pictures, so its place need not be chosen."""

    class Meta(PictureForm.Meta):
        model = OperatorLogo
        fields: ClassVar = ("upload", "alt", "author", "licence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, is_logo=True, **kwargs)


class LogoInline(PictureInline):
    model = OperatorLogo
    form = OperatorLogoForm
    max_num = 1
    fields: ClassVar = ("preview", "upload", "alt", ("author", "licence"))


class ResponsibilityInline(admin.StackedInline):
    model = Responsibility
    extra = 0
    fields: ClassVar = (("strand", "role"),)


@admin.register(Operator)
class OperatorAdmin(SpellingSearch):
    list_display: ClassVar = ("name", "strands", "town", "phone", "email", "website", "position")
    search_fields: ClassVar = ("name__match_key", "short_name__match_key", "town__match_key")
    inlines: ClassVar = (ResponsibilityInline, LogoInline)
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "short_name", "position")}),
        (_("Anschrift"), {"fields": ("street", ("postal_code", "town"))}),
        (_("Öffentlicher Kontakt"), {"fields": ("phone", "email", "website")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Operator]:
        return super().get_queryset(request).prefetch_related("responsibilities")

    @admin.display(description=_("zuständig für"))
    def strands(self, operator: Operator) -> str:
        return ", ".join(str(responsibility) for responsibility in operator.responsibilities.all())
