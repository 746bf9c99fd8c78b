"""The chart of how carriers stand: what it counts and how it is drawn."""

from itertools import pairwise

import pytest

from leitfaden.rounds.consensus import Consensus


@pytest.mark.parametrize("entitled", [1, 3, 7, 12, 60])
def test_bars_fill_the_whole_side_by_side(entitled):
    for agree in range(entitled + 1):
        consensus = Consensus(entitled, 1, agree, *(0, 0, 0), entitled - agree)
        bars = consensus.bars
        assert sum(bar.number for bar in bars) == entitled
        assert bars[-1].start + bars[-1].width == 100
        for bar, after in pairwise(bars):
            assert bar.start + bar.width == after.start


def test_shares_are_those_of_all_who_are_entitled():
    bars = Consensus(12, 4, 2, 1, 1, 0, 0).bars
    assert [bar.percent for bar in bars] == [17, 8, 8, 0, 0, 67]
    assert [bar.percent for bar in Consensus(0, 0, 0, 0, 0, 0, 0).bars] == [0] * 6
