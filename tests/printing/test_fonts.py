"""The print font: what it covers, and that its figures are those of the committed files."""

import pytest
from fontTools.ttLib import TTFont

from patrol_desk.printing.fonts import REPLACEMENT, print_font, unprintable
from tests.printing.specimens import RARE_NAMES

RADICALS = range(0x2E80, 0x2FE0)


@pytest.mark.parametrize("bold", [False, True])
def test_the_figures_are_those_of_the_font_file(bold: bool) -> None:
    """Coverage and every advance width agree with the font file, so what the layout measures is what is painted."""
    font = print_font()
    with TTFont(font.files[bold], lazy=True) as file:
        cmap = file.getBestCmap()
        assert cmap is not None
        metrics = file["hmtx"]
        covered = {
            point for first, last in zip(font.starts, font.ends, strict=True) for point in range(first, last + 1)
        }
        assert covered == set(cmap)
        wrong = [
            chr(p) for p, glyph in cmap.items() if metrics[glyph][0] != round(1000 * font.width(chr(p), 1, bold=bold))
        ]
        assert wrong == []


@pytest.mark.parametrize("bold", [False, True])
def test_no_two_characters_share_a_glyph(bold: bool) -> None:
    """A PDF's text comes from its glyphs: a shared glyph would come out as the other character."""
    with TTFont(print_font().files[bold], lazy=True) as file:
        cmap = file.getBestCmap()
        assert cmap is not None
        assert len(set(cmap.values())) == len(cmap)
        assert not any(point in cmap for point in RADICALS)


def test_the_characters_of_names_are_covered() -> None:
    """Unified Han of the basic plane to 9FEF, extension A, and the rare characters in use beyond the basic plane."""
    font = print_font()
    assert all(font.covers(chr(point)) for point in (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0)))
    assert unprintable(RARE_NAMES) == []


def test_what_no_font_has_is_named_once_and_replaced() -> None:
    """A missing character is told before printing, and prints as the mark for a missing sort."""
    missing = "\U000323af"
    assert unprintable([f"陈{missing}", f"{missing}然", "骆宇\t"]) == [missing]
    assert print_font().printable(f"陈{missing}\t然") == f"陈{REPLACEMENT} 然"


def test_marks_without_a_shape_are_left_out() -> None:
    """A variation selector or joiner in a name neither prints nor counts as missing."""
    name = "葛\U000e0100\u200d城"
    assert unprintable([name]) == []
    assert print_font().printable(name) == "葛城"
