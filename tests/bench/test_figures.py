"""What the bench makes of its measurements; measuring itself is no test."""

import pytest

from tests.bench import goals
from tests.bench.figures import AGAIN, COLD, FIRST, KNOWN, Figures, changes, growth, percentile
from tests.bench.goals import Goal
from tests.bench.printing import table
from tests.bench.rows import BARE, MEMBERS


def figures(name="home", way=FIRST, size=1_000, **more):
    """A row that reaches every goal."""
    share = {COLD: 6, FIRST: 6, AGAIN: 40, KNOWN: 50}[way]
    values = {
        "queries": 8,
        "p50_ms": 20,
        "p95_ms": 30,
        "rate": 100,
        "share": share,
        "alone_ms": 60,
        "bytes_raw": 900_000,
        "bytes_compressed": 250_000,
        "memory_mb": 150,
    }
    return Figures(name, way, size, **{**values, **more})


def missed(*rows):
    return {goal.name: goal.missed for goal in goals.of_answers(rows) if goal.missed}


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([3, 1, 2], 50, 2), ([1, 2, 3, 4], 50, 2), ([*range(1, 101)], 95, 95), ([7], 95, 7), ([5, 9], 95, 9)],
)
def test_percentile(values, percent, expected):
    assert percentile(values, percent) == expected


def test_growth_is_told_by_shares():
    rows = [figures(size=300, share=12), figures(size=1_000, share=6), figures(size=10_000, share=3)]
    bare = figures(BARE, size=0, share=100)
    assert list(growth([*rows, bare])) == [("home", FIRST, [2, 4])]


def test_changes_meet_the_same_rows_by_their_shares():
    before = [figures(share=4, rate=400), figures("map")]
    now = [figures(share=6, rate=60), figures("list")]
    (change,) = changes(before, now)
    assert change.times == 1.5
    assert change.row()[:3] == [1_000, "home", FIRST]


class TestGoals:
    @pytest.mark.parametrize("way", [COLD, FIRST, AGAIN, KNOWN])
    @pytest.mark.parametrize("size", [300, 1_000, 10_000])
    def test_reached(self, way, size):
        assert missed(figures(way=way, size=size), figures("data", way, size)) == {}

    @pytest.mark.parametrize(
        ("row", "goal"),
        [
            (figures(way=COLD, share=5.9), "first computed, nothing known, with 1,000"),
            (figures(way=COLD, size=10_000, share=4.9), "first computed, nothing known, with 10,000"),
            (figures(share=5.9), "first computed, other pages known, with 1,000"),
            (figures(size=10_000, share=4.9), "first computed, other pages known, with 10,000"),
            (figures(way=AGAIN, share=39), "asked again, with 1,000"),
            (figures(way=KNOWN, size=300, share=49), "repeated visit, with 300"),
            (figures("data", size=10_000, alone_ms=61), "map data alone, with 10,000"),
            (figures("data", size=10_000, bytes_compressed=251_000), "map data sent, with 10,000"),
            (figures(queries=9), "queries of a public page"),
            (figures(MEMBERS, memory_mb=151), "memory of a worker"),
        ],
    )
    def test_missed(self, row, goal):
        assert list(missed(row)) == [goal]

    def test_queries_that_grow(self):
        assert missed(figures(queries=4), figures(size=300, queries=5)) == {
            "different numbers of queries between sizes": {"home first": 2}
        }

    def test_pages_of_members_have_no_goal_for_speed(self):
        assert missed(figures(MEMBERS, share=1, queries=30)) == {}

    def test_nothing_measured_is_no_goal(self):
        assert [goal.name for goal in goals.of_answers([figures(way=AGAIN, queries=None)])] == [
            "asked again, with 1,000",
            "memory of a worker",
        ]

    def test_words(self):
        least = Goal("share", {"home": 7, "map": 3}, 6, "%", is_least=True)
        assert str(least) == "NOT reached  share ≥ 6 %: 1 of 2 (map 3)"
        assert str(Goal("memory", {"home": 7, "map": 3}, 8, "MB")) == "reached      memory ≤ 8 MB: at worst home 7"


def test_table():
    lines = table(["row", "SQL", "req/s"], [["home", 6, 1234.5], ["static", None, 0.123]]).splitlines()
    assert lines == ["row     SQL  req/s", "home      6  1,234", "static       0.123"]
