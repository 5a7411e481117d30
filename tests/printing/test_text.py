"""Fitting text: it shrinks, then wraps; nothing is cut and nothing is wider than its room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.layout.text import Typesetter

SIZES = (9.75, 9.0, 8.25, 7.5)
HAN_MM = 7.5 * 25.4 / 72
TEXTS = st.text(alphabet="石桥市场𬭊㛃·•/（），。 Aa b-12", min_size=1, max_size=40)


@pytest.fixture
def typesetter() -> Typesetter:
    """Return a typesetter of the print font."""
    return Typesetter(print_font())


@given(text=TEXTS, room=st.floats(HAN_MM, 60.0), bold=st.booleans())
def test_nothing_is_cut_and_nothing_is_too_wide(text: str, room: float, bold: bool) -> None:
    """Every character but the spaces at a line's ends is there, in order, and no line is wider than the room."""
    fitted = Typesetter(print_font()).fit(text, room, SIZES, bold=bold)
    assert "".join(fitted.lines).replace(" ", "") == text.replace(" ", "")
    assert all(width <= room + 1e-9 for width in fitted.widths)
    assert fitted.height == pytest.approx(len(fitted.lines) * fitted.line_height)


def test_a_little_too_long_shrinks_before_it_wraps(typesetter: Typesetter) -> None:
    """A text that fits on one line in a smaller size stays on one line."""
    fitted = typesetter.fit("石桥市场东", 5 * 9.0 * 25.4 / 72 + 0.01, SIZES)
    assert fitted.lines == ("石桥市场东",)
    assert fitted.size == 9.0


def test_a_name_divides_at_its_middle_dot(typesetter: Typesetter) -> None:
    """A name of two parts that needs two lines has one part on each."""
    fitted = typesetter.fit("阿卜杜热依木·买买提江", 8 * HAN_MM, SIZES)
    assert fitted.lines == ("阿卜杜热依木·", "买买提江")


def test_punctuation_and_latin_words_stay_together(typesetter: Typesetter) -> None:
    """No line begins with a closing mark, and a word is broken only if it is wider than the room."""
    fitted = typesetter.fit("请到岗，签到 Checkpoint（东）岗", 6.2 * HAN_MM, (7.5,))
    assert not any(line[0] in "，）" or line[-1] == "（" for line in fitted.lines)
    assert any("Checkpoint" in line for line in fitted.lines)


def test_a_room_too_narrow_for_anything_still_shows_each_character(typesetter: Typesetter) -> None:
    """A room narrower than a character gets one character a line."""
    assert typesetter.fit("石桥", 0.1, SIZES).lines == ("石", "桥")
