"""Who reads what of a proposal: every part of the page, for every kind of reader."""

import pytest

from leitfaden.rounds import proposing, reviewing, voting
from leitfaden.rounds.models import Advice, Phase, Proposal, Stance
from leitfaden.trees import load_tree
from tests.leitfaden.texts import text
from tests.rounds.rounds import admitted, as_participant, draft, let_it_be, submitted

pytestmark = pytest.mark.django_db

NETWORK = ("network", "editor", "manager", "staff")
EVERYBODY = ("anonymous", "charlie", "researcher", *NETWORK)
INSIDE = ("editor", "manager", "staff")


def shown(readers, proposal, *, to):
    """The page of a proposal, by reader."""
    return {name: readers(name).get(proposal.get_absolute_url()).content.decode() for name in to}


def those_who_read(pages, words):
    return tuple(name for name in pages if words in pages[name])


@pytest.fixture
def discussed(round_, hanau, fulda, alice, bob, staff):
    """A proposal of Hanau with everything: a question before, a recommendation, positions, remarks."""
    proposal = submitted(round_, hanau, alice, ("eins", "eins muss neu"))
    reviewing.ask(proposal=proposal, reason="Warum so streng?", by=staff)
    proposing.answer(proposal=proposal, reason="Weil es sein muss.", by=alice)
    reviewing.admit(proposal=proposal, by=staff)
    reviewing.recommend(version=proposal.current, advice=Advice.ADOPT, reason="Das ist klar.", by=staff)
    let_it_be(round_, Phase.DISCUSS)
    voting.take_position(
        version=proposal.current,
        participant=as_participant(round_, fulda),
        stance=Stance.MAJOR,
        reason="Zu streng für uns.",
        by=bob,
    )
    voting.remark(proposal=proposal, text="Wir sehen das auch so.", participant=as_participant(round_, fulda), by=bob)
    voting.remark(proposal=proposal, text="Intern: vertagen?", is_internal=True, by=staff)
    return Proposal.objects.get(pk=proposal.pk)


def test_each_part_has_its_readers(discussed, readers):
    pages = shown(readers, discussed, to=EVERYBODY)
    for words, allowed in {
        "Klarer schreiben": EVERYBODY,
        "Das ist verständlicher.": EVERYBODY,
        "Verbindlichkeit geändert": EVERYBODY,
        "Lotsen Hanau": EVERYBODY,
        "Das ist klar.": EVERYBODY,
        "1 von 2 haben sich geäußert.": EVERYBODY,
        "Zu streng für uns.": NETWORK,
        "Wir sehen das auch so.": NETWORK,
        "passt zum Text": NETWORK,
        "Warum so streng?": INSIDE,
        "Weil es sein muss.": INSIDE,
        "Intern: vertagen?": ("staff",),
        'value="position"': ("manager",),
        "Überarbeiten": ("editor", "manager"),
        "Zurückziehen": ("manager",),
        "Beitrag abschicken": NETWORK,
        "Nur für die Redaktion": ("staff",),
    }.items():
        assert those_who_read(pages, words) == tuple(name for name in EVERYBODY if name in allowed), words


def test_persons_are_named_with_consent_only(discussed, round_, fulda, readers):
    Proposal.objects.filter(pk=discussed.pk).update(names_author=False)
    pages = shown(readers, discussed, to=EVERYBODY)
    assert those_who_read(pages, "Alice") == INSIDE
    # Whoever speaks for Fulda is nobody's business but Fulda's and the staff's.
    assert those_who_read(pages, "Bob") == ("staff",)
    Proposal.objects.filter(pk=discussed.pk).update(names_author=True)
    assert those_who_read(shown(readers, discussed, to=EVERYBODY), "Alice") == EVERYBODY


def test_nobody_reads_what_was_not_admitted(round_, hanau, alice, readers):
    own = draft(round_, hanau, alice, ("eins", "Geheimes"))
    assert [readers(name).get(own.get_absolute_url()).status_code for name in ("anonymous", "network", "staff")] == [
        404,
        404,
        404,
    ]
    assert "Geheimes" in readers("editor").get(own.get_absolute_url()).content.decode()
    proposing.submit(proposal=own, by=alice)
    assert [readers(name).get(own.get_absolute_url()).status_code for name in ("network", "staff")] == [404, 200]


