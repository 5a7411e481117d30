"""How the window writes days and words that stand alone, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QApplication

from patrol_desk.ui.i18n import capital, tr
from patrol_desk.ui.i18n.catalog import Translation
from patrol_desk.ui.i18n.dates import date_text, full_moment_text

DAY = date(2026, 11, 5)


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Translation]:
    """Return what switches the language; none is in force afterwards."""
    translation = Translation(qapp)
    yield translation
    translation.stop()


def test_days_are_written_as_the_language_writes_them(spoken: Translation) -> None:
    """In a sentence as well as alone; a moment keeps its clock."""
    said, moment = {}, datetime(2026, 11, 5, 8, 7, tzinfo=UTC)
    for name in ("zh", "en"):
        spoken.use(name)
        said[name] = [
            date_text(DAY),
            tr("{day} 起", day=DAY),
            full_moment_text(moment),
        ]
    assert said["zh"] == ["2026-11-05", "2026-11-05 起", "2026-11-05 08:07"]
    assert said["en"] == ["5 Nov 2026", "since 5 Nov 2026", "5 Nov 2026 08:07"]


def test_words_that_stand_alone_begin_with_a_capital() -> None:
    """Chinese is as it was."""
    assert [capital(text) for text in ("their own wish", "本人自愿", "")] == ["Their own wish", "本人自愿", ""]


def test_thousands_are_set_apart_where_something_is_counted(spoken: Translation) -> None:
    """A year and the number of a week are no counts."""
    for name, people, year in (("zh", "8,500 人", "2026 年"), ("en", "8,500 people", "2026")):
        spoken.use(name)
        assert tr("{count} 人", count=8500) == people
        assert tr("{year} 年", year=2026) == year
