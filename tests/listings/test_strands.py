"""Each strand's staff review what is theirs; of what others review they learn nothing.

Alice writes requests, Bob looks after carriers and programmes, Charlie curates another strand
that has no entries of these kinds. Dora may change programmes, but no carriers.
"""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from lotsen.models import Carrier
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, curator
from tests.listings.proposing import propose
from vielfalt.listings import actions
from vielfalt.listings.actions import NotAllowedError
from vielfalt.listings.models import ChangeRequest, RequestState, State
from vielfalt.listings.permissions import kinds_reviewed_by
from vielfalt.listings.review import allowed, why_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

WORD = "Zwiebelfisch"
"""Stands in everything that could leak to another strand, and nowhere else."""

QUEUE = "/verwaltung/listings/changerequest/"
REFUSAL = "Über Einträge dieser Art entscheidet eine andere Redaktion."


def in_own_group(name, *codenames, **fields):
    """Somebody of the staff who may see and decide requests, and has these rights beside."""
    group = Group.objects.create(name=f"Redaktion {name}")
    rights = ["view_changerequest", "change_changerequest", *codenames]
    group.permissions.set(Permission.objects.filter(codename__in=rights))
    return curator(group.name, email=f"{name}@example.org", name=name)


@pytest.fixture
def bob():
    return curator(email="bob@example.org", name="Bob")


@pytest.fixture
def charlie():
    return in_own_group("charlie", "view_language", "view_municipality")


@pytest.fixture
def dora():
    return in_own_group("dora", "view_programme", "change_programme")


@pytest.fixture
def about_carrier(alice):
    return propose(CarrierFactory(name=f"{WORD} Träger", state=State.DRAFT), alice, name=f"{WORD} e. V.")


@pytest.fixture
def about_programme(alice):
    return propose(ProgrammeFactory(title="Altes Programm"), alice, title="Neues Programm")


def page_of(request):
    return f"{QUEUE}{request.pk}/change/"


def shown(response):
    return list(response.context["cl"].result_list)


class TestWhoReviews:
    def test_the_rights_decide_kind_by_kind(self, bob, charlie, dora):
        assert kinds_reviewed_by(bob) == ["lotsen.carrier", "lotsen.programme"]
        assert kinds_reviewed_by(dora) == ["lotsen.programme"]
        assert kinds_reviewed_by(charlie) == []

    def test_requests_by_kind(self, bob, dora, about_carrier, about_programme):
        requests = ChangeRequest.objects.order_by("pk")
        assert list(requests.reviewable_by(bob)) == [about_carrier, about_programme]
        assert list(requests.reviewable_by(dora)) == [about_programme]

    def test_no_requests_for_others(self, charlie, alice, about_carrier):
        for person in (charlie, alice):
            assert not ChangeRequest.objects.reviewable_by(person).exists()

    def test_a_right_in_the_name_of_somebody_who_left_is_none(self, bob, about_carrier):
        bob.is_active = False
        assert not ChangeRequest.objects.reviewable_by(bob).exists()

    def test_the_reason_is_a_sentence(self, bob, charlie, dora, about_carrier):
        assert why_not(about_carrier, "accept", by=bob) == ""
        assert why_not(about_carrier, "accept", by=charlie) == REFUSAL
        assert allowed(about_carrier, by=dora) == []

    @pytest.mark.parametrize("action", ["ask", "reject", "accept"])
    def test_others_decide_nothing(self, action, dora, about_carrier):
        with pytest.raises(NotAllowedError, match="andere Redaktion"):
            getattr(actions, action)(request=about_carrier, by=dora, reason="Darum.")
        about_carrier.refresh_from_db()
        assert about_carrier.state == RequestState.SUBMITTED

    def test_others_write_no_notes(self, dora, about_carrier):
        with pytest.raises(NotAllowedError, match="andere Redaktion"):
            actions.note(request=about_carrier, text="x", by=dora)


