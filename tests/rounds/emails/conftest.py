"""The people around a round with two carriers, and the mails that reach them."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def people(hanau: Any, fulda: Any, alice: Any, bob: Any, staff: Any) -> dict[str, Any]:
    """Everybody who might get a mail, by a name that says what they are."""
    from tests.factories import UserFactory
    from tests.rounds.rounds import carrier, conductor, member, researcher
    from vielfalt.accounts.models import Role

    gone = member(hanau, "Gesperrt")
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    return {
        "alice": alice,
        "eva": member(hanau, "Eva", Role.EDITOR),
        "gone": gone,
        "bob": bob,
        "fritz": member(fulda, "Fritz", Role.EDITOR),
        "outsider": member(carrier("Lotsen Kassel"), "Karla"),
        "staff": staff,
        "colleague": conductor("Kollegin"),
        "superuser": UserFactory(is_staff=True, is_superuser=True),
        "researcher": researcher(),
        "charlie": UserFactory(name="Charlie"),
    }


@pytest.fixture
def sent(queue: Any) -> Callable[[Callable[[], Any]], list[Any]]:
    """Do something and return the mails that went out because of it, by the queue and after the commit."""
    from django.core import mail

    from vielfalt.mail.models import Delivery

    def sent(act: Callable[[], Any]) -> list[Any]:
        Delivery.objects.all().delete()
        mail.outbox.clear()
        with queue():
            act()
            assert mail.outbox == []
        return list(mail.outbox)

    return sent


@pytest.fixture
def reached(sent: Any, people: dict[str, Any]) -> Callable[[Callable[[], Any]], str]:
    """Do something and return who got a mail because of it, in one line; who got two stands there twice."""
    names = {user.email: name for name, user in people.items()}

    def reached(act: Callable[[], Any]) -> str:
        mails = sent(act)
        assert all(len(message.recipients()) == 1 for message in mails)
        return " ".join(sorted(names[message.to[0]] for message in mails))

    return reached
