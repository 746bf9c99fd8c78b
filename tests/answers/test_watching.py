"""The database counts every transaction that changed anything readers may see."""

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection, transaction
from django.utils.timezone import localdate

from tests.accounts.racing import both
from tests.factories import CarrierFactory, UserFactory
from vielfalt.accounts.models import User
from vielfalt.answers.actions import fold
from vielfalt.answers.state import read_state
from vielfalt.answers.watching import APPS_NOT_SHOWN, MODELS_NOT_SHOWN, tables

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_table_is_watched_but_those_named():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'answers_changed'")
        watched = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        everything = {name for (name,) in cursor.fetchall()}
    assert watched == tables()
    # A model that is new appears here, if it is not watched for some reason other than those of the module.
    not_shown = {name for name in everything - watched if not name.endswith("event")}
    behind = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in APPS_NOT_SHOWN}
    drafts = {apps.get_model(name)._meta.db_table for name in MODELS_NOT_SHOWN}
    assert not_shown <= behind | drafts | {"cache", "django_migrations", "post_office_attachment_emails"}


def test_each_change_moves_the_state_when_it_is_committed():
    before = read_state()
    assert read_state() == before
    with transaction.atomic():
        entry = CarrierFactory()
        entry.delete()
    after = read_state()
    assert after != before
    with transaction.atomic():
        CarrierFactory()
        transaction.set_rollback(True)
    assert read_state() == after


def test_a_change_after_one_that_was_taken_back_counts():
    before = read_state()
    with transaction.atomic():
        with transaction.atomic():
            CarrierFactory()
            transaction.set_rollback(True)
        CarrierFactory()
    assert read_state() != before


def test_what_no_page_shows_moves_nothing(client):
    client.force_login(UserFactory())
    before = read_state()
    session = client.session
    session["etwas"] = 1
    session.save()
    EmailAddress.objects.create(user=User.objects.get(), email="zweite@example.org")
    assert read_state() == before


def test_folding_changes_nothing_but_the_number_of_rows():
    for _number in range(3):
        CarrierFactory()
    before = read_state()
    assert fold(localdate())
    assert read_state() == before
    CarrierFactory()
    after = read_state()
    assert after != before
    fold(localdate())
    fold(localdate())
    assert read_state() == after
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM answers_change")
        assert cursor.fetchone() == (1,)


def test_two_who_change_at_once_do_not_wait_and_both_count():
    before = int(read_state()[0].split("-")[1])
    results = both(CarrierFactory, CarrierFactory)
    assert len(results) == 2
    assert int(read_state()[0].split("-")[1]) >= before + 2
