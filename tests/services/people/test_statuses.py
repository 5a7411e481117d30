"""How somebody came into a status is kept, whichever way it was changed, and goes when the step is taken back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person, PersonStatus, PersonStatusChange
from patrol_desk.services.importing import ImportChoices, import_folder, undo_import
from patrol_desk.services.people import create_person, person_detail, restore_people, retire_people, update_person
from patrol_desk.services.people.bulk import BulkEdit, apply_bulk
from patrol_desk.services.people.merge import merge_people
from patrol_desk.services.people.status import set_status
from patrol_desk.services.undo import Done, revert
from patrol_desk.storage import bulk
from tests.helpers.importing import put
from tests.helpers.tiny import WEEK, Tiny

TODAY = date(2026, 11, 22)
APPLIED, VETTED, AWAITING, ACTIVE, INACTIVE = PersonStatus

Told = list[tuple[PersonStatus, date, str, str]]


def told(tiny: Tiny, actor: Actor, code: str) -> Told:
    """Return what a person's history says, the latest first."""
    found = person_detail(tiny.station, actor, tiny.ids[code], WEEK).statuses
    return [(row.status, row.on_date, row.reason, row.origin) for row in found]


def changes(tiny: Tiny) -> int:
    """Return how many changes are stored."""
    with tiny.station.read() as session:
        return len(bulk.rows(session, PersonStatusChange, ("id",)))


Act = Callable[[Tiny, Actor, str], Done[Any]]

WAYS: list[tuple[Act, tuple[PersonStatus, date, str, str]]] = [
    (
        lambda t, a, one: set_status(t.station, a, [one], AWAITING, TODAY - timedelta(days=3), "复训"),
        (AWAITING, TODAY - timedelta(days=3), "复训", "person.status"),
    ),
    (
        lambda t, a, one: apply_bulk(t.station, a, [one], BulkEdit(status=AWAITING, reason="换证")),
        (AWAITING, TODAY, "换证", "person.bulk"),
    ),
    (lambda t, a, one: retire_people(t.station, a, [one], "搬走"), (INACTIVE, TODAY, "搬走", "person.retire")),
    (
        lambda t, a, one: update_person(t.station, a, one, {"status": "vetted"}, seen=1),
        (VETTED, TODAY, "", "person.update"),
    ),
    (lambda t, a, one: merge_people(t.station, a, t.ids["B"], one), (INACTIVE, TODAY, "→ B", "person.merge")),
]  # fmt: skip


@pytest.mark.parametrize(("act", "entry"), WAYS, ids=[entry[3] for _, entry in WAYS])
def test_every_way_is_noted_and_undone(tiny: Tiny, chief: Actor, act: Act, entry: tuple[object, ...]) -> None:
    """Status, first day, reason and what was done; undone there is none, done again there is one."""
    before = told(tiny, chief, "A")
    assert before == [(ACTIVE, TODAY, "", "test.add")]
    done = act(tiny, chief, tiny.ids["A"])
    assert told(tiny, chief, "A") == [entry, *before]
    assert done.changes.touches("person_status_change")
    again = revert(tiny.station, chief, done.patch)
    assert told(tiny, chief, "A") == before
    revert(tiny.station, chief, again.patch)
    assert told(tiny, chief, "A") == [entry, *before]


def test_a_new_person_begins_one_and_what_is_no_status_adds_none(tiny: Tiny, chief: Actor) -> None:
    """Who noted it when is told in the station's time; a change of the name is none; undoing all leaves none."""
    held = changes(tiny)
    texts = {"code": "Z9", "name": "新人", "status": "applied"}
    made = create_person(tiny.station, chief, texts)
    tiny.ids["Z9"] = made.value.person_id
    update_person(tiny.station, chief, tiny.ids["Z9"], {"name": "新人二"}, seen=1)
    assert told(tiny, chief, "Z9") == [(APPLIED, TODAY, "", "person.create")]
    (entry,) = person_detail(tiny.station, chief, tiny.ids["Z9"], WEEK).statuses
    assert (entry.by, entry.at) == (chief.name, datetime(2026, 11, 22, 14, 0))  # noqa: DTZ001  # station time
    other = create_person(tiny.station, chief, {"code": "Z8", "name": "又一人"})
    revert(tiny.station, chief, other.patch)
    assert changes(tiny) == held + 1


def test_back_and_forth_is_told_in_order(tiny: Tiny, chief: Actor) -> None:
    """A step that cleared the reason of the one before does not repeat it."""
    one = [tiny.ids["A"]]
    retire_people(tiny.station, chief, one, "外出务工")
    restore_people(tiny.station, chief, one)
    assert [row[:3] for row in told(tiny, chief, "A")] == [
        (ACTIVE, TODAY, ""), (INACTIVE, TODAY, "外出务工"), (ACTIVE, TODAY, ""),
    ]  # fmt: skip


def test_an_import_is_noted_and_taken_back(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """By its own day, else today; taken back, new people go with their history, and the rest is noted as set back."""
    first = [{"人员编号": "A", "姓名": "甲A", "状态": "停用", "状态日期": "2026-03-01", "状态原因": "退队"}]
    rows = [*first, {"人员编号": "N1", "姓名": "新来", "状态": "申请", "状态日期": "", "状态原因": ""}]
    report = import_folder(tiny.station, chief, put(tmp_path / "a" / "people.csv", rows).paths[0])
    held = changes(tiny)
    assert told(tiny, chief, "A")[0] == (INACTIVE, date(2026, 3, 1), "退队", "import")
    later = put(tmp_path / "b" / "people.csv", [{"人员编号": "A", "姓名": "甲A", "状态": "在队"}]).paths[0]
    second = import_folder(tiny.station, chief, later)
    assert told(tiny, chief, "A")[0] == (ACTIVE, TODAY, "", "import")
    assert second.run_id is not None
    assert report.run_id is not None
    undo_import(tiny.station, chief, second.run_id)
    undo_import(tiny.station, chief, report.run_id)
    assert [row[0] for row in told(tiny, chief, "A")] == [ACTIVE, INACTIVE, ACTIVE, INACTIVE, ACTIVE]
    assert told(tiny, chief, "A")[0][3] == "undo.import"
    with tiny.station.read() as session:
        assert bulk.rows(session, Person, ("id",), where={"code": "N1"}) == []
    assert changes(tiny) == held + 2


def test_many_at_once_are_compared_with_one_read(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """An import of more than a thousand people notes each of them once, and a second one of the same nobody."""
    rows = [{"人员编号": f"W{number:05d}", "姓名": "群众", "状态": "审核"} for number in range(1_100)]
    folder = put(tmp_path / "a" / "people.csv", rows)
    held = changes(tiny)
    import_folder(tiny.station, chief, folder.paths[0])
    assert changes(tiny) == held + 1_100
    import_folder(tiny.station, chief, ImportChoices(folder.paths).paths[0])
    assert changes(tiny) == held + 1_100
    moment = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    with tiny.station.read() as session:
        assert {row[0] for row in bulk.rows(session, PersonStatusChange, ("changed_at",))} == {moment}
