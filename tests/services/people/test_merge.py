"""Records of one person: found with the reason, merged without losing a duty, and parted again by undo."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    Attendance,
    Base,
    PairKind,
    Person,
    PersonPair,
    PersonStatus,
    Plan,
    PlanState,
    PlanVersion,
    Role,
    SquadRole,
    VersionState,
)
from patrol_desk.services.people.duplicates import find_duplicates
from patrol_desk.services.people.merge import CHOSEN, merge_people, plan_merge
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, queries
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny, tiny_station

CHIEF = Actor(None, "所长", Role.CHIEF)
TODAY = date(2026, 11, 22)
_OF_THE_FILE = {"audit_entry", "account"}


def everything(tiny: Tiny) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of all tables without versions."""
    found = {}
    with tiny.station.read() as session:
        for mapper in Base.registry.mappers:
            table = bulk.table_of(mapper.class_)
            names = [
                column.name for column in table.c if column.name not in {"row_version", "changed_at", "changed_by"}
            ]
            if table.name not in _OF_THE_FILE:
                found[table.name] = bulk.rows(session, mapper.class_, names)
    return found


def version(tiny: Tiny, state: VersionState, number: int = 1) -> str:
    """Add a version of the week's plan and return its id."""
    with tiny.station.read() as session:
        plan = queries.first(session, Plan, week=str(WEEK))
    if plan is None:
        plan = Plan(id=new_id(), week=str(WEEK), state=PlanState.DRAFT)
        tiny.add(plan)
    made = PlanVersion(
        id=new_id(), plan_id=plan.id, number=number, state=state, made_at=tiny.station.clock.now(), published_by=""
    )
    tiny.add(made)
    return made.id


def duty(tiny: Tiny, version_id: str, person: str, day: int, pattern: str = "D", post: str = "P1") -> Assignment:
    """Return a duty on the nth day of the week."""
    return Assignment(
        version_id=version_id, person_id=tiny.ids[person], checkpoint_id=tiny.ids[post], pattern_id=tiny.ids[pattern],
        on_date=MONDAY + timedelta(days=day), source=AssignmentSource.HAND,
    )  # fmt: skip


def test_the_same_person_twice_is_found_with_the_reason(tiny: Tiny, chief: Actor) -> None:
    """The surest reason first; numbers masked; retired people and blanks are left alone."""
    phone = {"phone": "13900001111"}
    tiny.add(
        tiny.person("M1", name="林玉", resident_id="441999199003071234", birth_date=date(1990, 3, 7), **phone),
        tiny.person("M2", name="林玉", resident_id=None, birth_date=date(1990, 3, 7), phone=None),
        tiny.person("M3", name="林钰", resident_id="441999199003071234", **phone),
        tiny.person("M4", phone=None, ended_on=TODAY, resident_id="441999199003071234"),
    )
    found = [each for each in find_duplicates(tiny.station, chief) if each.first.code.startswith("M")]
    assert [(each.first.code, each.second.code, each.reasons, each.shown) for each in found] == [
        ("M1", "M3", ("resident_id", "phone"), "4419**********1234"),
        ("M1", "M2", ("name_birth",), ""),
    ]
    assert found[0].id == f"{tiny.ids['M1']} {tiny.ids['M3']}"
    others = [each for each in find_duplicates(tiny.station, chief) if not each.first.code.startswith("M")]
    assert {each.reasons for each in others} == {("phone",)}


