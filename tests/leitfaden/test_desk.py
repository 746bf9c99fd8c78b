"""What the staff's desk says about the Leitfaden, and to whom."""

import pytest

from leitfaden import commenting, editions
from leitfaden.models import Visibility
from tests.factories import UserFactory, curator
from tests.leitfaden.texts import head, passage

pytestmark = pytest.mark.django_db


def panel(client, user):
    client.force_login(user)
    panels = client.get("/verwaltung/").context["panels"]
    return next((one for one in panels if one.key == "leitfaden-text"), None)


@pytest.mark.usefixtures("reference_data")
def test_editions_that_wait_and_open_comments(client, document, alice):
    edition = editions.create_edition(document=document, label="2026.1", revision=head(document), by=alice)
    editions.approve(edition=edition, by=alice)
    commenting.comment(
        version=passage(document, "eins").version, text="Stimmt das?", visibility=Visibility.EDITORS, by=alice
    )
    shown = panel(client, curator("Redaktion Leitfaden"))
    assert [(item.text, item.detail.partition(",")[0]) for item in shown.items] == [
        ("Ausgabe 2026.1", "Entwurf"),
        ("Stimmt das?", "Alice"),
    ]
    assert [figure.number for figure in shown.figures] == [0, 1, 1]
    for item in shown.items:
        assert client.get(item.url.partition("#")[0]).status_code == 200


def test_other_staff_have_no_such_panel(client, document):
    assert panel(client, UserFactory(is_staff=True)) is None
