"""One table of the settings as a file: written, changed, previewed, taken in."""

from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Role
from patrol_desk.services.rules import Override, read_rules, set_rule
from patrol_desk.services.settings.files import preview_settings_table, take_settings_table, write_settings_table
from patrol_desk.services.settings.holidays import read_holidays
from tests.helpers.tiny import Tiny


def test_rules_go_out_and_come_back(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """The file holds what is set; taken in after a change it says how many rows, then puts them back."""
    set_rule(tiny.station, chief, Override("rest_minutes", number=660))
    path = write_settings_table(tiny.station, chief, tmp_path, "rules")
    assert path.name == "规则.csv"
    assert "660" in path.read_text(encoding="utf-8-sig")
    same = preview_settings_table(tiny.station, chief, path, "rules")
    assert (same.added, same.changed, same.same, same.fault) == (0, 0, 2, None)
    set_rule(tiny.station, chief, Override("rest_minutes", number=480))
    seen = preview_settings_table(tiny.station, chief, path, "rules")
    assert (seen.added, seen.changed, seen.ended) == (0, 1, 0)
    take_settings_table(tiny.station, chief, path, "rules")
    rest = next(line for line in read_rules(tiny.station, chief).rules if line.rule.code == "rest_minutes")
    assert rest.number == 660


def test_a_year_is_taken_in_and_another_table_is_not(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """A row that cannot be right stays out with its reason; a file of rules is no year."""
    year = tmp_path / "holidays.csv"
    rows = (
        "日期,节假日名称,节假日类别,已公布",
        "2027-01-01,元旦,节假日,是",
        "2027-02-14,春节调休,调休上班,否",
        "2027-13-01,错,节假日,是",
    )
    year.write_text("\n".join(rows), encoding="utf-8")
    seen = preview_settings_table(tiny.station, chief, year, "holidays")
    assert (seen.added, seen.rejected) == (2, 1)
    assert seen.fault is not None
    assert "2027-13-01" in render(seen.fault)
    take_settings_table(tiny.station, chief, year, "holidays")
    days = {row.on_date.isoformat(): row for row in read_holidays(tiny.station, chief)}
    assert (days["2027-01-01"].workday, days["2027-02-14"].workday) == (False, True)
    assert not days["2027-02-14"].announced
    with pytest.raises(InvalidDataError) as told:
        preview_settings_table(tiny.station, chief, year, "rules")
    assert "规则" in render(told.value.message)


def test_roles_without_the_right_are_refused(tiny: Tiny, tmp_path: Path) -> None:
    """Neither out nor in."""
    viewer = Actor(None, "只读", Role.VIEWER)
    with pytest.raises(ForbiddenError):
        write_settings_table(tiny.station, viewer, tmp_path, "rules")
    with pytest.raises(ForbiddenError):
        take_settings_table(tiny.station, viewer, tmp_path / "x.csv", "rules")
