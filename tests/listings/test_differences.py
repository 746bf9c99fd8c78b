"""Old and new, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vielfalt.listings.differences import Part, words


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("Mo bis Fr", "Mo bis Do", [Part("same", "Mo bis "), Part("removed", "Fr"), Part("added", "Do")]),
        ("", "neu", [Part("added", "neu")]),
        ("alt", "", [Part("removed", "alt")]),
        ("gleich", "gleich", [Part("same", "gleich")]),
        ("", "", []),
        # Only spaces stay between changes: no reading in turns.
        (
            "Haus der Hilfe",
            "Ganz anders jetzt",
            [Part("removed", "Haus der Hilfe"), Part("added", "Ganz anders jetzt")],
        ),
        ("a b", "a b c", [Part("same", "a b"), Part("added", " c")]),
    ],
)
def test_differences(old, new, parts):
    assert words(old, new) == parts


@given(st.text(alphabet="ab c.\n"), st.text(alphabet="ab c.\n"))
def test_both_texts_can_be_read_from_it(old, new):
    parts = words(old, new)
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


def test_a_long_text_with_frequent_words():
    """difflib's default would call the frequent words junk and mark nearly everything."""
    text = " ".join(["und wir begleiten die Menschen zu der Schule"] * 60)
    changed = text.replace("Menschen", "Familien", 1)
    assert [part.text for part in words(text, changed) if part.kind != "same"] == ["Menschen", "Familien"]
