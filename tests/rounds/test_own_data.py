"""What people take with them of their own, and what stays without their name when they leave."""

import json

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField
from django.test import Client

from leitfaden import commenting
from leitfaden.models import Visibility
from leitfaden.rounds import deciding, proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Decision, Outcome, Phase, Position, Proposal, Stance
from tests.leitfaden.texts import head, passage
from tests.rounds.rounds import admitted, as_participant, draft, judge, let_it_be, position, reworded, submitted
from vielfalt.accounts.actions import pseudonymise
from vielfalt.accounts.models import User
from vielfalt.accounts.own_data import own_data

pytestmark = pytest.mark.django_db

EDIT = ("eins", "eins neu")

IN_THE_FILE = {
    # Every field that names somebody, and where it is found in the file of all own data.
    "leitfaden.Approval.by": "freigaben",
    "leitfaden.Comment.author": "kommentare",
    "leitfaden.Draft.user": "entwuerfe",
    "leitfaden.Revision.author": "gespeicherte_staende",
    "rounds.Coding.by": "codierungen",
    "rounds.Decision.by": "entscheidungen",
    "rounds.Position.by": "positionen",
    "rounds.PositionEvent.by": "positionen",
    "rounds.Proposal.author": "vorschlaege",
    "rounds.Proposal.entered_by": "vorschlaege",
    "rounds.ProposalStep.by": "schritte",
    "rounds.ProposalVersion.submitted_by": "vorschlaege",
    "rounds.Recommendation.by": "empfehlungen",
    "rounds.Remark.author": "beitraege",
    "rounds.Resistance.by": "widerstaende",
    "rounds.ResistanceEvent.by": "widerstaende",
}
LEFT_OUT = {
    "leitfaden.BlockVersion.created_by": "part of a revision",
    "leitfaden.Comment.settled_by": "a note of the portal",
    "leitfaden.Comment.mentioned": "what others wrote",
    "leitfaden.Edition.created_by": "a note of the portal",
    "leitfaden.Mention.user": "what others wrote",
    "leitfaden.Picture.created_by": "part of a revision",
    "rounds.Code.created_by": "a word of the scientific partner's book of codes",
    "rounds.Result.by": "a note of the staff until it is decided",
    "rounds.RoundStep.by": "what the centre did, and everybody reads",
    "rounds.Verdict.by": "a note of the staff until it is decided",
}


def test_every_field_that_names_somebody_has_a_row():
    fields = {
        f"{model._meta.app_label}.{model._meta.object_name}.{field.name}"
        for label in ("leitfaden", "rounds")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField) and field.related_model is User
    }
    assert fields == IN_THE_FILE.keys() | LEFT_OUT.keys()


def file_of(user):
    """The file as it is downloaded."""
    return json.loads(json.dumps(own_data(User.objects.get(pk=user.pk)), ensure_ascii=False))


class TestTheFile:
    @pytest.fixture
    def written(self, document, round_, hanau, fulda, alice, bob, staff):
        """Everything that Alice and Bob can write."""
        draft(round_, hanau, alice, ("eins", "ENTWURF-A"), title="TITEL-A")
        draft(round_, fulda, bob, ("eins", "ENTWURF-B"), title="TITEL-B")
        asked = reviewing.ask(proposal=submitted(round_, hanau, alice, EDIT), reason="FRAGE-S", by=staff)
        proposing.answer(proposal=asked, reason="ANTWORT-A", by=alice)
        one = admitted(round_, hanau, alice, ("zwei", "NEU-A"), staff=staff)
        two = admitted(round_, fulda, bob, ("zwei", "NEU-B"), staff=staff)
        let_it_be(round_, Phase.DISCUSS)
        reworded(one, "NEU-A", "NEUER-A", alice)
        position(one, fulda, bob, Stance.VETO, "VETO-B")
        position(two, hanau, alice, Stance.MINOR, "BEDENKEN-A")
        position(two, hanau, alice, Stance.MAJOR, "DOCH-A")
        voting.remark(proposal=two, text="BEITRAG-A", participant=as_participant(round_, hanau), by=alice)
        voting.remark(proposal=one, text="BEITRAG-B", participant=as_participant(round_, fulda), by=bob)
        voting.remark(proposal=one, text="INTERN-S", is_internal=True, by=staff)
        reviewing.recommend(
            version=Proposal.objects.get(pk=one.pk).current, advice=Advice.ADOPT, reason="RAT-S", by=staff
        )
        version = passage(document, "drei").version
        for by, text in ((alice, "KOMMENTAR-A"), (bob, "KOMMENTAR-B")):
            commenting.comment(version=version, text=text, visibility=Visibility.NETWORK, by=by)
        let_it_be(round_, Phase.VOTE)
        voting.resist(
            round_=round_,
            block=passage(document, "zwei").block,
            participant=as_participant(round_, hanau),
            values={Proposal.objects.get(pk=one.pk).current_id: 3, two.current_id: 7, None: 1},
            by=alice,
        )

    def test_everything_of_oneself_and_nothing_of_others(self, written, alice, bob, staff):
        said = json.dumps(file_of(alice), ensure_ascii=False)
        for words in ("ENTWURF", "TITEL", "ANTWORT", "NEU", "NEUER", "BEDENKEN", "DOCH", "BEITRAG", "KOMMENTAR"):
            assert f"{words}-A" in said
        for others in ("-B", "-S", bob.name, bob.email, staff.name, staff.email):
            assert others not in said

    def test_each_part_has_what_it_says(self, written, alice, bob, staff):
        found = file_of(alice)["mitschreiben_am_leitfaden"]
        assert {name: len(rows) for name, rows in found.items()} == {
            "vorschlaege": 3,
            "schritte": 4,
            "beitraege": 1,
            "positionen": 2,
            "widerstaende": 3,
            "empfehlungen": 0,
            "entscheidungen": 0,
            "codierungen": 0,
        }
        assert [row["position"] for row in found["positionen"]] == ["Leichte Bedenken", "Schwere Bedenken"]
        assert [len(row["fassungen"]) for row in found["vorschlaege"]] == [1, 1, 2]
        assert [row["text"] for row in file_of(alice)["leitfaden"]["kommentare"]] == ["KOMMENTAR-A"]
        staffs = file_of(staff)
        assert len(staffs["mitschreiben_am_leitfaden"]["empfehlungen"]) == 1
        assert [row["text"] for row in staffs["mitschreiben_am_leitfaden"]["beitraege"]] == ["INTERN-S"]
        assert staffs["leitfaden"]["gespeicherte_staende"]

    def test_the_words_of_a_carrier_that_one_has_left_stay_with_it(self, written, hanau, alice):
        """That there is a proposal one began is one's own; what the team writes in it since is not."""
        hanau.memberships.filter(user=alice).delete()
        proposals = file_of(alice)["mitschreiben_am_leitfaden"]["vorschlaege"]
        assert [bool(one["fassungen"]) for one in proposals] == [False, False, True]


