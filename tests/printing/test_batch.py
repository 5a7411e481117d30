"""Printing all squads: progress, cancel, what is reported, what is left on the disk."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from patrol_desk.bench.printing import bench_print
from patrol_desk.bench.printing_kinds import bench_kinds
from patrol_desk.common.errors import CancelledByUserError, InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.messages import render
from patrol_desk.printing import PrintResult, print_squad_weeks
from patrol_desk.printing.files import PrintFileError
from tests.printing import specimens


def test_all_squads_go_into_one_file(tmp_path: Path) -> None:
    """What is reported is what is in the file."""
    out = tmp_path / "全部小组.pdf"
    result = print_squad_weeks([specimens.ordinary(), specimens.crowd(60)], out, lang="en")
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == 4
    assert result == PrintResult(4, 2, out.stat().st_size, result.seconds, ())
    assert result.seconds > 0


def test_progress_counts_the_sheets(tmp_path: Path) -> None:
    """One report before each sheet and one at the end, in words of both languages."""
    seen: list[tuple[int, int]] = []

    def report(what: Message, done: int, total: int) -> None:
        assert render(what, "zh") != render(what, "en")
        seen.append((done, total))

    print_squad_weeks(iter([specimens.ordinary()] * 3), tmp_path / "out.pdf", progress=report)
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_cancel_leaves_everything_as_it_was(tmp_path: Path, after: int) -> None:
    """Stopped before the first sheet, between two, or at the very end: the old file stands, no other is there."""
    out = tmp_path / "out.pdf"
    out.write_bytes(b"old")
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(CancelledByUserError):
        print_squad_weeks([specimens.ordinary()] * 2, out, cancelled=cancelled)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_to_print_is_said(tmp_path: Path) -> None:
    """No squad: a sentence, and no empty file."""
    with pytest.raises(InvalidDataError) as caught:
        print_squad_weeks([], tmp_path / "out.pdf")
    assert "小组" in render(caught.value.message, "zh")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A missing folder is named."""
    with pytest.raises(PrintFileError):
        print_squad_weeks([specimens.ordinary()], tmp_path / "none" / "out.pdf")
    assert list(tmp_path.iterdir()) == []


def test_missing_characters_are_reported(tmp_path: Path) -> None:
    """A character that the font lacks is reported, and the rest of the sheet prints."""
    sheet = specimens.ordinary()
    strange = replace(sheet, rows=(replace(sheet.rows[0], name="陈\U000323af"), *sheet.rows[1:]))
    result = print_squad_weeks([strange, strange], tmp_path / "out.pdf")
    assert result.unprintable == ("\U000323af",)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert "陈〓" in document[0].get_textpage().get_text_range()


def test_the_benchmark_tells_its_figures() -> None:
    """One page a squad, within the promised size and memory for a township's 330."""
    figures = bench_print(12)
    assert figures["sheets"] == figures["pages"] == 12
    size, peak = figures["bytes"], figures["peak_mb"]
    assert isinstance(size, int)
    assert isinstance(peak, float)
    assert 0 < size < 15_000_000
    assert {"seconds", "bare_seconds", "ratio", "first_page_seconds"} <= set(figures)


def test_the_other_kinds_are_measured_too() -> None:
    """A few of each of the larger kinds, with as many pages as these take."""
    figures = bench_kinds(posts=3, squads=2, slips=5)
    assert {kind: (one["sheets"], one["pages"]) for kind, one in figures.items()} == {
        "checkpoint-week": (3, 3),
        "sign-in": (3, 3),
        "overview": (1, 1),
        "slip": (5, 2),
        "availability": (2, 4),
    }


@pytest.mark.long
def test_a_townships_squads_fit_the_bounds() -> None:
    """330 squads of 26 people: one page each, at most 15 MB."""
    figures = bench_print(330)
    size = figures["bytes"]
    assert figures["pages"] == 330
    assert isinstance(size, int)
    assert size <= 15_000_000
