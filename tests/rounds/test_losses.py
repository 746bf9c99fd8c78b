"""Where other systems of participation lost what people wrote, or told what was not theirs to tell: not here.

The list is that of the mission; what is public where, ``tests/rounds/visibility`` holds for every place.
"""

import pytest
from django.core import mail
from django.urls import reverse

from leitfaden.changes import Edit, Insert, Move, Remove
from leitfaden.models import Kind
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.models import Outcome, Phase, Proposal, ProposalState, Remark
from leitfaden.rounds.moves import NotNowError
from tests.leitfaden.texts import head, passage, save, text, tree, words
from tests.rounds.rounds import (
    admitted,
    as_participant,
    confirm,
    draft,
    entered,
    judge,
    let_it_be,
    member,
    reworded,
    submitted,
    times,
)
from tests.rounds.writing.pages import hidden, proposed, url
from vielfalt.accounts.actions import pseudonymise
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db


def next_round(document, staff, *carriers):
    values = {"title": "Herbst", "about": "", "quorum": 1, **times()}
    planned = planning.save_round(document=document, values=values, organisations=carriers, by=staff)
    return planning.start(round_=planned, by=staff)


def test_a_stale_tab_takes_out_nothing_that_a_colleague_added(round_, hanau, alice, client_of):
    """A page sends one passage, never the whole draft."""
    own = draft(round_, hanau, alice, ("eins", "eins neu"))
    address = url("write", own, anchor=passage(round_.document, "eins").anchor)
    tab = hidden(client_of(alice).get(address))
    seen = passage(round_.document, "zwei").version
    edda = member(hanau, "Edda", Role.EDITOR)
    proposing.keep_wording(proposal=own, seen=seen, content=text("zwei von Edda"), by=edda)
    assert client_of(alice).post(address, {**tab, "html": "<p>eins noch neuer</p>"}).status_code == 302
    assert proposed(own) == [("ersetzen", "eins noch neuer"), ("ersetzen", "zwei von Edda")]


