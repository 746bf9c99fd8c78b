"""The staff's log ("did it go out?"), and the previews of every mail."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.mail import send_mail
from django.template import engines
from django.urls import reverse
from post_office.models import STATUS

from tests.factories import UserFactory
from vielfalt.mail import previews
from vielfalt.mail.models import Delivery

pytestmark = pytest.mark.django_db

FOLDER = Path(django_settings.BASE_DIR) / "templates" / "emails"
TEMPLATES = sorted(
    str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.txt") if path.stem != "layout"
)


@pytest.fixture
def editor(client):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def found(client, **query):
    response = client.get(reverse("admin:mail_delivery_changelist"), query)
    return [delivery.subject for delivery in response.context["cl"].result_list]


def test_staff_find_mails_by_recipient_subject_and_state(queue, client, editor):
    with queue():
        send_mail("Einladung", "geheim", None, ["alice@example.org"])
        send_mail("Ihr Code", "geheim", None, ["bob@example.org"])
    Delivery.objects.filter(subject="Ihr Code").update(status=STATUS.failed)
    assert found(client, q="alice@example.org") == ["Einladung"]
    assert found(client, q="code") == ["Ihr Code"]
    assert found(client, stand=str(STATUS.failed)) == ["Ihr Code"]
    text = client.get(reverse("admin:mail_delivery_changelist")).text
    assert "verschickt</span>" in text
    assert "nicht zugestellt</span>" in text


def test_the_log_never_shows_what_a_mail_said(queue, client, editor):
    send_mail("Ihr Code", "geheim-123456", None, ["alice@example.org"])
    delivery = Delivery.objects.get()
    assert delivery.has_content
    response = client.get(reverse("admin:mail_delivery_change", args=[delivery.pk]))
    assert "alice@example.org" in response.text
    assert "geheim-123456" not in response.text
    for path in (f"/verwaltung/post_office/email/{delivery.pk}/preview/", "/verwaltung/post_office/email/"):
        assert client.get(path).status_code == 404


def test_the_log_cannot_be_changed(client, editor):
    assert client.get(reverse("admin:mail_delivery_add")).status_code == 403


def test_failed_mails_can_be_sent_again_if_their_content_is_left(queue, client, editor):
    send_mail("Einladung", "Hallo", None, ["alice@example.org"])
    send_mail("Alt", "", None, ["alice@example.org"])
    Delivery.objects.update(status=STATUS.failed)
    data = {"action": "send_again", "_selected_action": list(Delivery.objects.values_list("pk", flat=True))}
    with queue():
        response = client.post(reverse("admin:mail_delivery_changelist"), data, follow=True)
    assert "1 E-Mail wird noch einmal verschickt." in response.text
    assert [message.subject for message in mail.outbox] == ["Einladung"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_log_takes_a_fixed_number_of_queries(queue, client, editor, django_assert_num_queries, number):
    for one in range(number):
        send_mail(f"Mail {one}", "Hallo", None, ["alice@example.org"])
    client.get(reverse("admin:mail_delivery_changelist"))
    with django_assert_num_queries(7):
        client.get(reverse("admin:mail_delivery_changelist"))


def test_every_mail_has_a_preview():
    assert sorted(previews.samples()) == TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_preview_knows_every_value_that_its_template_wants(name, monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "FEHLT %s")
    mail_ = previews.rendered()[name]
    assert mail_.subject
    assert "\n" not in mail_.subject
    for text in (mail_.subject, mail_.text, mail_.html):
        assert "FEHLT" not in text
        assert "{%" not in text
        assert "http://127.0.0.1:8000/" in (mail_.text + mail_.html)
    assert "<style" not in mail_.html
    assert "<img" not in mail_.html


def test_staff_see_every_mail_with_sample_values(client, editor):
    page = client.get(reverse("admin:mail_delivery_previews"))
    for name, mail_ in previews.rendered().items():
        assert mail_.subject in page.text
        response = client.get(reverse("admin:mail_delivery_preview", args=[name]))
        assert response.text == mail_.html
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    assert client.get(reverse("admin:mail_delivery_preview", args=["gibt-es-nicht"])).status_code == 404


def test_previews_are_for_those_who_may_see_the_log(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(reverse("admin:mail_delivery_previews")).status_code == 403
    assert client.get(reverse("admin:mail_delivery_preview", args=["reminders/digest"])).status_code == 403
    assert client.get(reverse("admin:mail_delivery_changelist")).status_code == 403
