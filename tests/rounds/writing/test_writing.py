"""Writing a passage for a proposal: previewed, kept in the shared draft, and never over somebody else's words."""

import pytest

from leitfaden.rounds import proposing
from leitfaden.rounds.models import Operation, Phase, Proposal
from leitfaden.trees import load_tree
from tests.rounds.rounds import admitted, as_participant, carrier, draft, let_it_be, member, running_round
from tests.rounds.writing.pages import JSON, hidden, passage, proposed, send, text_of, url, write
from vielfalt.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(round_, alice, client):
    """The address for writing the first paragraph; Alice is logged in."""
    client.force_login(alice)
    return url("write", anchor=passage(round_, "eins").anchor)


def test_the_first_change_begins_a_draft(here, client, hanau, alice):
    answer = write(client, here, "eins neu")
    proposal = Proposal.objects.get()
    assert answer.status_code == 302
    assert answer.url.startswith(url("draft", proposal))
    assert [proposal.participant.name, proposal.author] == [hanau.name, alice]
    assert proposed(proposal) == [(Operation.REPLACE, "eins neu")]
    assert "[neu: neu" in text_of(client.get(answer.url))


def test_opening_a_page_begins_nothing(here, client):
    assert client.get(here).status_code == 200
    assert not Proposal.objects.exists()


