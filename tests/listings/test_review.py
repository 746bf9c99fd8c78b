"""Change requests: who may do what and when, and what an acceptance does."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lotsen.models import Carrier, CarrierInternal, CarrierType, Programme
from tests.factories import CarrierFactory, ProgrammeFactory, UserFactory, municipality
from tests.listings.proposing import propose
from vielfalt.listings import actions
from vielfalt.listings.actions import ConflictError, Decision, NotAllowedError, Sender
from vielfalt.listings.history import timeline
from vielfalt.listings.management.commands.draw_review_states import PAGE
from vielfalt.listings.models import ChangeRequest, InternalNote, RequestState, State, Step
from vielfalt.listings.proposals import differences, values_of
from vielfalt.listings.registry import reviewed
from vielfalt.listings.review import OWNERS, TRANSITIONS, Side, document, why_not

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


class TestTables:
    @pytest.mark.parametrize("state", RequestState)
    def test_every_state_has_an_owner(self, state):
        assert OWNERS[state] in Side

    @pytest.mark.parametrize("state", RequestState)
    def test_only_finished_states_lead_nowhere(self, state):
        moves = [transition for transition in TRANSITIONS.values() if state in transition.sources]
        assert bool(moves) == (OWNERS[state] != Side.NOBODY)

    @pytest.mark.parametrize("state", RequestState)
    def test_the_owner_can_move_it_on(self, state):
        sides = {transition.side for transition in TRANSITIONS.values() if state in transition.sources}
        assert OWNERS[state] in sides or OWNERS[state] == Side.NOBODY

    def test_the_documentation_is_drawn_from_them(self):
        assert PAGE.read_text(encoding="utf-8") == document(), "Run manage.py draw_review_states."


class TestSubmitting:
    def test_the_public_entry_stays_as_it_was(self, renaming, carrier):
        carrier.refresh_from_db()
        assert carrier.name == "Alter Name"
        assert (renaming.state, renaming.proposed, renaming.base) == (
            RequestState.SUBMITTED,
            {"name": "Neuer Name"},
            {"name": "Alter Name"},
        )

    def test_what_the_domains_form_refuses(self, carrier, alice):
        CarrierFactory(name="Vergeben")
        with pytest.raises(ValidationError, match="Name"):
            propose(carrier, alice, name="Vergeben")
        assert not ChangeRequest.objects.exists()

    def test_without_a_change(self, carrier, alice):
        with pytest.raises(ValidationError, match="nichts geändert"):
            propose(carrier, alice, name="Alter Name")

    def test_what_is_public_at_once_is_no_request(self, carrier, alice):
        with pytest.raises(ValueError, match="phone"):
            propose(carrier, alice, phone="069 3")

    def test_risky_fields(self):
        assert reviewed(Carrier).risky_fields == (
            "name",
            "carrier_type",
            "street",
            "postal_code",
            "municipality",
            "state",
        )
        assert reviewed(Programme).risky_fields == ("title", "municipality", "state")

    def test_publishing_what_lacks_something(self, alice):
        programme = ProgrammeFactory(state=State.DRAFT)
        with pytest.raises(ValidationError, match="Zum Veröffentlichen fehlt noch: eine Sprache oder ein Einsatzfeld"):
            propose(programme, alice, state=State.PUBLISHED)


class TestDeciding:
    def test_accepting_changes_the_entry(self, renaming, carrier, bob):
        actions.accept(request=renaming, by=bob)
        carrier.refresh_from_db()
        renaming.refresh_from_db()
        assert (carrier.name, renaming.state) == ("Neuer Name", RequestState.ACCEPTED)
        moment = timeline(carrier, internal=True)[0]
        assert (moment.who, moment.way) == ("Bob (Redaktion)", "Änderungsantrag angenommen")

    def test_places_and_kinds(self, carrier, alice, bob):
        request = propose(
            carrier,
            alice,
            municipality=municipality("Kassel"),
            carrier_type=CarrierType.objects.get(slug="landkreis"),
            postal_code="34117",
        )
        assert [(change.label, change.old, change.new) for change in differences(request, carrier)] == [
            ("Trägerart", "Wohlfahrtsverband", "Landkreis"),
            ("Postleitzahl", "", "34117"),
            ("Ort", "Offenbach am Main", "Kassel"),
        ]
        actions.accept(request=request, by=bob)
        carrier.refresh_from_db()
        assert (carrier.municipality.name, carrier.carrier_type.slug, carrier.postal_code_id) == (
            "Kassel",
            "landkreis",
            "34117",
        )

    def test_publishing_confirms_and_takes_complete_programmes_along(self, alice, bob):
        programme = ProgrammeFactory(
            carrier__state=State.DRAFT, carrier__confirmed_on=None, state=State.DRAFT, languages=["ara"]
        )
        actions.accept(request=propose(programme.carrier, alice, state=State.PUBLISHED), by=bob)
        programme.refresh_from_db()
        programme.carrier.refresh_from_db()
        assert (programme.state, programme.carrier.state) == (State.PUBLISHED, State.PUBLISHED)
        assert programme.carrier.confirmed_on is not None

    def test_the_form_checks_again_on_the_entry_as_it_is_then(self, renaming, carrier, bob):
        CarrierFactory(name="Neuer Name")
        with pytest.raises(ValidationError, match="Name"):
            actions.accept(request=renaming, by=bob)
        carrier.refresh_from_db()
        renaming.refresh_from_db()
        assert (carrier.name, renaming.state) == ("Alter Name", RequestState.SUBMITTED)
        assert not Step.objects.exists()

    def test_other_fields_that_changed_meanwhile_stay(self, renaming, carrier, bob):
        Carrier.objects.update(phone="069 777", street="Neue Straße 1")
        actions.accept(request=renaming, by=bob)
        carrier.refresh_from_db()
        assert (carrier.name, carrier.phone, carrier.street) == ("Neuer Name", "069 777", "Neue Straße 1")

    def test_an_entry_that_is_gone(self, renaming, carrier, bob):
        carrier.delete()
        with pytest.raises(NotAllowedError, match="gibt es nicht mehr"):
            actions.accept(request=renaming, by=bob)
        actions.reject(request=renaming, by=bob, reason="Den Träger gibt es nicht mehr.")

    @pytest.mark.parametrize("action", [actions.ask, actions.reject])
    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_asking_and_rejecting_need_a_reason(self, action, reason, renaming, bob):
        with pytest.raises(ValidationError, match="warum"):
            action(request=renaming, by=bob, reason=reason)
        renaming.refresh_from_db()
        assert renaming.state == RequestState.SUBMITTED

    def test_question_and_answer(self, renaming, alice, bob):
        actions.ask(request=renaming, by=bob, reason="Seit wann?")
        renaming.refresh_from_db()
        assert renaming.state == RequestState.QUESTION
        actions.answer(request=renaming, by=alice, reason="Seit Mai.")
        renaming.refresh_from_db()
        assert renaming.state == RequestState.SUBMITTED
        assert [(step.action, step.reason, step.side) for step in renaming.steps.all()] == [
            ("ask", "Seit wann?", "redaktion"),
            ("answer", "Seit Mai.", "absender"),
        ]

    def test_what_is_decided_stays_decided(self, renaming, alice, bob):
        actions.reject(request=renaming, by=bob, reason="Nein.")
        for move in (
            lambda: actions.accept(request=renaming, by=bob),
            lambda: actions.withdraw(request=renaming, by=alice),
            lambda: actions.answer(request=renaming, by=alice, reason="Doch!"),
        ):
            with pytest.raises(NotAllowedError, match="inzwischen „Abgelehnt“"):
                move()


class TestWho:
    def test_nobody_reviews_their_own_request(self, carrier, bob):
        request = propose(carrier, bob, name="Bobs Name")
        with pytest.raises(NotAllowedError, match="jemand anderes"):
            actions.accept(request=request, by=bob)

    def test_not_even_without_logging_in(self, carrier, bob):
        request = actions.report_error(entry=carrier, message="Falsch.", by=Sender(email="BOB@example.org"))
        actions.confirm_sender(request=request)
        request.refresh_from_db()
        with pytest.raises(NotAllowedError, match="jemand anderes"):
            actions.accept(request=request, by=bob)

    def test_strangers_and_authors_do_not_decide(self, renaming, alice, charlie):
        for person in (alice, charlie, UserFactory(is_staff=True), UserFactory(is_superuser=True)):
            with pytest.raises(NotAllowedError, match="Redaktion"):
                actions.accept(request=renaming, by=person)

    def test_strangers_do_not_answer_or_withdraw(self, renaming, charlie, bob):
        with pytest.raises(NotAllowedError, match="wer den Antrag gestellt hat"):
            actions.withdraw(request=renaming, by=charlie)
        actions.ask(request=renaming, by=bob, reason="Seit wann?")
        for person in (charlie, bob, None):
            with pytest.raises(NotAllowedError, match="wer den Antrag gestellt hat"):
                actions.answer(request=renaming, by=person, reason="Hallo")

    def test_a_denial_carries_its_reason(self, renaming, alice, bob):
        assert why_not(renaming, "accept", by=bob) == ""
        assert why_not(renaming, "accept", by=alice) == "Darüber entscheidet die Redaktion."

    def test_internal_notes_are_the_centres(self, renaming, alice, bob):
        with pytest.raises(NotAllowedError):
            actions.note(request=renaming, text="x", by=alice)
        actions.note(request=renaming, text="Erst anrufen.", by=bob)
        assert [note.text for note in InternalNote.objects.all()] == ["Erst anrufen."]


class TestConflicts:
    @pytest.fixture
    def stale(self, renaming, carrier):
        Carrier.objects.update(name="Dritter Name")
        carrier.refresh_from_db()
        return renaming

    def test_a_stale_base_needs_a_decision(self, stale, carrier, bob):
        with pytest.raises(ConflictError) as caught:
            actions.accept(request=stale, by=bob)
        (conflict,) = caught.value.conflicts
        assert (conflict.label, conflict.base, conflict.current, conflict.proposed) == (
            "Name",
            "Alter Name",
            "Dritter Name",
            "Neuer Name",
        )
        carrier.refresh_from_db()
        assert carrier.name == "Dritter Name"

    @pytest.mark.parametrize(("take", "result"), [(True, "Neuer Name"), (False, "Dritter Name")])
    def test_the_decision_counts(self, take, result, stale, carrier, bob):
        actions.accept(request=stale, by=bob, decisions={"name": Decision(take, "Dritter Name")})
        carrier.refresh_from_db()
        stale.refresh_from_db()
        assert (carrier.name, stale.state) == (result, RequestState.ACCEPTED)

    def test_a_decision_about_another_value_does_not_count(self, stale, bob):
        with pytest.raises(ConflictError):
            actions.accept(request=stale, by=bob, decisions={"name": Decision(take_proposal=True, seen="Vierter Name")})

    def test_somebody_made_the_same_change_already(self, renaming, carrier, bob):
        Carrier.objects.update(name="Neuer Name")
        actions.accept(request=renaming, by=bob)


class TestNewEntries:
    @pytest.fixture
    def wish(self):
        proposed = {
            "name": "Ganz Neu",
            "carrier_type": CarrierType.objects.get(slug="landkreis"),
            "municipality": municipality("Fulda"),
            "phone": "0661 1",
        }
        sender = Sender(email="neu@example.org")
        return actions.submit_new(model=Carrier, name="Ganz Neu", proposed=proposed, message="Bitte!", by=sender)

    def test_nothing_exists_before_the_decision(self, wish):
        assert not Carrier.objects.exists()

    def test_accepting_makes_a_draft_with_somebody_to_ask(self, wish, bob):
        actions.confirm_sender(request=wish)
        actions.accept(request=wish, by=bob)
        carrier = Carrier.objects.get()
        assert (carrier.name, carrier.state, carrier.municipality.name) == ("Ganz Neu", State.DRAFT, "Fulda")
        internal = CarrierInternal.objects.get()
        assert (internal.contact_email, internal.note) == ("neu@example.org", "Bitte!")
        wish.refresh_from_db()
        assert wish.target_id == carrier.pk

    def test_a_name_that_is_taken_by_then(self, wish, bob):
        CarrierFactory(name="Ganz Neu")
        actions.confirm_sender(request=wish)
        with pytest.raises(ValidationError, match="Name"):
            actions.accept(request=wish, by=bob)

    def test_before_the_address_is_confirmed_nobody_decides(self, wish, bob):
        with pytest.raises(NotAllowedError, match="Adresse noch nicht bestätigt"):
            actions.accept(request=wish, by=bob)


class TestMails:
    def test_the_author_is_told_and_why(self, renaming, bob, mailoutbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            actions.ask(request=renaming, by=bob, reason="Seit <wann> & warum?")
        with django_capture_on_commit_callbacks(execute=True):
            actions.reject(request=renaming, by=bob, reason="Das passt nicht.")
        assert [(mail.to, mail.subject) for mail in mailoutbox] == [
            (["alice@example.org"], "Wir haben eine Frage zu „Alter Name“"),
            (["alice@example.org"], "Ihre Nachricht zu „Alter Name“"),
        ]
        assert "Seit <wann> & warum?" in mailoutbox[0].body
        assert "Seit &lt;wann&gt; &amp; warum?" in mailoutbox[0].alternatives[0].content
        assert f"/antraege/{renaming.pk}/" in mailoutbox[0].body
        assert "Das passt nicht." in mailoutbox[1].body
        assert "Bob" not in mailoutbox[0].body + mailoutbox[1].body

    def test_acceptance(self, renaming, bob, mailoutbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            actions.accept(request=renaming, by=bob)
        assert [mail.subject for mail in mailoutbox] == ["Erledigt: „Alter Name“"]

    def test_nothing_goes_out_when_it_did_not_happen(
        self, renaming, carrier, bob, mailoutbox, django_capture_on_commit_callbacks
    ):
        carrier.delete()
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(NotAllowedError):
            actions.accept(request=renaming, by=bob)
        assert mailoutbox == []

    def test_who_is_gone_gets_none(self, renaming, alice, bob, mailoutbox, django_capture_on_commit_callbacks):
        alice.delete()
        with django_capture_on_commit_callbacks(execute=True):
            actions.accept(request=renaming, by=bob)
        assert mailoutbox == []


def test_queries_of_an_acceptance(renaming, bob):
    bob.has_perm("listings.change_changerequest")
    with CaptureQueriesContext(connection) as queries:
        actions.accept(request=renaming, by=bob)
    assert len(queries) <= 20


def test_values_are_plain(carrier):
    assert values_of(carrier, ["name", "municipality", "postal_code"]) == {
        "name": "Alter Name",
        "municipality": carrier.municipality_id,
        "postal_code": "",
    }
