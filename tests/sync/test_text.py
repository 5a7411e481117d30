"""A text survives the way through a file, whatever it is, and no spreadsheet takes it for something else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.sync.text import CLEAR_WORDS, EXAMPLE_MARKS, damage_of, fold, harmless, mark, needs_mark, unmark

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'", "''", "'=", " ", "\u3000")
TEXTS = st.one_of(
    st.text(),
    st.builds(str.__add__, st.sampled_from(STARTS), st.text(max_size=6)),
    st.builds(str.__add__, st.text(max_size=4), st.sampled_from((" ", "\n", "\u3000", "'"))),
    st.sampled_from(("清空", "CLEAR", "#REF!", "#####", "4.419E+17", "0012", "8-12", "【示例】x", "'清空", "𬭊'=1")),
)


@given(TEXTS.filter(bool))
def test_reading_takes_back_exactly_the_mark_that_writing_gave(text: str) -> None:
    """Reading takes back exactly the mark that writing gave."""
    cell = mark(text)
    read, literal = unmark(cell)
    assert read == text
    assert literal == (cell != text)


@given(TEXTS.filter(bool))
def test_no_written_cell_begins_like_a_formula(text: str) -> None:
    """No written cell begins like a formula."""
    assert mark(text)[0] not in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("text", ["张三", "O'Brien", "a=b", "1", "12345", "2 号岗", "沙角-1", "'tis"])
def test_ordinary_text_stands_as_it_is(text: str) -> None:
    """Ordinary text stands as it is."""
    assert mark(text) == text
    assert unmark(f"  {text}\u3000") == (text, False)


@pytest.mark.parametrize(
    "text", [*sorted(CLEAR_WORDS), *sorted(EXAMPLE_MARKS), "0012", "8-12", "2026-01-05", "441900121001", "1e5"]
)
def test_what_reading_or_a_spreadsheet_would_take_otherwise_is_marked(text: str) -> None:
    """What reading or a spreadsheet would take otherwise is marked."""
    assert needs_mark(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4.419E+17", "import.damage_scientific"),
        ("4.41900199003071E+017", "import.damage_scientific"),
        ("########", "import.damage_hashes"),
        ("#REF!", "import.damage_error_value"),
        ("#N/A", "import.damage_error_value"),
        ("Err:502", "import.damage_error_value"),
        ("#1 岗", None),
        ("E", None),
        ("EAST", None),
    ],
)
def test_damage_is_told_from_text(text: str, code: str | None) -> None:
    """Damage is told from text."""
    assert damage_of(text) == code


def test_text_that_was_forced_on_a_spreadsheet_is_read_as_what_it_is() -> None:
    """Some programs write ="0012" or an apostrophe so that a number stays as it is."""
    assert unmark('="441900199003071239"') == ("441900199003071239", False)
    assert unmark('="a"&"b"') == ('="a"&"b"', False)
    assert harmless('="0012"') == "0012"
    assert fold("'13800001111") == "13800001111"


def test_codes_are_read_as_they_were_meant() -> None:
    """Codes are read as they were meant."""
    assert fold("\uff28\uff2d\uff0d\uff11\u200b\ufeff") == "HM-1"
    assert unicodedata.normalize("NFC", fold("\u3000\uff11\uff12 ")) == "12"


@given(TEXTS)
def test_a_rejected_cell_means_the_same_when_it_is_read_again(cell: str) -> None:
    """A rejected cell means the same when it is read again."""
    assert unmark(harmless(cell))[0] == unmark(cell)[0] or cell.strip() == ""
    assert harmless(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