def test_a_double_click_begins_one_draft(here, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins neu</p>"}
    assert [client.post(here, sent).status_code for _ in range(2)] == [302, 302]
    assert proposed(Proposal.objects.get()) == [(Operation.REPLACE, "eins neu")]


def test_the_same_words_begin_nothing(here, client):
    answer = write(client, here, "eins")
    assert answer.status_code == 422
    assert "Noch haben Sie nichts geändert." in text_of(answer)
    assert not Proposal.objects.exists()


def test_nothing_that_was_typed_is_lost(here, client):
    answer = write(client, here, "eins neu", gesehen="gefälscht")
    assert answer.status_code == 400
    assert "eins neu" in answer.content.decode()
    answer = write(client, here, "   ")
    assert answer.status_code == 422
    assert "Dieser Abschnitt ist leer." in text_of(answer)


def test_a_preview_keeps_nothing(here, client):
    answer = write(client, here, "nicht 2 eins", aktion="vorschau")
    said = text_of(answer)
    assert answer.status_code == 200
    assert "Zahl geändert · künftig: 2" in said
    assert "Verneinung geändert" in said
    assert "nicht 2 eins" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_preview_while_one_types(here, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins neu</p>", "aktion": "vorschau"}
    answer = client.post(here, sent, headers=JSON).json()
    assert "<ins>" in answer["html"]
    assert answer["message"] == "1 Wort hinzugefügt"
    refused = client.post(here, {**sent, "html": ""}, headers=JSON)
    assert refused.status_code == 422
    assert "html" not in refused.json()


def test_a_previewed_text_can_be_kept(here, client):
    """Without JavaScript the page of the preview is the one that is sent next."""
    page = write(client, here, "eins neu", aktion="vorschau")
    assert client.post(here, {**hidden(page), "html": "<p>eins neu</p>"}).status_code == 302
    assert proposed(Proposal.objects.get()) == [(Operation.REPLACE, "eins neu")]


def test_kept_while_one_writes(here, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins n</p>", "aktion": "entwurf"}
    first = client.post(here, sent, headers=JSON).json()
    proposal = Proposal.objects.get()
    assert first["address"] == url("write", proposal, anchor=here.rsplit("/", 2)[1])
    assert first["message"].startswith("Im Entwurf gesichert um")
    sent |= {**first["values"], "html": "<p>eins neu</p>"}
    second = client.post(first["address"], sent, headers=JSON)
    assert second.status_code == 200
    assert proposed(Proposal.objects.get()) == [(Operation.REPLACE, "eins neu")]
    # An answer that never arrived: the same words once more are the same words.
    assert client.post(first["address"], sent, headers=JSON).status_code == 200


def test_writing_the_old_words_again_takes_the_change_out(here, client):
    write(client, here, "eins neu")
    proposal = Proposal.objects.get()
    answer = write(client, url("write", proposal, anchor=here.rsplit("/", 2)[1]), "eins")
    assert "bleibt, wie er ist" in text_of(client.get(answer.url))
    assert proposed(proposal) == []


def test_fields(round_, alice, client):
    client.force_login(alice)
    module = passage(round_, "Rolle und Aufgaben")
    send(client, url("write", anchor=module.anchor), title=module.title, ue="6")
    change = Proposal.objects.get().versions.get().changes.get()
    assert [change.operation, change.fields] == [Operation.FIELD, {"ue": 6}]
    answer = send(client, url("write", Proposal.objects.get(), anchor=module.anchor), title=module.title, ue="viele")
    assert answer.status_code == 422
    assert "Die Unterrichtseinheiten sind eine Zahl" in text_of(answer)


def test_other_proposals_about_the_passage(here, round_, fulda, bob, staff, client):
    other = admitted(round_, fulda, bob, ("eins", "eins!"), staff=staff, title="Ausrufezeichen")
    admitted(round_, fulda, bob, ("zwei", "zwei!"), staff=staff, title="Anderswo")
    draft(round_, fulda, bob, ("eins", "eins geheim"), title="Geheim")
    said = text_of(client.get(here))
    assert "1 Vorschlag betrifft diesen Absatz" in said
    assert f"Vorschlag {other.number}: Ausrufezeichen" in said
    assert "Anderswo" not in said
    assert "Geheim" not in said


# Where there is more than one draft or carrier


def test_which_draft_is_asked(here, round_, hanau, alice, client):
    known = draft(round_, hanau, alice, ("zwei", "zwei neu"), title="Mein Entwurf")
    page = client.get(here)
    assert "Mein Entwurf" in text_of(page)
    assert client.get(f"{here}?entwurf={known.pk}").url == url("write", known, anchor=here.rsplit("/", 2)[1])
    new = f"{here}?fuer={known.participant_id}"
    assert write(client, new, "eins neu").status_code == 302
    assert Proposal.objects.count() == 2


def test_a_draft_that_changes_the_passage_comes_first(here, round_, hanau, alice, client):
    draft(round_, hanau, alice, ("eins", "eins neu"), title="Um diesen geht es")
    draft(round_, hanau, alice, ("zwei", "zwei neu"), title="Ein späterer")
    said = text_of(client.get(here))
    assert "ändert diesen Absatz schon" in said
    assert said.index("Um diesen geht es") < said.index("Ein späterer")


def test_for_which_carrier_is_asked(document, staff, hanau, fulda, alice, client):
    from lotsen.models import CarrierMembership

    CarrierMembership.objects.create(organisation=fulda, user=alice, role=Role.EDITOR)
    round_ = running_round(document, [hanau, fulda], staff)
    client.force_login(alice)
    here = url("write", anchor=passage(round_, "eins").anchor)
    said = text_of(client.get(here))
    assert "Neuer Vorschlag für Lotsen Fulda" in said
    assert "Neuer Vorschlag für Lotsen Hanau" in said
    write(client, f"{here}?fuer={as_participant(round_, fulda).pk}", "eins neu")
    assert Proposal.objects.get().participant.name == "Lotsen Fulda"
    # Nobody writes for a carrier by leaving out for which.
    assert client.post(here, {"html": "<p>eins neu</p>"}).status_code == 404


def test_nobody_writes_for_another_carrier(here, round_, fulda, client):
    write(client, here, "eins neu", fuer=str(as_participant(round_, fulda).pk))
    assert Proposal.objects.get().participant.name == "Lotsen Hanau"


# Two colleagues, two tabs


@pytest.fixture
def colleague(hanau):
    return member(hanau, "Carla", Role.EDITOR)


def test_two_colleagues_at_one_passage(round_, hanau, alice, colleague, client, client_of):
    shared = draft(round_, hanau, alice, ("zwei", "zwei neu"))
    address = url("write", shared, anchor=passage(round_, "eins").anchor)
    client.force_login(alice)
    mine = {**hidden(client.get(address)), "html": "<p>eins von Alice</p>"}
    write(client_of(colleague), address, "eins von Carla")

    quiet = client.post(address, {**mine, "aktion": "entwurf"}, headers=JSON)
    assert quiet.status_code == 409
    clash = client.post(address, mine)
    assert clash.status_code == 409
    said = text_of(clash)
    assert "Noch nicht übernommen: zwei Fassungen" in said
    assert "von Carla" in said
    assert "eins von Alice" in clash.content.decode()
    assert (Operation.REPLACE, "eins von Carla") in proposed(shared)
    # Whoever sends again has seen both.
    assert client.post(address, {**hidden(clash), "html": "<p>eins von beiden</p>"}).status_code == 302
    assert (Operation.REPLACE, "eins von beiden") in proposed(shared)


def test_a_colleague_took_the_change_out(round_, hanau, alice, colleague, client):
    shared = draft(round_, hanau, alice, ("eins", "eins neu"), ("zwei", "zwei neu"))
    address = url("write", shared, anchor=passage(round_, "eins").anchor)
    client.force_login(alice)
    mine = {**hidden(client.get(address)), "html": "<p>eins neuer</p>"}
    change = shared.versions.get().changes.get(block=passage(round_, "eins").block)
    proposing.drop_change(proposal=shared, change=change, by=colleague)
    clash = client.post(address, mine)
    assert clash.status_code == 409
    assert "nicht mehr im Entwurf" in text_of(clash)
    assert client.post(address, {**hidden(clash), "html": "<p>eins neuer</p>"}).status_code == 302


def test_a_removal_does_not_bury_a_colleagues_words(round_, hanau, alice, colleague, client):
    shared = draft(round_, hanau, alice, ("zwei", "zwei neu"))
    node = passage(round_, "eins")
    address = url("operate", shared, anchor=node.anchor, operation="streichen")
    client.force_login(alice)
    mine = hidden(client.get(address))
    proposing.keep_wording(
        proposal=shared, seen=node.version, content=type(node.version.content).clean(html="<p>Carla</p>"), by=colleague
    )
    clash = client.post(address, mine)
    assert clash.status_code == 409
    assert "Carla" in text_of(clash)
    assert (Operation.REPLACE, "Carla") in proposed(shared)
    assert client.post(address, hidden(clash)).status_code == 302
    assert (Operation.REMOVE, "") in proposed(shared)


def test_two_tabs_with_the_same_passage(here, client):
    first, second = ({**hidden(client.get(here))} for _ in range(2))
    assert client.post(here, {**first, "html": "<p>eins A</p>"}).status_code == 302
    # The second tab began a draft of its own, because it knew of none.
    assert client.post(here, {**second, "html": "<p>eins B</p>"}).status_code == 302
    assert sorted(words for one in Proposal.objects.all() for _op, words in proposed(one)) == ["eins A", "eins B"]


# Too late, and logged out


def test_a_draft_can_be_written_after_the_deadline(here, round_, client):
    write(client, here, "eins neu")
    let_it_be(round_, Phase.DISCUSS)
    address = url("write", Proposal.objects.get(), anchor=here.rsplit("/", 2)[1])
    assert "Die Zeit zum Vorschlagen ist vorbei." in text_of(client.get(address))
    assert write(client, address, "eins neuer").status_code == 302
    assert proposed(Proposal.objects.get()) == [(Operation.REPLACE, "eins neuer")]


def test_no_draft_begins_after_the_deadline_and_the_text_stays(here, round_, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins zu spät</p>"}
    let_it_be(round_, Phase.DISCUSS)
    answer = client.post(here, sent)
    assert answer.status_code == 409
    assert "eins zu spät" in answer.content.decode()
    assert "Kopieren Sie" in text_of(answer)
    assert not Proposal.objects.exists()
    assert "Gerade können Sie nichts vorschlagen" in text_of(client.get(here))


def test_a_lost_session_keeps_the_text(here, alice, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins neu</p>"}
    client.logout()
    answer = client.post(here, sent)
    assert answer.status_code == 302
    assert "anmelden" in answer.url
    client.force_login(alice)
    page = client.get(here)
    assert "Ihre Eingaben sind noch da." in text_of(page)
    assert "eins neu" in page.content.decode()
    assert client.post(here, {**hidden(page), "html": "<p>eins neu</p>"}).status_code == 302
    assert proposed(Proposal.objects.get()) == [(Operation.REPLACE, "eins neu")]


def test_what_is_not_open(document, hanau, alice, staff, client):
    two = next(node for node in load_tree(document.head).walk() if node.version.plain == "zwei")
    round_ = running_round(document, [hanau], staff, blocks=[two.block])
    client.force_login(alice)
    here = url("write", anchor=passage(round_, "eins").anchor)
    assert "nicht zur Diskussion" in text_of(client.get(here))
    answer = write(client, here, "eins neu")
    assert answer.status_code == 422
    assert "eins neu" in answer.content.decode()
    assert not Proposal.objects.exists()


# New passages, less of them, and elsewhere


def test_a_new_passage(round_, alice, client):
    client.force_login(alice)
    node = passage(round_, "eins")
    places = client.get(url("operate", anchor=node.anchor, operation="ergaenzen"))
    address = url("add", where="nach", anchor=node.anchor, kind="absatz")
    assert address in places.content.decode()
    sent = {**hidden(client.get(address)), "html": "<p>eineinhalb</p>"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    proposal = Proposal.objects.get()
    change = proposal.versions.get().changes.get()
    assert [change.operation, change.after, change.parent] == [Operation.INSERT, node.block, node.parent.block]
    again = url("rewrite", proposal, new=change.new_block)
    assert "eineinhalb" in client.get(again).content.decode()
    assert write(client, again, "einskommafünf").status_code == 302
    assert proposed(proposal) == [(Operation.INSERT, "einskommafünf")]


def test_a_new_passage_is_kept_while_one_writes(round_, alice, client):
    client.force_login(alice)
    address = url("add", where="vor", anchor=passage(round_, "eins").anchor, kind="absatz")
    sent = {**hidden(client.get(address)), "html": "<p>nu</p>", "aktion": "entwurf"}
    answer = client.post(address, sent, headers=JSON).json()
    change = Proposal.objects.get().versions.get().changes.get()
    assert answer["address"] == url("rewrite", Proposal.objects.get(), new=change.new_block)
    sent |= {**answer["values"], "html": "<p>null</p>"}
    assert client.post(answer["address"], sent, headers=JSON).status_code == 200
    assert proposed(Proposal.objects.get()) == [(Operation.INSERT, "null")]


def test_headings_take_what_may_stand_in_them(round_, alice, client):
    client.force_login(alice)
    anchor = passage(round_, "Einführung").anchor
    page = client.get(url("operate", anchor=anchor, operation="ergaenzen")).content.decode()
    assert url("add", where="in", anchor=anchor, kind="methode") in page
    assert client.get(url("add", where="in", anchor=anchor, kind="modul")).status_code == 404


def test_to_take_out(round_, alice, client):
    client.force_login(alice)
    node = passage(round_, "Einführung")
    address = url("operate", anchor=node.anchor, operation="streichen")
    assert "Mit ihm gehen 3 Abschnitte darunter." in text_of(client.get(address))
    assert send(client, address).status_code == 302
    assert proposed(Proposal.objects.get()) == [(Operation.REMOVE, "")]


def test_to_move(round_, alice, client):
    client.force_login(alice)
    node, three = passage(round_, "eins"), passage(round_, "drei")
    address = url("operate", anchor=node.anchor, operation="verschieben")
    assert send(client, address, place="").status_code == 422
    assert send(client, address, place=f"{node.parent.anchor}:{three.anchor}").status_code == 302
    change = Proposal.objects.get().versions.get().changes.get()
    assert [change.operation, change.after] == [Operation.MOVE, three.block]


def test_a_wording_replaces_a_removal_that_one_saw(round_, alice, client):
    client.force_login(alice)
    node = passage(round_, "eins")
    send(client, url("operate", anchor=node.anchor, operation="streichen"))
    proposal = Proposal.objects.get()
    address = url("write", proposal, anchor=node.anchor)
    assert "Er sieht bisher vor: streichen." in text_of(client.get(address))
    assert write(client, address, "doch eins").status_code == 302
    assert proposed(proposal) == [(Operation.REPLACE, "doch eins")]


def test_a_carrier_that_takes_no_part(round_, client):
    client.force_login(member(carrier("Lotsen Kassel")))
    here = url("write", anchor=passage(round_, "eins").anchor)
    assert client.get(here).status_code == 404
    assert client.post(here, {"html": "<p>eins neu</p>"}).status_code == 404


def test_who_left_the_team_writes_no_more(here, hanau, alice, client):
    sent = {**hidden(client.get(here)), "html": "<p>eins neu</p>"}
    hanau.memberships.all().delete()
    assert client.post(here, sent).status_code == 404
    assert not Proposal.objects.exists()
