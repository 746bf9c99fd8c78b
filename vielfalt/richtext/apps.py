from django.apps import AppConfig


class RichTextConfig(AppConfig):
    name = "vielfalt.richtext"
    verbose_name = "Texte mit Formatierung"