def test_wordings_before_admission_are_between_carrier_and_staff(round_, hanau, alice, staff, readers):
    proposal = submitted(round_, hanau, alice, ("eins", "erster Versuch"))
    _reword(proposal, "zweiter Versuch", alice)
    reviewing.admit(proposal=proposal, by=staff)
    _reword(proposal, "dritter Versuch", alice)
    pages = shown(readers, proposal, to=("anonymous", "manager", "staff"))
    assert those_who_read(pages, "Fassung 3") == ("anonymous", "manager", "staff")
    assert those_who_read(pages, "Von Fassung 2 zu Fassung 3") == ("anonymous", "manager", "staff")
    address = f"{proposal.get_absolute_url()}?fassung=2&mit=1"
    assert "Von Fassung 1 zu Fassung 2" in readers("staff").get(address).content.decode()
    public = readers("anonymous").get(address).content.decode()
    assert "erster" not in public
    assert "Von Fassung 1" not in public


def _reword(proposal, words, by):
    own = Proposal.objects.get(pk=proposal.pk)
    change = proposing.reopen(proposal=own, by=by).changes.get()
    proposing.keep_wording(proposal=own, seen=change.seen, content=text(words), mark=change.mark, by=by)
    proposing.resubmit(proposal=own, by=by)
    proposal.refresh_from_db()


def test_merged_proposals_name_both_carriers(round_, hanau, fulda, alice, bob, staff, readers):
    target = admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff)
    other = admitted(round_, fulda, bob, ("zwei", "zwei!"), staff=staff)
    reviewing.merge(proposal=other, into=target, reason="Dasselbe.", by=staff)
    pages = shown(readers, target, to=("anonymous",))
    assert "Lotsen Hanau und Lotsen Fulda" in pages["anonymous"]
    gone = readers("anonymous").get(other.get_absolute_url()).content.decode()
    assert f'href="{target.get_absolute_url()}"' in gone
    assert "Dasselbe." not in gone


def test_what_no_longer_fits_says_so(document, round_, hanau, alice, staff, readers):
    from leitfaden.changes import Edit
    from tests.leitfaden.texts import passage, save

    proposal = admitted(round_, hanau, alice, ("eins", "eins!"), staff=staff)
    save(document, Edit(passage(document, "eins").version, text("eins, anders")), by=staff)
    words = "der Text hat sich an dieser Stelle geändert"
    assert those_who_read(shown(readers, proposal, to=EVERYBODY), words) == NETWORK


def test_every_kind_of_change_is_said_in_words(document, round_, hanau, alice, staff, readers):
    from leitfaden.models import Kind

    proposal = draft(round_, hanau, alice, title="Umbau")
    nodes = {node.title or node.version.plain: node for node in load_tree(round_.base).walk()}
    section = nodes["Einführung"]
    proposing.keep_insertion(
        proposal=proposal,
        kind=Kind.TEXT,
        content=text("ganz neu"),
        parent=section.block,
        after=nodes["eins"].block,
        by=alice,
    )
    proposing.keep_removal(proposal=proposal, seen=nodes["drei"].version, by=alice)
    proposing.keep_move(proposal=proposal, seen=nodes["zwei"].version, parent=section.block, after=None, by=alice)
    proposing.submit(proposal=proposal, by=alice)
    reviewing.admit(proposal=proposal, by=staff)
    page = readers("anonymous").get(proposal.get_absolute_url()).content.decode()
    assert "Neu nach „eins“." in page
    assert "Fällt weg." in page
    assert "Der Text bleibt. Er kommt ganz vorn in „Einführung: Einführung“. Jetzt steht er nach „eins“." in page
    assert "Modul 1: Rolle und Aufgaben › Einführung" in page
    assert '<span class="visually-hidden kern-sr-only">[neu: </span>ganz neu' in page
    assert '<span class="visually-hidden kern-sr-only">[entfernt: </span>drei' in page