class TestLeaving:
    NAME, ADDRESS = "Amalia Unverwechselbar", "unverwechselbar@example.org"

    @pytest.fixture
    def amalia(self, alice):
        User.objects.filter(pk=alice.pk).update(name=self.NAME, email=self.ADDRESS)
        return User.objects.get(pk=alice.pk)

    @pytest.fixture
    def concluded(self, document, round_, hanau, fulda, amalia, bob, staff):
        """A round in which Amalia wrote, was named, took a position, and got mails; and a draft for the next one."""
        own = draft(round_, hanau, amalia, EDIT)
        proposing.describe(
            proposal=own, title="Klarer", reason="Darum.", names_author=True, is_editorial=False, by=amalia
        )
        own = reviewing.admit(proposal=proposing.submit(proposal=own, by=amalia), by=staff)
        draft(round_, hanau, amalia, EDIT, title="Für das nächste Mal")
        other = admitted(round_, fulda, bob, ("zwei", "zwei neu"), staff=staff)
        let_it_be(round_, Phase.DISCUSS)
        voting.remark(proposal=other, text="Gut.", participant=as_participant(round_, hanau), by=amalia)
        position(other, hanau, amalia, Stance.MINOR, "Zu kurz.")
        position(other, hanau, amalia)
        now = let_it_be(round_, Phase.CONSOLIDATE)
        for one in (own, other):
            judge(one, staff, Outcome.ADOPTED)
        deciding.consolidate(round_=now, head=head(document), by=staff)
        return own

    def test_no_trace_of_the_person_is_left_and_all_of_the_carrier(self, queue, concluded, amalia, hanau):
        assert self.rows_with_the_person()
        before = self.contributions()
        pseudonymise(user=amalia, by=amalia)
        assert self.rows_with_the_person() == []
        assert self.contributions() == before
        concluded.refresh_from_db()
        assert concluded.author.name == "ehemaliges Mitglied"
        assert concluded.participant.name == "Lotsen Hanau"

    def test_the_public_page_names_the_carrier_only(self, concluded, amalia, client_of, staff):
        page = concluded.get_absolute_url()
        assert self.NAME in Client().get(page).text
        pseudonymise(user=amalia, by=amalia)
        for client in (Client(), client_of(staff)):
            text = client.get(page).text
            assert self.NAME not in text
            assert "Lotsen Hanau" in text
        assert "ehemaliges Mitglied" not in Client().get(page).text

    def test_drafts_stay_with_the_team(self, concluded, amalia, hanau):
        from tests.rounds.rounds import member

        colleague = member(hanau, "Kollege")
        pseudonymise(user=amalia, by=amalia)
        mine = Proposal.objects.visible_to(colleague).filter(state="entwurf")
        assert [one.versions.get().title for one in mine] == ["Für das nächste Mal"]

    def rows_with_the_person(self):
        """The tables of the whole database, history and queue of mails included, in which the person is found."""
        return sorted(
            model._meta.label
            for model in apps.get_models()
            if not model._meta.proxy and model._meta.managed and self.is_in(model)
        )

    def is_in(self, model):
        names = [field.attname for field in model._meta.local_fields]
        return any(
            mark in str(value)
            for row in model._base_manager.values_list(*names)
            for value in row
            for mark in (self.NAME, self.ADDRESS)
        )

    def contributions(self):
        """What everybody did in the round; but for whose wish it was to be named."""
        proposals = [
            {name: value for name, value in row.items() if name != "names_author"}
            for row in Proposal.objects.order_by("pk").values()
        ]
        models = [Position, Decision, apps.get_model("rounds", "Remark"), apps.get_model("rounds", "PositionEvent")]
        models += [apps.get_model("rounds", "ProposalVersion"), apps.get_model("rounds", "ProposedChange")]
        return [proposals, *(list(model._base_manager.order_by("pk").values()) for model in models)]
