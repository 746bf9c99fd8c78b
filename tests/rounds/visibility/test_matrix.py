"""Who reads what where: every reader, every place at which something of a round turns up, every state of a proposal."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from leitfaden.rounds.models import Round
from leitfaden.rounds.paper.content import Paper
from leitfaden.rounds.paper.printing import Sheet
from leitfaden.rounds.querysets import ProposalQuerySet
from leitfaden.rounds.scope import Scope
from tests.rounds.research.exports import files
from tests.rounds.visibility.marks import CASES, COMMON, Marked, mark, told

READERS = ("anonymous", "network", "participant", "editor", "manager", "staff", "researcher")
TEAM = ("editor", "manager")
NETWORK = ("network", "participant", *TEAM, "staff")
"""Who reads what is said about proposals."""

PUBLIC = ("admitted", "merged", "decided", "carried", "rivale")
"""Proposals that everybody reads; the rest is between their carrier and the staff."""

type Told = dict[str, set[str]]
type Surface = Callable[[Marked, Client], list[bytes]]


def open_to(reader: str, case: str) -> bool:
    """Whether a reader may know of a proposal at all; the rival is Fulda's, everything else Hanau's."""
    if case in PUBLIC or reader in TEAM:
        return True
    return reader == "staff" and case != "draft"


def page_tells(reader: str, case: str) -> set[str]:
    """What the page of a proposal tells somebody who may open it."""
    is_own = reader in (("participant",) if case == "rivale" else TEAM)
    is_inside = is_own or reader == "staff"
    found = {"title", "reason", "wording"}
    was_admitted = case in ("admitted", "decided", "carried")
    if was_admitted:
        found.add("advice")
    if case in ("decided", "carried"):
        found.add("decision")
    if (is_inside or case == "decided") and case != "unconfirmed":
        found.add("author")
    if reader in NETWORK and case not in ("draft", "rivale"):
        found.add("remark")
    if reader in NETWORK and was_admitted:
        found.add("position")
    if reader == "staff" and case not in ("draft", "rivale"):
        found.add("note")
    if reader in ("staff", "participant") and was_admitted:
        found.add("unconfirmed")
    if is_inside and case in ("question", "refused", "withdrawn", "merged", "admitted", "decided", "carried"):
        found.add("step")
    if is_inside and case == "admitted":
        found |= {"formertitle", "formerreason", "formerwording"}
    return found


def of_proposals(reader: str, *fields: str, cases: Any = CASES) -> Told:
    """These fields of all proposals of which a reader may know."""
    return {case: set(fields) for case in cases if open_to(reader, case)}


def _page(marked: Marked, client: Client) -> list[bytes]:
    return [client.get(one.get_absolute_url()).content for one in marked.proposals.values()]


def _list(marked: Marked, client: Client) -> list[bytes]:
    return [client.get(f"/leitfaden/runden/{marked.round.number}/vorschlaege/").content]


def _search(marked: Marked, client: Client) -> list[bytes]:
    """By a word of all titles; the words of the next wording, and of a reason, by themselves find nothing more."""
    address = f"/leitfaden/runden/{marked.round.number}/vorschlaege/"
    hidden = [mark("admitted", "nexttitle"), mark("admitted", "formerreason"), mark("draft", "title")]
    found = [client.get(address, {"q": word}) for word in (COMMON, *hidden)]
    for answer in found[1:]:
        assert answer.context["total"] == 0
    return [found[0].content]


def _round(marked: Marked, client: Client) -> list[bytes]:
    return [
        client.get(address).content for address in ("/leitfaden/runden/", f"/leitfaden/runden/{marked.round.number}/")
    ]


def _poll(marked: Marked, client: Client) -> list[bytes]:
    address = f"/leitfaden/runden/{marked.round.number}/streit/{marked.anchor('admitted')}/"
    return [client.get(address).content]


def _feed(_marked: Marked, client: Client) -> list[bytes]:
    return [client.get("/leitfaden/runden/neues.atom").content]


def _text(marked: Marked, client: Client) -> list[bytes]:
    """The text itself: beside which passages it says that there are proposals."""
    page = client.get("/leitfaden/alles/").content.decode()
    linked = [case for case in CASES if f"vorschlaege/?absatz={marked.anchor(case)}" in page]
    return [page.encode(), *(mark(case, "count").encode() for case in linked)]


def _history(marked: Marked, client: Client) -> list[bytes]:
    return [
        client.get(f"/leitfaden/absatz/{marked.anchor(case)}/").content for case in ("admitted", "draft", "decided")
    ]


def _mine(_marked: Marked, client: Client) -> list[bytes]:
    return [client.get("/mein/leitfaden/").content]


def _draft(marked: Marked, client: Client) -> list[bytes]:
    """The pages on which a carrier writes."""
    return [client.get(f"/leitfaden/vorschlag/{one.pk}/schreiben/").content for one in marked.proposals.values()]


def _review(marked: Marked, client: Client) -> list[bytes]:
    number, shown = marked.round.number, ("draft", "unconfirmed", "submitted", "admitted")
    pages = ["", *(f"{marked.proposals[case].pk}/" for case in shown)]
    return [client.get(f"/leitfaden/runden/{number}/pruefen/{page}").content for page in pages]


def _workbench(marked: Marked, client: Client) -> list[bytes]:
    number = marked.round.number
    pages = [f"{marked.anchor('admitted')}/", ""]
    return [client.get(f"/leitfaden/runden/{number}/entscheiden/{page}").content for page in pages]


def drafts_tell(reader: str) -> Told:
    words = ("title", "reason", "wording")
    if reader not in TEAM:
        return {}
    return {"draft": set(words), "admitted": {f"next{one}" for one in words}, "rivale": {"title"}}


def mine_tells(reader: str) -> Told:
    if reader == "participant":
        return {"rivale": {"title"}}
    if reader not in TEAM:
        return {}
    own = {case: {"title"} for case in CASES if case != "rivale"}
    return {**own, "admitted": {"title", "nexttitle"}, "question": {"title", "step"}}


def review_tells(reader: str) -> Told:
    if reader != "staff":
        return {}
    words = {"title", "reason", "wording", "remark", "note"}
    former = {"author", "step", "advice"}
    looked_at = {"unconfirmed": words, "submitted": words | {"author"}, "admitted": words | former}
    beside = {case: {"title"} for case in ("rivale", "merged", "question")}
    return {**looked_at, **beside}


def workbench_tells(reader: str) -> Told:
    if reader != "staff":
        return {}
    words = {"title", "reason", "wording"}
    return {"admitted": {*words, "advice", "position", "verdict", "result"}, "rivale": words}


def feed_tells(_reader: str) -> Told:
    told_of = {case: {"title", "reason"} for case in ("admitted", "carried", "decided", "rivale")}
    return {**told_of, "decided": {"title", "reason", "decision"}}


def paper_tells(_reader: str) -> Told:
    words = {"title", "reason", "wording"}
    judged = words | {"advice", "decision"}
    return {"admitted": words | {"advice"}, "carried": judged, "decided": judged | {"author"}, "rivale": words}


def research_reads(reader: str) -> Told:
    """What everybody may read, what the network says to it, and one's own codes; no person, consent or not."""
    if reader != "researcher":
        return {}
    codes = {case: {"code", "meaning"} for case in CASES}
    words = {"title", "reason", "wording", "code", "meaning", "coding"}
    said = words | {"advice", "remark", "position"}
    judged = {case: said | {"decision"} for case in ("carried", "decided")}
    return {**codes, "admitted": said, **judged, "merged": words | {"remark"}, "rivale": words}


