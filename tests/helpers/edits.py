"""Edits of the small township of every kind there is, for tests of taking them back."""

from collections.abc import Callable
from datetime import date, timedelta

from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    Availability,
    Community,
    Leave,
    LeaveReason,
    Person,
    Plan,
    PlanState,
    PlanVersion,
    VersionState,
)
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.unit_of_work import UnitOfWork
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Edit = Callable[[Tiny, UnitOfWork, int], None]
"""Changes something in a transaction; the number says what exactly."""


def rename(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Change one person as a form does."""
    del tiny
    person = queries.many(unit.session, Person, "code")[number % 5]
    person.name, person.weekly_cap = f"改{number}", number % 8
    unit.session.flush()


def hire(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Add a person."""
    if queries.first(unit.session, Person, code=f"N{number}") is None:
        unit.session.add(tiny.person(f"N{number}", joined_on=date(2026, 1, 1) + timedelta(days=number)))
        unit.session.flush()


def hire_and_send(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Add a community and move somebody there, so that one new row refers to another."""
    code = f"4419000{number:05d}"
    if queries.first(unit.session, Community, code=code) is None:
        made = Community(code=code, name=f"社区{number}", boundary=[[113.7, 22.9], [113.8, 22.9], [113.8, 23.0]])
        unit.session.add(made)
        unit.session.flush()
        rename(tiny, unit, number)
        queries.many(unit.session, Person, "code")[number % 5].community_id = made.id
        unit.session.flush()


def let_go(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Delete some availability at once."""
    del tiny
    ids = [row[0] for row in bulk.rows(unit.session, Availability, ("id",))]
    bulk.delete(unit, Availability, {"id": ids[number % 7 :: 4]})


def take_leave(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Add leave for two people at once, once with an id and once without."""
    first = date(2026, 1, 1) + timedelta(days=number)
    if not bulk.rows(unit.session, Leave, ("id",), where={"first_on": first}):
        row = {"first_on": first, "last_on": first, "reason": LeaveReason.SICK}
        bulk.insert(unit, Leave, [{"person_id": tiny.ids[code], **row} for code in "AB"])


def cut_short(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Change rows at once, each in its own columns."""
    del tiny
    rows = bulk.dicts(unit.session, Availability, ("id", "row_version"))[:3]
    changed = [{**row, "monday": number % 4 - 1} for row in rows]
    for row in changed[:1]:
        row["sunday"] = number % 3 - 1
    bulk.update(unit, Availability, changed)


def draft(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Make a plan where there is none, with figures in it; else change who is on duty."""
    plan = queries.first(unit.session, Plan)
    if plan is None:
        plan = Plan(week=str(WEEK), state=PlanState.DRAFT)
        unit.session.add(plan)
        unit.session.flush()
        version = PlanVersion(
            plan_id=plan.id, number=1, state=VersionState.DRAFT, made_at=unit.now, published_by="",
            figures={"seats": (1, 2), "mode": "fresh"}, certificate=b"\x00\x01",
        )  # fmt: skip
        unit.session.add(version)
        unit.session.flush()
    else:
        version = queries.many(unit.session, PlanVersion)[0]
        bulk.delete(unit, Assignment, {"version_id": version.id})
    duty = {"version_id": version.id, "source": AssignmentSource.HAND, "checkpoint_id": tiny.ids["P1"]}
    on = MONDAY + timedelta(days=number % 7)
    bulk.insert(
        unit, Assignment,
        [{**duty, "person_id": tiny.ids[code], "pattern_id": tiny.ids["D"], "on_date": on} for code in "ABC"],
    )  # fmt: skip


def come_and_go(tiny: Tiny, unit: UnitOfWork, number: int) -> None:
    """Add somebody, change the name and delete the row again: nothing remains of it."""
    made = tiny.person(f"Z{number}")
    unit.session.add(made)
    unit.session.flush()
    made.name = "改"
    unit.session.flush()
    unit.session.delete(made)
    unit.session.flush()


EDITS: tuple[Edit, ...] = (rename, hire, hire_and_send, let_go, take_leave, cut_short, draft, come_and_go)
