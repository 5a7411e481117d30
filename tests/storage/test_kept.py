"""What an import keeps for taking it back reads as it was written."""

import zlib
from datetime import UTC, date, datetime

import pytest

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import ImportRun, ImportState, MapFeature, Person, PersonStatus, Skill
from patrol_desk.storage.kept import KeptChange, KeptTable, pack, unpack

PERSON = {
    "name": "单小明", "status": PersonStatus.INACTIVE, "birth_date": date(1990, 5, 1), "gender": None,
    "weekly_cap": 3, "home_lon": 113.75,
}  # fmt: skip


def test_every_kind_of_value_comes_back() -> None:
    """Dates, moments, words of closed lists, numbers, lines of a map, nothing."""
    tables = [
        KeptTable(Person, ["a", "b"], [KeptChange("c", 4, PERSON)], {"b": 3}),
        KeptTable(MapFeature, [], [KeptChange("d", 2, {"line": [[113.7, 22.9], [113.8, 22.8]]})]),
        KeptTable(
            ImportRun, [], [KeptChange("e", 2, {"at": datetime(2026, 1, 5, tzinfo=UTC), "state": ImportState.DONE})]
        ),
    ]
    assert unpack(pack([*tables, KeptTable(Skill)])) == tables
    assert tables[0].expected() == {"a": 1, "b": 3, "c": 4}


def test_rows_that_are_as_before_again_are_followed() -> None:
    """Only a row that was left at the version from which a later import changed it."""
    table = KeptTable(Person, ["a", "b", "c"], [KeptChange("d", 4, PERSON), KeptChange("e", 2, PERSON)])
    assert not table.follow({"a": (2, 4), "x": (1, 3)})
    assert table.follow({"a": (1, 3), "b": (2, 4), "d": (4, 6)})
    assert table.expected() == {"a": 3, "b": 1, "c": 1, "d": 6, "e": 2}


@pytest.mark.parametrize(
    "data", [b"", b"none of ours", zlib.compress(b"{"), zlib.compress(b'{"form": 9, "tables": []}')]
)
def test_what_is_none_of_ours_is_refused(data: bytes) -> None:
    """A damaged or newer account is not half understood."""
    with pytest.raises(InvalidDataError) as refused:
        unpack(data)
    assert all(render(refused.value.message, language) for language in LANGUAGES)
