"""What a checkpoint's patrols need is read and written; cells that a security period raises in a week are named."""

from datetime import timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.common.weeks import Week
from patrol_desk.engine.problem import OFFICIAL
from patrol_desk.models import AuditEntry, Role, Skill
from patrol_desk.services.exporting import export_checkpoints
from patrol_desk.services.places import place_detail, save_period, update_checkpoint
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from patrol_desk.sync.tables.places import CHECKPOINTS
from tests.helpers.tiny import MONDAY, WEEK, Tiny

DAY = timedelta(days=1)
NEEDS = {"needs_official": True, "needs_leader": True, "weekly_visits": 3, "blind_hours": 48}


def test_what_patrols_need_is_kept_and_undone(ground: Tiny, chief: Actor) -> None:
    """With it comes the kind of seat for officers, as by an import; out of range it is refused in words."""
    done = update_checkpoint(ground.station, chief, ground.ids["P1"], 1, NEEDS)
    detail = place_detail(ground.station, chief, ground.ids["P1"])
    assert {name: getattr(detail, name) for name in NEEDS} == NEEDS
    with ground.station.read() as session:
        assert queries.first(session, Skill, code=OFFICIAL) is not None
    for field, value in (("weekly_visits", 29), ("blind_hours", -1)):
        with pytest.raises(InvalidDataError):
            update_checkpoint(ground.station, chief, ground.ids["P1"], 2, {field: value})
    revert(ground.station, chief, done.patch)
    detail = place_detail(ground.station, chief, ground.ids["P1"])
    assert not any(getattr(detail, name) for name in NEEDS)
    with ground.station.read() as session:
        assert queries.first(session, Skill, code=OFFICIAL) is None


def raised(ground: Tiny, actor: Actor, week: Week = WEEK) -> dict[tuple[str, int], tuple[str, ...]]:
    """Return the raised cells of a checkpoint: pattern's name and weekday → periods."""
    detail = place_detail(ground.station, actor, ground.ids["P1"], week)
    names = {pattern.id: pattern.name for pattern in detail.patterns}
    return {(names[cell.pattern_id], cell.weekday): cell.periods for cell in detail.raised}


def test_cells_that_a_period_raises_in_the_week_are_named(ground: Tiny, chief: Actor) -> None:
    """Of shifts that lie in it, the one into its first morning too; not in other weeks, nor without demand."""
    detail = place_detail(ground.station, chief, ground.ids["P1"])
    patterns = {pattern.id: pattern.name for pattern in detail.patterns}
    asked = {(patterns[cell.pattern_id], cell.weekday) for cell in detail.cells if cell.desired}
    assert asked
    assert raised(ground, chief) == {}
    days = {"first_on": MONDAY, "last_on": MONDAY + 6 * DAY}
    base = {"code": "S1", "name": "年货节", "more_minimum": 1, "more_desired": 1, "percent": 0, **days}
    save_period(ground.station, chief, base)
    save_period(ground.station, chief, {**base, "code": "S2", "name": "空", "more_minimum": 0, "more_desired": 0})
    assert raised(ground, chief) == dict.fromkeys(asked, ("年货节",))
    save_period(ground.station, chief, {**base, "code": "S3", "name": "巡查", "percent": 50})
    assert raised(ground, chief) == dict.fromkeys(asked, ("年货节", "巡查"))
    nights = {cell for cell in raised(ground, chief, WEEK.plus(-1)) if cell[0] != "夜班" or cell[1] != 6}
    assert nights == set()
    assert raised(ground, chief, WEEK.plus(1)) == {}


def test_a_list_of_checkpoints_goes_to_a_file(ground: Tiny, chief: Actor, tmp_path: Path) -> None:
    """By code, as the import takes it, CSV or workbook; noted in the log; who may not is refused."""
    ids = [ground.ids["P2"], ground.ids["P1"]]
    report = export_checkpoints(ground.station, chief, ids, tmp_path / "点位.csv")
    lines = (tmp_path / "点位.csv").read_text(encoding="utf-8-sig").splitlines()
    heads = [column.zh for column in CHECKPOINTS.columns]
    assert lines[0].split(",")[: len(heads)] == heads
    assert [line.split(",")[heads.index("执勤点编号")] for line in lines[1:]] == ["P1", "P2"]
    assert report.rows == 2
    book = export_checkpoints(ground.station, chief, ids[:1], tmp_path / "点位.xlsx", language="en")
    assert (book.rows, (tmp_path / "点位.xlsx").stat().st_size > 1000) == (1, True)
    with ground.station.read() as session:
        noted = [row.details for row in queries.many(session, AuditEntry, "number", action="export.checkpoints")]
    assert [row["checkpoints"] for row in noted if "checkpoints" in row] == [2, 1]
    with pytest.raises(ForbiddenError):
        export_checkpoints(ground.station, Actor(None, "看板", Role.VIEWER), ids, tmp_path / "不行.csv")
    assert not (tmp_path / "不行.csv").exists()
