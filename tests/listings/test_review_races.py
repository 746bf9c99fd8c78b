"""Two people at once, each with a connection of their own."""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.http import QueryDict

from lotsen.models import Carrier
from lotsen.workspace.forms import ContactForm
from tests.factories import CarrierFactory, UserFactory
from tests.listings.proposing import propose
from vielfalt.listings import actions, editing
from vielfalt.listings.actions import NotAllowedError, Sender
from vielfalt.listings.history import timeline
from vielfalt.listings.models import ChangeRequest, Step
from vielfalt.listings.senders import new_token, read_token

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*moves: Callable[[], object]) -> list[object]:
    """Run all moves at the same time; return what each returned or raised."""
    barrier = Barrier(len(moves))
    results: list[object] = [None] * len(moves)

    def run(number: int) -> None:
        barrier.wait()
        try:
            results[number] = moves[number]()
        except NotAllowedError as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=[number]) for number in range(len(moves))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def reviewer() -> object:
    return UserFactory(is_staff=True, is_superuser=True)


def test_two_acceptances():
    carrier = CarrierFactory(name="Alt")
    request = propose(carrier, UserFactory(), name="Neu")
    people = [reviewer(), reviewer()]
    results = at_once(*(lambda person=person: actions.accept(request=request, by=person) for person in people))
    refused = [result for result in results if isinstance(result, NotAllowedError)]
    assert [str(error) for error in refused] == ["Das geht nicht mehr: Der Antrag ist inzwischen „Angenommen“."]
    assert Step.objects.count() == 1
    assert Carrier.objects.get().name == "Neu"
    assert len(timeline(carrier, internal=True)) == 2


def test_acceptance_and_withdrawal():
    author = UserFactory()
    request = propose(CarrierFactory(name="Alt"), author, name="Neu")
    person = reviewer()
    results = at_once(
        lambda: actions.accept(request=request, by=person), lambda: actions.withdraw(request=request, by=author)
    )
    assert len([result for result in results if isinstance(result, NotAllowedError)]) == 1
    request.refresh_from_db()
    accepted = request.state == "angenommen"
    assert Carrier.objects.get().name == ("Neu" if accepted else "Alt")


def test_two_clicks_on_one_form():
    carrier = CarrierFactory()
    identity, _age = read_token(new_token())

    def send() -> ChangeRequest:
        sender = Sender(email="neu@example.org", form_token=identity)
        return actions.report_error(entry=carrier, message="Falsch.", by=sender)

    first, second = at_once(send, send)
    assert first == second == ChangeRequest.objects.get()


def contact(carrier: Carrier, **values: str) -> QueryDict:
    """Return the contact section as a browser sends it back after it was opened just now."""
    form = ContactForm(instance=carrier)
    data = editing.as_data(form, form.values())
    data[editing.BASE] = editing.sign(form.values())
    for name, value in values.items():
        data[name] = value
    return data


def save_at_once(carrier: Carrier, *sent: QueryDict) -> list:
    return at_once(*(partial(editing.save_section, carrier, ContactForm, data) for data in sent))


def test_two_saves_of_one_field():
    carrier = CarrierFactory(phone="069 90009-001")
    sent = [contact(carrier, phone=number) for number in ("069 90009-111", "069 90009-222")]
    attempts = save_at_once(carrier, *sent)
    assert sorted(attempt.is_saved for attempt in attempts) == [False, True]
    refused, saved = sorted(attempts, key=lambda attempt: attempt.is_saved)
    assert [(one.name, one.theirs) for one in refused.conflicts] == [("phone", saved.after["phone"])]
    assert Carrier.objects.get().phone == saved.after["phone"]


def test_two_saves_of_different_fields():
    carrier = CarrierFactory()
    sent = [contact(carrier, phone="069 90009-111"), contact(carrier, opening_hours="Freitag")]
    assert all(attempt.is_saved for attempt in save_at_once(carrier, *sent))
    saved = Carrier.objects.get()
    assert (saved.phone, saved.opening_hours) == ("069 90009-111", "Freitag")


def test_acceptance_while_somebody_edits():
    carrier = CarrierFactory(name="Alt")
    request = propose(carrier, UserFactory(), name="Neu")
    person, data = reviewer(), contact(carrier, phone="069 90009-111")
    results = at_once(
        lambda: actions.accept(request=request, by=person),
        lambda: editing.save_section(carrier, ContactForm, data),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    saved = Carrier.objects.get()
    assert (saved.name, saved.phone) == ("Neu", "069 90009-111")
