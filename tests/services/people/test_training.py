"""Courses are noted for one person or many, changed, taken back and undone; who must be refreshed is known."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Role, TrainingResult
from patrol_desk.services.exporting import export_folder, export_people
from patrol_desk.services.importing import import_folder
from patrol_desk.services.people import (
    Training,
    TrainingRow,
    add_training,
    change_training,
    changed_people,
    end_training,
    list_people,
    people_choices,
    person_detail,
    retire_people,
)
from patrol_desk.services.people.merge import merge_people
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from tests.helpers.tiny import CLOCK, WEEK, Tiny

TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
PASSED, FAILED, ATTENDED = TrainingResult


def course(name: str = "勤务规范", ago: int = 10, result: TrainingResult = PASSED, due: int | None = 30) -> Training:
    """Return a course of two hours, taken so many days ago and due in so many."""
    return Training(name, TODAY - ago * DAY, 120, result, None if due is None else TODAY + due * DAY)


def rows(tiny: Tiny, actor: Actor, code: str) -> tuple[TrainingRow, ...]:
    """Return somebody's courses."""
    return person_detail(tiny.station, actor, tiny.ids[code], WEEK).training


def due(tiny: Tiny, actor: Actor) -> dict[str, date]:
    """Return who must be refreshed by when, as the list shows it."""
    return {row.code: row.refresh_on for row in list_people(tiny.station, actor, WEEK) if row.refresh_on is not None}


def test_many_are_noted_at_once_and_nobody_twice(tiny: Tiny, chief: Actor) -> None:
    """Who has the course on that day is left alone; one step; its name is offered next time."""
    add_training(tiny.station, chief, [tiny.ids["A"]], course())
    done = add_training(tiny.station, chief, [tiny.ids[code] for code in "ABX"], course(" 勤务规范 "))
    assert (done.value.people, done.value.kept) == (2, 1)
    assert [(row.course, row.minutes, row.result) for row in rows(tiny, chief, "B")] == [("勤务规范", 120, PASSED)]
    assert people_choices(tiny.station, chief).courses == ("勤务规范",)
    changed = changed_people(tiny.station, chief, WEEK, done.changes)
    assert changed is not None
    assert {row.code for row in changed} == {"B", "X"}
    revert(tiny.station, chief, done.patch)
    assert [len(rows(tiny, chief, code)) for code in "ABX"] == [1, 0, 0]


def test_the_newest_of_a_course_settles_when_it_is_due(tiny: Tiny, chief: Actor) -> None:
    """A refresher that was not passed counts for nothing; one without a day ends it; the earliest course is told."""
    one = [tiny.ids["A"]]
    add_training(tiny.station, chief, one, course(ago=300, due=-5))
    add_training(tiny.station, chief, one, course(ago=3, result=FAILED, due=None))
    assert due(tiny, chief) == {"A": TODAY - 5 * DAY}
    add_training(tiny.station, chief, one, course("急救", due=90, result=ATTENDED))
    add_training(tiny.station, chief, one, course(ago=1, due=360))
    assert due(tiny, chief) == {"A": TODAY + 90 * DAY}
    assert [row.course for row in rows(tiny, chief, "A")] == ["勤务规范", "勤务规范", "急救", "勤务规范"]
    add_training(tiny.station, chief, one, course("急救", ago=0, due=None))
    assert due(tiny, chief) == {"A": TODAY + 360 * DAY}


