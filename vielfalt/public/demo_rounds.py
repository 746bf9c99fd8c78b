"""Two made-up rounds of the Leitfaden, so that a newcomer sees what came of one, and proposals in every state."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from leitfaden.content import Content
from leitfaden.loading import SLUG
from leitfaden.models import Document, Kind
from leitfaden.rounds import deciding, planning, proposing, reviewing, voting
from leitfaden.rounds.bench import load_bench
from leitfaden.rounds.models import Advice, Operation, Outcome, Participant, Proposal, ProposalState, Round, Stance
from leitfaden.rounds.scope import Scope
from leitfaden.trees import Node, Tree
from lotsen.models import Carrier, CarrierMembership
from vielfalt.accounts.models import Role, User
from vielfalt.places.loading import read_rows

DEMO = Path(__file__).parent / "demo"

DAYS = {"collect_from": -28, "discuss_from": 1, "vote_from": 14, "vote_until": 28}
"""When phases begin, in days from now."""

LONG_AGO = -100
"""How many days before this round the one before it was."""

ADVICE = {
    "dreiergruppe": (
        Advice.ADOPT,
        _("Wer früher fertig ist, hat in der Freigabe gut zu tun. Im Ablauf ist Platz dafür."),
    ),
    "online": (Advice.CHANGE, _("Als Ausnahme für lange Wege leuchtet das ein, als Regel nicht.")),
}


def load_rounds(*, by: User) -> None:
    """Conclude a round and let a second one be discussed, unless there was one before."""
    if Round.objects.exists():
        return
    slugs = {row["slug"] for name in ("vorschlaege", "vorschlaege_frueher") for row in _rows(name)}
    speakers = {slug: _speaker(slug) for slug in sorted(slugs)}
    _conclude(_start(_("Erste Probe-Runde"), by), speakers, by)
    _discuss(_start(_("Zweite Probe-Runde"), by), speakers, by)


def _rows(name: str) -> list[dict[str, str]]:
    return read_rows(DEMO / f"{name}.csv")


def _conclude(round_: Round, speakers: Mapping[str, User], by: User) -> None:
    """Let a round have been, up to the text that came of it."""
    rows = _rows("vorschlaege_frueher")
    made = _propose_all(round_, rows, speakers, by)
    _let_discuss(round_)
    _speak_all(round_, made, _rows("stimmen_frueher"), speakers)
    times = {name: _morning(days + LONG_AGO) for name, days in DAYS.items()}
    Round.objects.filter(pk=round_.pk).update(**times)
    round_ = Round.objects.select_related("document__head").get(pk=round_.pk)
    for row in rows:
        change = _wording(made[row["key"]]).changes.get()
        deciding.judge(change=change, outcome=Outcome(row["outcome"]), reason=row["said"], by=by)
        place = load_bench(round_).by_target[change.target]
        if row["outcome"] == Outcome.ADOPTED and place.merged is not None:
            content = place.merged.content
            deciding.confirm_result(round_=round_, target=change.target, content=content, basis=place.basis, by=by)
    deciding.consolidate(round_=round_, head=round_.document.head, by=by)


def _discuss(round_: Round, speakers: Mapping[str, User], by: User) -> None:
    """Let a round be discussed, with proposals in every state."""
    made = _propose_all(round_, _rows("vorschlaege"), speakers, by)
    _let_discuss(round_)
    _speak_all(round_, made, _rows("stimmen"), speakers)
    on_paper = Participant.objects.led_by(speakers["caritasverband-offenbach"]).get(round=round_)
    version = _wording(made["dreiergruppe"])
    voting.take_position(version=version, participant=on_paper, stance=Stance.AGREE, on_behalf=True, by=by)
    for key, (advice, reason) in ADVICE.items():
        reviewing.recommend(version=_wording(made[key]), advice=advice, reason=reason, by=by)


def _let_discuss(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(discuss_from=timezone.now())


def _propose_all(
    round_: Round, rows: Sequence[Mapping[str, str]], speakers: Mapping[str, User], by: User
) -> dict[str, Proposal]:
    """Make proposals and bring each where it is to be; return them by their keys."""
    scope, carriers = Scope(round_), _carriers(round_)
    made: dict[str, Proposal] = {}
    for row in rows:
        speaker = speakers[row["slug"]]
        made[row["key"]] = _propose(round_, carriers[row["slug"]], row, scope, by=speaker, staff=by)
    for row in rows:
        _review(made[row["key"]], row, into=made.get("dreiergruppe"), by=by)
    return made


def _speak_all(
    round_: Round,
    made: Mapping[str, Proposal],
    rows: Sequence[Mapping[str, str]],
    speakers: Mapping[str, User],
) -> None:
    carriers = _carriers(round_)
    for row in rows:
        _speak(made[row["key"]], carriers[row["slug"]], row, by=speakers[row["slug"]])


def _carriers(round_: Round) -> dict[str, Participant]:
    participants = round_.participants.prefetch_related("organisation")
    return {one.organisation.slug: one for one in participants if one.organisation}


def _speaker(slug: str) -> User:
    """Return who leads a carrier; whoever is made for that stands for a role and cannot log in."""
    carrier = Carrier.objects.get(slug=slug)
    known = carrier.memberships.filter(role=Role.MANAGER, user__is_active=True).select_related("user").first()
    if known:
        return known.user
    name = _("Koordination {carrier}").format(carrier=carrier.name)
    user = User.objects.create_user(f"{slug}@example.org", None, name=name)
    CarrierMembership.objects.create(organisation=carrier, user=user, role=Role.MANAGER)
    return user


def _start(title: str, by: User) -> Round:
    values = {
        "title": title,
        "about": _("Was hat sich in Ihren Kursen bewährt, und was nicht? Diese Runde gehört zu den Beispieldaten."),
        "quorum": 4,
        **{name: _morning(days) for name, days in DAYS.items()},
    }
    document = Document.objects.select_related("head").get(slug=SLUG)
    planned = planning.save_round(document=document, values=values, organisations=planning.entitled(), by=by)
    return planning.start(round_=planned, by=by)


def _morning(days: int) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(9)))


def _propose(
    round_: Round, participant: Participant, row: Mapping[str, str], scope: Scope, *, by: User, staff: User
) -> Proposal:
    """Write a proposal and submit it, unless it is to stay a draft; what came on paper the staff enter."""
    on_paper = row["state"] == ProposalState.UNCONFIRMED
    writer = staff if on_paper else by
    draft = proposing.begin(round_=round_, participant=participant, by=writer)
    _keep(draft, row, scope.tree, by=writer)
    proposing.describe(
        proposal=draft,
        title=row["title"],
        reason=row["reason"],
        names_author=False,
        is_editorial=bool(row["editorial"]),
        by=writer,
    )
    if row["state"] == ProposalState.DRAFT:
        return draft
    return (proposing.enter if on_paper else proposing.submit)(proposal=draft, scope=scope, by=writer)


def _keep(draft: Proposal, row: Mapping[str, str], tree: Tree, *, by: User) -> None:
    node = _passage(tree, row["old"])
    match row["operation"]:
        case Operation.INSERT:
            content = Content.clean(html=f"<p>{row['new']}</p>")
            parent = node.parent and node.parent.block
            proposing.keep_insertion(
                proposal=draft, kind=Kind.TEXT, content=content, parent=parent, after=node.block, by=by
            )
        case Operation.REMOVE:
            proposing.keep_removal(proposal=draft, seen=node.version, by=by)
        case Operation.FIELD:
            fields = {**node.version.fields, "ue": int(row["new"])}
            content = Content.clean(title=node.title, html=node.html, fields=fields)
            proposing.keep_wording(proposal=draft, seen=node.version, content=content, by=by)
        case _:
            html = node.html.replace(row["old"], row["new"])
            content = Content.clean(title=node.title, html=html, fields=node.version.fields)
            proposing.keep_wording(proposal=draft, seen=node.version, content=content, by=by)


def _passage(tree: Tree, words: str) -> Node:
    """Return the only passage that is called so, or says this."""
    called = [one for one in tree.walk() if words == one.title]
    [node] = called or [one for one in tree.walk() if words in one.html]
    return node


def _review(proposal: Proposal, row: Mapping[str, str], *, into: Proposal | None, by: User) -> None:
    """Do with a proposal what the staff did to bring it where it is."""
    match row["state"]:
        case ProposalState.ADMITTED:
            reviewing.admit(proposal=proposal, by=by)
        case ProposalState.QUESTION:
            reviewing.ask(proposal=proposal, reason=row["said"], by=by)
        case ProposalState.REFUSED:
            reviewing.refuse(proposal=proposal, reason=row["said"], by=by)
        case ProposalState.MERGED if into is not None:
            reviewing.merge(proposal=proposal, into=into, reason=row["said"], by=by)


def _speak(proposal: Proposal, participant: Participant, row: Mapping[str, str], *, by: User) -> None:
    """Take a carrier's position, or say something in its name."""
    if not row["stance"]:
        voting.remark(proposal=proposal, text=row["text"], participant=participant, by=by)
        return
    stance = Stance(row["stance"])
    voting.take_position(version=_wording(proposal), participant=participant, stance=stance, reason=row["text"], by=by)


def _wording(proposal: Proposal) -> Any:
    return Proposal.objects.select_related("current").get(pk=proposal.pk).current
