"""The PDF: names come out code point by code point, it says what it is, and the same sheets give the same bytes."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from patrol_desk.common.errors import PatrolError
from patrol_desk.printing import print_squad_weeks, render_qt
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.pdf import DocumentInfo, mend, qt_map, to_unicode
from patrol_desk.printing.pdf_qt import pdf_bytes
from patrol_desk.printing.render_qt import QtFont, ensure_gui_application
from patrol_desk.printing.sheets.squad_week import SquadWeekLayout
from tests.printing import specimens


def texts(file: Path) -> list[str]:
    """Return the text of each page as a reader would copy it."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a PDF of three squads."""
    file = tmp_path_factory.mktemp("printed") / "squads.pdf"
    print_squad_weeks([specimens.ordinary(), specimens.hard(), specimens.crowd(60)], file)
    return file


def test_every_name_comes_out_code_point_by_code_point(printed: Path) -> None:
    """Nothing is normalised, replaced or lost: not 石 or 卜, not the characters beyond the basic plane, not a dot."""
    pages = texts(printed)
    for row in specimens.ordinary().rows:
        assert row.name in pages[0]
    for row in specimens.hard().rows[:-1]:
        assert row.name in pages[1], [hex(ord(character)) for character in row.name]
    assert all(part in pages[1] for part in ("阿卜杜热依木·", "买买提江·艾"))
    crowd = "".join(pages[2:])
    assert all(crowd.count(row.name) == 1 for row in specimens.crowd(60).rows[1:])


def test_each_character_of_the_font_beyond_the_basic_plane_survives(tmp_path: Path) -> None:
    """Every such character the font has can be searched for and copied."""
    font = print_font()
    rare = [chr(point) for first, last in zip(font.starts, font.ends, strict=True) for point in range(first, last + 1)]
    rare = [character for character in rare if ord(character) >= 0x20000]
    assert len(rare) > 2000
    names = ["".join(rare[start : start + 10]) for start in range(0, len(rare), 10)]
    rows = tuple(specimens.row(number, name) for number, name in enumerate(names, start=1))
    file = tmp_path / "rare.pdf"
    print_squad_weeks([replace(specimens.ordinary(), rows=rows)], file)
    text = "".join(texts(file))
    assert [name for name in names if name not in text.replace("\r\n", "")] == []


def test_it_says_what_it_is_and_names_nobody(printed: Path) -> None:
    """Language, title and station are in the document information; no member's, leader's or printer's name is."""
    with pikepdf.open(printed) as pdf:
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.docinfo["/Title"] == "莞溪镇义警执勤排班表 2026-W48"
        assert pdf.docinfo["/Author"] == "莞溪派出所"
        assert pdf.docinfo["/CreationDate"] == "D:20261125142600+08'00'"
        assert "/Metadata" not in pdf.Root
        said = "".join(str(value) for value in pdf.docinfo.values())
        assert not any(name in said for name in ("梁子谦", "周以恒", "6846"))


def test_each_squad_has_a_bookmark_at_its_first_page(printed: Path) -> None:
    """Whoever looks for one squad among hundreds finds it by its name."""
    with pikepdf.open(printed) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        places = [item.destination for item in outline.root]
        targets = [pdf.pages.index(pikepdf.Page(place[0])) for place in places if isinstance(place, pikepdf.Array)]
    assert titles == ["石桥队", specimens.hard().squad_name, "石桥队"]
    assert targets == [0, 1, 2]


def test_only_the_print_font_is_in_it_and_only_in_part(printed: Path) -> None:
    """Both weights are embedded as subsets, so that the sheet looks the same on every machine and stays small."""
    with pikepdf.open(printed) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert {str(font.FontName).split("+")[1] for font in fonts} == {
            "PatrolDeskPrint-Regular",
            "PatrolDeskPrint-Bold",
        }
        assert all("/FontFile2" in font for font in fonts)
    assert printed.stat().st_size < 300_000


def test_the_same_sheets_give_the_same_bytes(tmp_path: Path) -> None:
    """Two prints of one moment cannot be told apart."""
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for file in files:
        print_squad_weeks([specimens.hard()], file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_glyphs_that_are_not_kept_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for a few texts only, made again and again, the file is the same byte for byte."""
    files = [tmp_path / "all.pdf", tmp_path / "few.pdf"]
    print_squad_weeks([specimens.ordinary(), specimens.hard()], files[0])
    monkeypatch.setattr(render_qt, "MOST_RUNS", 3)
    print_squad_weeks([specimens.ordinary(), specimens.hard()], files[1])
    assert files[0].read_bytes() == files[1].read_bytes()


def test_pages_are_a4_landscape(printed: Path) -> None:
    """Every page is 297 by 210 millimetres, to half a point."""
    with pypdfium2.PdfDocument(printed) as document:
        sizes = {page.get_size() for page in document}
    assert all(size == pytest.approx((841.9, 595.3), abs=0.5) for size in sizes)


def test_numbers_that_do_not_match_are_not_written_down() -> None:
    """Were Qt to number its glyphs otherwise, the text would be wrong: better no PDF than wrong names in it."""
    ensure_gui_application()
    font = QtFont(print_font())
    raw = pdf_bytes(SquadWeekLayout("zh").pages(specimens.ordinary()), font)
    info = DocumentInfo("", "", "zh", datetime.fromisoformat("2026-11-25T14:26"))
    painted = font.painted()
    assert mend(raw, info, painted)
    swapped = {name: (characters[1], characters[0], *characters[2:]) for name, characters in painted.items()}
    for wrong in (swapped, {"AnotherFont": ("石",)}):
        with pytest.raises(PatrolError) as caught:
            mend(raw, info, wrong)
        assert caught.value.message.code == "print.text_not_kept"


def test_the_map_reads_as_it_was_written() -> None:
    """Sections of a hundred, numbers from one, UTF-16 for what lies beyond the basic plane."""
    text = to_unicode(["石", "𬭊", *"一" * 99])
    assert "100 beginbfchar\n<0001> <77F3>\n<0002> <D872DF4A>\n" in text
    assert "1 beginbfchar\n<0065> <4E00>\n" in text


def test_both_forms_of_qts_ranges_are_understood() -> None:
    """Qt writes consecutive numbers with a list, and one number with one value."""
    assert qt_map(b"<0000> <0000> <0000>\n<0001> <0002> [<77F3> <5356> ]\n") == {0: "\0", 1: "石", 2: "卖"}