def test_one_is_changed_taken_back_and_comes_again(tiny: Tiny, chief: Actor) -> None:
    """By its row version; a day it has already is refused; taken back, the same can be noted anew."""
    one = [tiny.ids["A"]]
    add_training(tiny.station, chief, one, course())
    add_training(tiny.station, chief, one, course(ago=20))
    newer = rows(tiny, chief, "A")[0]
    with pytest.raises(InvalidDataError) as twice:
        change_training(tiny.station, chief, newer.id, course(ago=20), seen=1)
    assert twice.value.message.code == "people.training_twice"
    change_training(tiny.station, chief, newer.id, course(ago=9, result=FAILED), seen=1)
    assert rows(tiny, chief, "A")[0].result is FAILED
    with pytest.raises(ConcurrentChangeError):
        change_training(tiny.station, chief, newer.id, course(), seen=1)
    for record_id in (newer.id, "gone"):
        with pytest.raises(ConcurrentChangeError):
            end_training(tiny.station, chief, record_id, seen=1)
    done = end_training(tiny.station, chief, newer.id, seen=2)
    assert len(rows(tiny, chief, "A")) == 1
    revert(tiny.station, chief, done.patch)
    assert len(rows(tiny, chief, "A")) == 2
    end_training(tiny.station, chief, newer.id, seen=4)
    add_training(tiny.station, chief, one, course(ago=9))
    assert [row.taken_on for row in rows(tiny, chief, "A")] == [TODAY - 9 * DAY, TODAY - 20 * DAY]


WRONG = [
    (Training("  ", TODAY, 60, PASSED, None), "people.training_course"),
    (Training("长" * 61, TODAY, 60, PASSED, None), "people.training_course"),
    (Training("课", TODAY + DAY, 60, PASSED, None), "people.training_future"),
    (Training("课", TODAY, 6_001, PASSED, None), "people.training_minutes"),
    (Training("课", TODAY, 60, PASSED, TODAY - DAY), "people.training_order"),
]


@pytest.mark.parametrize(("wrong", "code"), WRONG)
def test_what_cannot_be_is_refused(tiny: Tiny, chief: Actor, wrong: Training, code: str) -> None:
    """The sentence says what would be right, and nothing is written."""
    with pytest.raises(InvalidDataError) as told:
        add_training(tiny.station, chief, [tiny.ids["A"]], wrong)
    assert told.value.message.code == code
    assert render(told.value.message)
    assert rows(tiny, chief, "A") == ()


def test_who_may_and_for_whom(tiny: Tiny, chief: Actor) -> None:
    """A viewer may not; a retired person takes no course."""
    with pytest.raises(ForbiddenError):
        add_training(tiny.station, Actor(None, "看板", Role.VIEWER), [tiny.ids["A"]], course())
    retire_people(tiny.station, chief, [tiny.ids["B"]], "搬走")
    with pytest.raises(InvalidDataError):
        add_training(tiny.station, chief, [tiny.ids["A"], tiny.ids["B"]], course())
    assert rows(tiny, chief, "A") == ()


def test_courses_move_with_a_merge(tiny: Tiny, chief: Actor) -> None:
    """But for one that the kept record has on the same day."""
    add_training(tiny.station, chief, [tiny.ids["A"], tiny.ids["B"]], course())
    add_training(tiny.station, chief, [tiny.ids["B"]], course("急救"))
    plan = merge_people(tiny.station, chief, tiny.ids["A"], tiny.ids["B"]).value
    assert (plan.moving["training_record"], plan.staying["training_record"]) == (1, 1)
    assert [row.course for row in rows(tiny, chief, "A")] == ["勤务规范", "急救"]


def test_courses_leave_and_come_back_as_files(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """With the people chosen, and whole: the same again after an import elsewhere."""
    add_training(tiny.station, chief, [tiny.ids["A"], tiny.ids["B"]], course(result=FAILED))
    chosen = export_people(tiny.station, chief, [tiny.ids["A"]], tmp_path / "甲")
    assert chosen.written["training_records"].rows == 1
    export_folder(tiny.station, chief, tmp_path / "全")
    with Station.create(tmp_path / "乙.db", None, clock=CLOCK) as other:
        report = import_folder(other, chief, tmp_path / "全")
        table = next(one for one in report.tables if one.table.name == "training_records")
        assert (table.added, table.rejected) == (2, 0)
        export_folder(other, chief, tmp_path / "又")
    again = (tmp_path / "又" / "培训记录.csv").read_bytes()
    assert again == (tmp_path / "全" / "培训记录.csv").read_bytes()
