"""Saves pictures."""

from django.db import transaction

from vielfalt.pictures.forms import PictureForm
from vielfalt.pictures.models import AbstractPicture


def save_picture(form: PictureForm) -> AbstractPicture | None:
    """Save a bound form, or return ``None`` and leave in it what is wrong.

    Two uploads at once wait for each other only for choosing their places, not for drawing.
    """
    if not form.is_valid():
        return None
    with transaction.atomic():
        organisation = form.instance.organisation
        type(organisation)._base_manager.select_for_update(of=("self",)).get(pk=organisation.pk)
        return form.save() if form.find_place() else None