def test_what_belongs_to_the_other_moves(tiny: Tiny, chief: Actor) -> None:
    """Fields as chosen; records move; a clash is named first and stays; published duties are final; undo restores."""
    tiny.add(tiny.person("N", name="甲新", weekly_cap=7, phone="13900001111", resident_id="441999199003071234"))
    published, draft = version(tiny, VersionState.PUBLISHED), version(tiny, VersionState.DRAFT, 2)
    tiny.add(
        tiny.certificate("N", "AID", None, date(2027, 1, 1)),
        tiny.leave("N", MONDAY, MONDAY),
        tiny.availability("N", "D"),
        tiny.member("N", "S2", SquadRole.LEADER),
        tiny.served("N", "P1", "D", date(2026, 11, 2)),
        tiny.served("N", "P1", "D", date(2026, 11, 3)),
        tiny.served("A", "P2", "D", date(2026, 11, 3)),
        duty(tiny, draft, "N", 0),
        duty(tiny, draft, "N", 1),
        duty(tiny, draft, "A", 1, post="P2"),
        PersonPair(person_id=tiny.ids["A"], other_id=tiny.ids["N"], kind=PairKind.APART),
        PersonPair(person_id=tiny.ids["B"], other_id=tiny.ids["N"], kind=PairKind.APART),
    )
    del published
    before = everything(tiny)
    plan = plan_merge(tiny.station, chief, tiny.ids["A"], tiny.ids["N"])
    assert (plan.kept, plan.other) == ("A", "N")
    shown = {each.field: (each.kept, each.other) for each in plan.differences}
    assert shown["phone"] == ("138****2046", "139****1111")
    assert shown["resident_id"] == ("", "4419**********1234")
    assert plan.moving == {"assignment": 1, "attendance": 1, "certificate": 1, "leave": 1, "person_pair": 1}
    assert plan.staying == {
        "assignment": 1, "attendance": 1, "availability": 1, "person_pair": 1, "squad_membership": 1,
    }  # fmt: skip
    assert {(each.kind, each.on_date) for each in plan.clashes} == {
        ("assignment", MONDAY + timedelta(days=1)), ("attendance", date(2026, 11, 3)),
    }  # fmt: skip
    done = merge_people(tiny.station, chief, tiny.ids["A"], tiny.ids["N"], {"weekly_cap", "resident_id"})
    assert done.value == plan
    with tiny.station.read() as session:
        kept, other = (queries.first(session, Person, id=tiny.ids[code]) for code in "AN")
        assert kept is not None
        assert other is not None
        assert (kept.code, kept.name, kept.weekly_cap, kept.resident_id) == ("A", "甲A", 7, "441999199003071234")
        assert (other.status, other.ended_on, other.status_reason) == (PersonStatus.INACTIVE, TODAY, "→ A")
    revert(tiny.station, chief, done.patch)
    assert everything(tiny) == before


def test_merges_that_cannot_be_are_refused(tiny: Tiny, chief: Actor) -> None:
    """A record with itself, a field nobody chooses, somebody retired or gone."""
    one, other = tiny.ids["A"], tiny.ids["B"]
    for kept, ending, take in ((one, one, ()), (one, other, ("code",))):
        with pytest.raises(InvalidDataError):
            merge_people(tiny.station, chief, kept, ending, take)
    with pytest.raises(ConcurrentChangeError):
        plan_merge(tiny.station, chief, one, "gone")
    merge_people(tiny.station, chief, one, other)
    with pytest.raises(InvalidDataError):
        merge_people(tiny.station, chief, other, one)


_TEMPLATE: dict[str, tuple[bytes, dict[str, str]]] = {}


def template(folder: Path) -> Tiny:
    """Return the tiny station, copied from one that was made once: making it takes most of an example's time."""
    path = folder / "小站.db"
    if "made" not in _TEMPLATE:
        made = tiny_station(folder)
        made.station.close()
        _TEMPLATE["made"] = (path.read_bytes(), made.ids)
    whole, ids = _TEMPLATE["made"]
    path.write_bytes(whole)
    return Tiny(Station.open(path, clock=CLOCK), dict(ids))


@given(
    planned=st.sets(st.tuples(st.sampled_from("AB"), st.integers(0, 6), st.sampled_from("DN")), max_size=12),
    done=st.sets(st.tuples(st.sampled_from("AB"), st.integers(1, 9), st.sampled_from("DN")), max_size=12),
    take=st.sets(st.sampled_from(CHOSEN)),
)
def test_a_merge_loses_no_duty_and_undo_restores_every_row(
    planned: set[tuple[str, int, str]], done: set[tuple[str, int, str]], take: set[str]
) -> None:
    """Every duty planned or served is there afterwards, of one record or the other; undo brings all rows back."""
    with TemporaryDirectory() as folder:
        tiny = template(Path(folder))
        draft = version(tiny, VersionState.DRAFT)
        tiny.add(
            *(duty(tiny, draft, person, day, pattern) for person, day, pattern in sorted(planned)),
            *(tiny.served(who, "P1", pattern, TODAY - timedelta(days=day)) for who, day, pattern in sorted(done)),
        )
        before = everything(tiny)
        merged = merge_people(tiny.station, CHIEF, tiny.ids["A"], tiny.ids["B"], take)
        with tiny.station.read() as session:
            for model, given in ((Assignment, planned), (Attendance, done)):
                rows = bulk.rows(session, model, ("person_id", "on_date", "pattern_id"))
                assert len(rows) == len(given)
                by_shift = Counter(row[1:] for row in rows)
                assert sum(row[0] == tiny.ids["A"] for row in rows) == len(by_shift)
        revert(tiny.station, CHIEF, merged.patch)
        assert everything(tiny) == before
        tiny.station.close()
