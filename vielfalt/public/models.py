"""Texts of the portal itself that staff edit."""

from pathlib import Path
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

TEXTS = Path(__file__).parent / "texts"
_markdown = MarkdownIt("js-default", {"typographer": False})


class Page(models.Model):
    """A page of text, such as the Impressum. The portal ships a first version with honest placeholders."""

    slug = models.SlugField(_("Kürzel in der Adresse"), primary_key=True)
    title = models.CharField(_("Titel"), max_length=200)
    text = models.TextField(
        _("Text"),
        help_text=_(
            "Mit Markdown: ## Überschrift, **fett**, - Liste, [Text](https://adresse). HTML wird nicht ausgeführt."
        ),
    )
    updated_at = models.DateTimeField(_("geändert am"), auto_now=True)

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
        ordering: ClassVar = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:page", args=[self.slug])

    @property
    def names_operators(self) -> bool:
        """Whether the page also says who runs the portal, as the admin's "Betreiber*innen" have it."""
        return self.slug == "impressum"

    @property
    def html(self) -> SafeString:
        """The text as HTML; the parser escapes any HTML in it and refuses dangerous links."""
        return mark_safe(_markdown.render(self.text))  # noqa: S308