LISTED = [case for case in CASES if case != "draft"]


def _pdf(marked: Marked, _client: Client) -> list[bytes]:
    """What is laid out as the paper of a round: the same for everybody, so nobody is asked who they are."""
    now = Round.objects.select_related("base", "document").get(pk=marked.round.pk)
    return [Sheet.of(Paper(now, localdate(), None, scope=Scope(now))).text.encode()]


def _export(marked: Marked, client: Client) -> list[bytes]:
    """The files for research, and the pages around them."""
    start = f"/leitfaden/runden/{marked.round.number}/forschung/"
    answers = [client.get(f"{start}{page}") for page in ("", "codebuch/", "codes/", "vorschlaege/", "daten.json")]
    archive = client.get(f"{start}daten.zip")
    packed = files(archive.getvalue()).values() if archive.status_code == 200 else [archive.content.decode()]
    return [*(one.getvalue() for one in answers), *(text.encode() for text in packed)]


SURFACES: dict[str, tuple[Surface, Callable[[str], Told]]] = {
    "page": (_page, lambda reader: {case: page_tells(reader, case) for case in CASES if open_to(reader, case)}),
    "list": (_list, lambda reader: of_proposals(reader, "title", cases=LISTED)),
    "search": (_search, lambda reader: of_proposals(reader, "title", cases=LISTED)),
    "round": (_round, lambda _reader: {}),
    "poll": (_poll, lambda _reader: {case: {"title", "wording"} for case in ("admitted", "rivale")}),
    "feed": (_feed, feed_tells),
    "text": (_text, lambda _reader: {case: {"count"} for case in ("admitted", "rivale")}),
    "history": (_history, lambda _reader: {case: {"title"} for case in ("admitted", "decided", "rivale")}),
    "draft": (_draft, drafts_tell),
    "mine": (_mine, mine_tells),
    "review": (_review, review_tells),
    "workbench": (_workbench, workbench_tells),
    "pdf": (_pdf, paper_tells),
    "export": (_export, research_reads),
}
"""Every place at which something of a round turns up: how one reads it, and what it may tell a reader."""

ELSEWHERE = {"mail": "tests.rounds.emails.test_what_mails_say"}
"""What goes by itself to people who need not look: the module follows marked words through all mails of a round."""

PLACES = {
    *("page", "list", "search", "round", "poll", "feed", "text", "history", "draft", "mine", "review", "workbench"),
    *("pdf", "export", "mail"),
}


def test_every_place_has_its_row():
    assert {*SURFACES, *ELSEWHERE} == PLACES
    for module in ELSEWHERE.values():
        assert [name for name in vars(import_module(module)) if name.startswith("test_")]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.django_db
def test_what_it_tells(marked, surface, reader):
    read, may_tell = SURFACES[surface]
    client = Client()
    if (person := marked.people[reader]) is not None:
        client.force_login(person)
    found = told(*read(marked, client))
    assert found == may_tell(reader)


PLANTED = {
    "everybody reads every proposal": (ProposalQuerySet, "visible_to", lambda self, _user: self),
    "everybody reads what was only submitted": (
        ProposalQuerySet,
        "visible_to",
        lambda self, _user: self.exclude(state="entwurf"),
    ),
}


@pytest.mark.parametrize("leak", PLANTED)
@pytest.mark.django_db
def test_a_planted_leak_is_noticed(marked, monkeypatch, leak):
    read, may_tell = SURFACES["list"]
    assert told(*read(marked, Client())) == may_tell("anonymous")
    monkeypatch.setattr(*PLANTED[leak])
    assert {"submitted", "refused"} <= set(told(*read(marked, Client()))) - set(may_tell("anonymous"))