def test_what_the_staff_wrote_meanwhile_survives_consolidating(document, round_, hanau, alice, staff):
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    section = passage(document, "Einführung")
    save(document, Insert(Kind.TEXT, text("vier"), section.id, passage(document, "drei").id), by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    assert words(document)[2:] == ["eins neu", "zwei", "drei", "vier"]


def test_a_proposal_is_about_the_wording_that_its_author_saw(document, round_, hanau, alice, staff, client_of):
    """A page that is older than the round's text is not taken for one about the text of now; nothing is lost."""
    old = hidden(client_of(alice).get(url("write", anchor=passage(document, "eins").anchor)))
    planning.cancel(round_=round_, reason="Neu.", by=staff)
    save(document, Edit(passage(document, "eins").version, text("eins anders")), by=staff)
    next_round(document, staff, hanau)
    address = url("write", anchor=passage(document, "eins anders").anchor)
    answer = client_of(alice).post(address, {**old, "html": "<p>Mein Text zum alten Stand</p>"})
    assert answer.status_code == 400
    assert "Mein Text zum alten Stand" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_passages_are_found_by_their_identity_not_by_their_place(document, round_, hanau, alice, staff):
    proposal = admitted(round_, hanau, alice, ("drei", "drei neu"), staff=staff)
    section = passage(document, "Einführung")
    save(document, Insert(Kind.TEXT, text("null"), section.id, None), by=staff)
    save(document, Move(passage(document, "drei").id, section.id, passage(document, "null").id), by=staff)
    save(document, Remove(passage(document, "zwei").version), by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    assert words(document)[2:] == ["null", "drei neu", "eins"]
    anchors = {node.version.plain: node.anchor for node in tree(document).walk()}
    assert anchors["drei neu"] == proposal.current.changes.get().block.anchor


def test_what_was_proposed_stays_as_it_was_written_when_the_text_moves(document, round_, hanau, alice, staff):
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    before = list(proposal.current.changes.values())
    save(document, Edit(passage(document, "eins").version, text("eins anders")), by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff, Outcome.CHANGED)
    confirm(now, proposal, staff, text("eins anders und neu"))
    deciding.consolidate(round_=now, head=head(document), by=staff)
    proposal.refresh_from_db()
    assert list(proposal.current.changes.values()) == before
    assert words(document)[2] == "eins anders und neu"


def test_what_is_carried_over_is_a_copy(document, round_, hanau, alice, staff):
    """The continuation can be improved; what everybody took a position on stays to be read."""
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff, Outcome.POSTPONED)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    next_round(document, staff, hanau)
    again = Proposal.objects.get(origin=proposal)
    reworded(again, "eins neu", "eins noch neuer", alice)
    assert Proposal.objects.get(pk=proposal.pk).current.changes.get().content == text("eins neu")
    assert proposal.versions.count() == 1


def test_a_continuation_that_is_given_up_leaves_co_authors_where_they_were(
    document, round_, hanau, fulda, alice, bob, staff
):
    proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
    other = submitted(round_, fulda, bob, ("eins", "eins neuer"))
    reviewing.merge(proposal=other, into=proposal, reason="Dasselbe.", by=staff)
    now = let_it_be(round_, Phase.CONSOLIDATE)
    judge(proposal, staff, Outcome.POSTPONED)
    deciding.consolidate(round_=now, head=head(document), by=staff)
    save(document, Edit(passage(document, "eins").version, text("eins anders")), by=staff)
    next_round(document, staff, hanau)
    again = Proposal.objects.get(origin=proposal)
    assert (again.state, list(again.merged.all())) == (ProposalState.DRAFT, [other])
    proposing.discard(proposal=again, by=alice)
    assert list(proposal.merged.all()) == [other]


@pytest.mark.parametrize("ending", ["withdrawn", "refused", "person gone", "carrier gone", "passage gone"])
def test_what_was_said_to_a_proposal_outlives_everything(document, round_, hanau, fulda, alice, bob, staff, ending):
    proposal = submitted(round_, hanau, alice, ("eins", "eins neu"))
    if ending != "refused":
        reviewing.admit(proposal=proposal, by=staff)
    by = alice if ending == "refused" else bob
    speaks_as = as_participant(round_, hanau if ending == "refused" else fulda)
    said = voting.remark(proposal=proposal, text="Gut.", participant=speaks_as, by=by)
    match ending:
        case "withdrawn":
            proposing.withdraw(proposal=proposal, by=alice)
        case "refused":
            reviewing.refuse(proposal=proposal, reason="Nein.", by=staff)
        case "person gone":
            pseudonymise(user=bob, by=bob)
        case "carrier gone":
            fulda.delete()
        case "passage gone":
            save(document, Remove(passage(document, "eins").version), by=staff)
    assert list(Remark.objects.visible_to(staff)) == [said]
    kept = Remark.objects.get()
    assert (kept.text, kept.participant.name) == ("Gut.", speaks_as.name)


def test_drafts_turn_up_neither_in_profiles_nor_in_mails(round_, hanau, fulda, alice, bob, staff, client_of, client):
    """Nor in what somebody else downloads of their own data. Lists, feed and search: ``tests/rounds/visibility``."""
    own = draft(round_, hanau, alice, ("eins", "Geheimes Wort"), title="Geheimer Titel")
    entered(round_, fulda, staff, ("zwei", "Geheimes Papier"), title="Geheimes vom Papier")
    mail.outbox.clear()
    proposing.describe(
        proposal=own, title="Geheimer Titel 2", reason="Geheim.", names_author=True, is_editorial=False, by=alice
    )
    assert mail.outbox == []
    edda = member(fulda, "Edda", Role.EDITOR)
    pages = [
        client.get(hanau.get_absolute_url()),
        client.get(fulda.get_absolute_url()),
        client.get(reverse("rounds:round", args=[round_.number])),
        client_of(bob).get("/mein/leitfaden/"),
        client_of(edda).get("/konto/daten/herunterladen/"),
        client_of(staff).get(reverse("rounds:review_queue", args=[round_.number])),
    ]
    assert [one.status_code for one in pages] == [200] * len(pages)
    told = [b"".join(one) if one.streaming else one.content for one in pages]
    assert not [at for at, content in enumerate(told) if b"Geheimer" in content or b"Geheimes Wort" in content]
    # What the staff entered is for the carrier to confirm; nobody else hears of it.
    assert [at for at, content in enumerate(told) if b"Geheimes vom Papier" in content] == [3]


class TestDeadlines:
    """What is late is refused, whatever the page said when it was opened, and nothing written is lost."""

    def test_submitting_keeps_the_draft(self, round_, hanau, alice, client_of):
        own = draft(round_, hanau, alice, ("eins", "eins neu"))
        address = reverse("rounds:submit", args=[own.pk])
        assert client_of(alice).get(address).status_code == 200
        let_it_be(round_, Phase.DISCUSS)
        assert client_of(alice).post(address).status_code == 409
        assert proposed(own) == [("ersetzen", "eins neu")]
        assert Proposal.objects.get(pk=own.pk).state == ProposalState.DRAFT

    def test_another_wording_stays_to_be_gone_on_with(self, round_, hanau, alice, staff):
        proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        opened = proposing.reopen(proposal=proposal, by=alice)
        let_it_be(round_, Phase.VOTE)
        with pytest.raises(NotNowError):
            proposing.resubmit(proposal=proposal, by=alice)
        assert proposing.draft_of(proposal) == opened
        assert Proposal.objects.get(pk=proposal.pk).current == proposal.current

    def test_a_late_position_shows_what_was_typed(self, round_, hanau, fulda, alice, bob, staff, client_of):
        proposal = admitted(round_, hanau, alice, ("eins", "eins neu"), staff=staff)
        let_it_be(round_, Phase.CONSOLIDATE)
        key = as_participant(round_, fulda).pk
        sent = {
            "aktion": "position",
            "traeger": key,
            f"position-{key}-stance": "veto",
            f"position-{key}-reason": "Weil es uns wichtig ist.",
            f"position-{key}-version": proposal.current_id,
        }
        answer = client_of(bob).post(proposal.get_absolute_url(), sent)
        assert answer.status_code == 409
        assert "Weil es uns wichtig ist." in answer.content.decode()
        assert not proposal.current.positions.exists()
