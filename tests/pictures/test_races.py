"""Two uploads at once, each with a connection of its own."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from lotsen.models import CarrierPicture
from tests.factories import CarrierFactory
from tests.pictures.files import upload
from vielfalt.pictures.actions import save_picture
from vielfalt.pictures.forms import own_picture_form


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_logo", [False, True])
def test_two_uploads_at_once(is_logo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    carrier = CarrierFactory()
    together = Barrier(2)
    saved = []

    def run():
        said = {"alt": "Ein Tisch", "author": "Stadt Muster", "licence": "eigenes"}
        form = own_picture_form(CarrierPicture)(said, {"upload": upload()}, organisation=carrier, is_logo=is_logo)
        form.is_valid()
        together.wait()
        try:
            saved.append(save_picture(form))
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    pictures = carrier.pictures.all()
    assert [picture.slot for picture in pictures] == ([0] if is_logo else [1, 2])
    assert saved.count(None) == (1 if is_logo else 0)
    assert len(list(tmp_path.rglob("*.webp"))) == 2 * len(pictures)
