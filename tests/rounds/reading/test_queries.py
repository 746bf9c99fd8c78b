"""How many queries the pages of a round need: the same for few proposals and for many."""

import pytest

from leitfaden.rounds import voting
from leitfaden.rounds.models import Phase, Stance
from tests.databases import rolled_back
from tests.rounds.rounds import admitted, as_participant, let_it_be

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=[2, 10])
def many(request, cast, django_db_blocker):
    """So many admitted proposals, with positions and remarks, the round in its vote."""
    with rolled_back(django_db_blocker):
        round_ = cast.begin_round()
        proposals = [
            admitted(round_, cast.hanau, cast.alice, ("eins", f"eins {n}"), ("zwei", f"zwei {n}"), staff=cast.staff)
            for n in range(request.param)
        ]
        let_it_be(round_, Phase.VOTE)
        participant = as_participant(round_, cast.fulda)
        for proposal in proposals:
            voting.take_position(
                version=proposal.current, participant=participant, stance=Stance.VETO, reason="x", by=cast.bob
            )
        for n in range(request.param):
            voting.remark(proposal=proposals[0], text=f"Beitrag {n}", participant=participant, by=cast.bob)
        yield proposals


@pytest.mark.parametrize(
    ("name", "place", "queries"),
    [
        ("anonymous", "/leitfaden/runden/", 3),
        ("anonymous", "/leitfaden/runden/1/", 13),
        ("manager", "/leitfaden/runden/1/", 20),
        ("anonymous", "/leitfaden/runden/1/vorschlaege/", 14),
        ("manager", "/leitfaden/runden/1/vorschlaege/", 21),
        ("manager", "/leitfaden/runden/1/vorschlaege/?wiegt=alle&position=offen", 20),
        ("anonymous", "{proposal}", 16),
        ("manager", "{proposal}", 29),
        ("staff", "{proposal}", 25),
        ("anonymous", "/leitfaden/runden/neues.atom", 7),
    ],
)
def test_few_queries(many, readers, name, place, queries, django_assert_num_queries):
    client = readers(name)
    with django_assert_num_queries(queries):
        assert client.get(place.format(proposal=many[0].get_absolute_url())).status_code == 200
