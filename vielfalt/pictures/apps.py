from django.apps import AppConfig
from django.db.models.signals import post_delete


class PicturesConfig(AppConfig):
    name = "vielfalt.pictures"
    verbose_name = "Bilder"

    def ready(self) -> None:
        from vielfalt.pictures.models import AbstractPicture, remove_files_of  # noqa: PLC0415 - models are ready now

        # A signal, because deleting an organisation deletes its pictures without calling their delete().
        for model in AbstractPicture.kinds():
            post_delete.connect(remove_files_of, sender=model, dispatch_uid=f"files of {model._meta.label}")