class TestQueue:
    def test_shows_and_counts_the_own_only(self, client, dora, about_carrier, about_programme):
        client.force_login(dora)
        assert shown(client.get(QUEUE)) == [about_programme]
        assert shown(client.get(f"{QUEUE}?dran=alle")) == [about_programme]
        assert shown(client.get(QUEUE, {"q": WORD})) == []
        panel = client.get("/verwaltung/").context["panels"][0]
        assert [figure.number for figure in panel.figures] == [1, 0]

    def test_the_others_pages_do_not_exist(self, client, dora, about_carrier):
        client.force_login(dora)
        assert client.get(page_of(about_carrier)).status_code == 404
        for data in ({"action": "accept"}, {"action": "note", "note": "x"}, {"action": "reject", "reason": "x"}):
            assert client.post(page_of(about_carrier), data).status_code == 404
        about_carrier.refresh_from_db()
        assert (about_carrier.state, about_carrier.internal_notes.count()) == (RequestState.SUBMITTED, 0)

    def test_a_decision_leads_to_the_next_of_the_own(self, client, dora, about_carrier, about_programme, alice):
        following = propose(ProgrammeFactory(), alice, title="Noch eines")
        client.force_login(dora)
        assert client.post(page_of(about_programme), {"action": "accept"})["Location"] == page_of(following)
        assert client.post(page_of(following), {"action": "accept"})["Location"] == QUEUE

    def test_who_reviews_nothing_has_no_panel(self, client, charlie, about_carrier):
        client.force_login(charlie)
        assert client.get("/verwaltung/").context["panels"] == []


class TestNothingLeaks:
    """A carrier that is not public and a request about it, before the eyes of another strand's staff."""

    @pytest.fixture
    def stranger(self, client, charlie, bob, about_carrier):
        actions.note(request=about_carrier, text=f"{WORD} intern", by=bob)
        LogEntry.objects.log_actions(bob.pk, Carrier.objects.all(), 2, WORD, single_object=True)
        client.force_login(charlie)
        self.carrier = Carrier.objects.get()
        self.request = about_carrier
        return client

    def addresses(self):
        carrier, kind = f"/verwaltung/lotsen/carrier/{self.carrier.pk}", ContentType.objects.get_for_model(Carrier)
        suggestions = "/verwaltung/autocomplete/?app_label=lotsen&model_name=programme&field_name=carrier&term="
        return {
            "desk": "/verwaltung/",
            "app": "/verwaltung/lotsen/",
            "queue": f"{QUEUE}?dran=alle",
            "search in the queue": f"{QUEUE}?q={WORD}",
            "request": page_of(self.request),
            "history of the request": f"{QUEUE}{self.request.pk}/history/",
            "deleting the request": f"{QUEUE}{self.request.pk}/delete/",
            "carriers": "/verwaltung/lotsen/carrier/",
            "search": f"/verwaltung/lotsen/carrier/?q={WORD}",
            "carrier": f"{carrier}/change/",
            "history": f"{carrier}/history/",
            "team": f"{carrier}/team/",
            "export": "/verwaltung/lotsen/carrier/export/csv/",
            "import": "/verwaltung/lotsen/carrier/import/",
            "suggestions": suggestions + WORD,
            "address": f"/verwaltung/r/{kind.pk}/{self.carrier.pk}/",
            "address, written in another way": f"/verwaltung/r/{kind.pk}/+{self.carrier.pk}/",
            "preview": self.carrier.get_absolute_url(),
            "former addresses": f"/verwaltung/listings/formerslug/?q={WORD}",
        }

    def told(self, client):
        """Where the word stands, be it in the page or in the address that it leads to."""
        found = []
        for name, address in self.addresses().items():
            response = client.get(address)
            words = f"{response.text} {response.headers.get('Location', '')}"
            words = words.replace(f'value="{WORD}"', "").replace(f"q={WORD}", "")
            if WORD.lower() in words.lower():
                found.append(name)
        return found

    def test_to_another_strand(self, stranger):
        assert self.told(stranger) == []

    def test_but_it_is_all_there_for_those_in_charge(self, stranger, bob):
        """Otherwise the test above would find nothing because nothing is there."""
        stranger.force_login(bob)
        seen = {"desk", "queue", "search in the queue", "request", "carriers", "search", "carrier", "history"}
        seen |= {"team", "export", "suggestions", "address", "preview", "history of the request"}
        assert set(self.told(stranger)) == seen


class TestDeskOfStrangers:
    def test_it_says_why_it_is_empty(self, client):
        client.force_login(UserFactory(is_staff=True))
        page = client.get("/verwaltung/").text
        assert "Ihr Konto gehört zu keiner Redaktion." in page
        assert "Alle Bereiche" not in page

    def test_who_has_a_task_does_not_read_it(self, client, bob):
        client.force_login(bob)
        page = client.get("/verwaltung/").text
        assert "Ihr Konto gehört zu keiner Redaktion." not in page
        assert "Alle Bereiche" in page
