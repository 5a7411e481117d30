"""Every step can be taken back and done again, in any number, or says why not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, StorageError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import (
    Assignment,
    AuditEntry,
    Base,
    Leave,
    LeaveReason,
    Person,
    PlanVersion,
    Record,
    Role,
    VisitLottery,
)
from patrol_desk.services.planning.draft import accept, prepare
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish, revert
from patrol_desk.storage import bulk, queries
from patrol_desk.storage.database import Database
from patrol_desk.storage.patch import BOOKKEEPING, Patch
from patrol_desk.storage.unit_of_work import UnitOfWork
from tests.helpers.edits import EDITS, Edit, come_and_go, cut_short, draft, hire, let_go, rename, take_leave
from tests.helpers.processes import Child
from tests.helpers.stations import chain_of
from tests.helpers.tiny import CLOCK, WEEK, Tiny, tiny_station
from tests.services.planning.test_draft import group, result_of

Rows = dict[str, dict[str, dict[str, object]]]


def do(tiny: Tiny, *edits: tuple[Edit, int]) -> Done[int]:
    """Make some edits in one step."""
    with tiny.station.write(tiny.station.system_actor(), "test.edit") as unit:
        for edit, number in edits:
            edit(tiny, unit, number)
        return finish(unit, len(edits))


def undo(tiny: Tiny, patch: Patch) -> Patch:
    """Take a step back and return how to do it again."""
    return revert(tiny.station, tiny.station.system_actor(), patch).patch


def content(tiny: Tiny) -> Rows:
    """Return everything that is stored but the log and who wrote what when."""
    found: Rows = {}
    with tiny.station.read() as session:
        for mapper in Base.registry.mappers:
            model: type[Record] = mapper.class_
            if model is not AuditEntry:
                rows = bulk.dicts(session, model)
                found[model.__tablename__] = {
                    str(row["id"]): {k: v for k, v in row.items() if k not in BOOKKEEPING} for row in rows
                }
    return found


STEPS = st.lists(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 40)), min_size=1, max_size=4), max_size=6)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """Give a township that a property test may change, as every example leaves it as it was."""
    tiny = tiny_station(tmp_path_factory.mktemp("undo"))
    yield tiny
    tiny.station.close()


@given(steps=STEPS, pauses=st.lists(st.integers(0, 6), max_size=4))
def test_taking_back_and_doing_again_changes_nothing(
    own: Tiny, steps: list[list[tuple[Edit, int]]], pauses: list[int]
) -> None:
    """Back and forth over any steps: each state comes back as it was, and nothing is left when all is taken back."""
    states, done = [content(own)], []
    for step in steps:
        done.append(do(own, *step).patch)
        states.append(content(own))
    undone: list[Patch] = []
    for target in [*pauses, 0, len(steps), 0]:
        at = min(target, len(steps))
        while len(done) > at:
            undone.append(undo(own, done.pop()))
        while len(done) < at:
            done.append(undo(own, undone.pop()))
        assert content(own) == states[at]
    assert chain_of(own.station.database).whole


def test_versions_grow_and_nothing_else_of_a_step_shows(tiny: Tiny) -> None:
    """An undo is a change too: whoever read the row before it is told that it moved on."""
    step = do(tiny, (rename, 0))
    (row,) = step.patch.rows
    assert (row.kind, row.version_before, row.version_after) == ("person", 1, 2)
    again = undo(tiny, step.patch)
    assert [(one.version_before, one.version_after) for one in again.rows] == [(2, 3)]
    with tiny.station.read() as session:
        person = queries.first(session, Person, id=row.id)
        assert person is not None
        assert (person.row_version, person.changed_by) == (3, tiny.station.system_actor().account_id)


def test_the_change_set_of_an_undo_names_the_rows(tiny: Tiny) -> None:
    """A view re-reads only what went back."""
    step = do(tiny, (take_leave, 3), (rename, 1))
    back = revert(tiny.station, tiny.station.system_actor(), step.patch)
    assert back.changes.by_kind == step.changes.by_kind
    assert set(back.changes.by_kind) == {"leave", "person"}
    assert back.value == 3


@pytest.mark.parametrize(("later", "number"), [(rename, 6), (let_go, 1)])
def test_what_moved_on_is_named_and_nothing_is_written(tiny: Tiny, later: Edit, number: int) -> None:
    """Somebody changed or removed one of the rows since: kind and number are said, everything stays."""
    step = do(tiny, (rename, 1), (cut_short, 2))
    do(tiny, (later, number))
    before = content(tiny)
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, step.patch)
    assert content(tiny) == before
    shown = {language: render(refused.value.message, language) for language in LANGUAGES}
    assert ("人员 1 条" in shown["zh"]) == (later is rename)
    assert ("availability: 1" in shown["en"]) == (later is let_go)


def test_a_row_that_came_back_otherwise_is_not_put_back_twice(tiny: Tiny) -> None:
    """A deleted row that is there again moved on."""
    step = do(tiny, (let_go, 0))
    undo(tiny, step.patch)
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, step.patch)
    assert refused.value.message.code == "undo.moved_on"


def test_a_new_row_that_others_use_stays(tiny: Tiny) -> None:
    """A person who was added and then went on leave cannot silently disappear."""
    step = do(tiny, (hire, 1))
    tiny.ids["A"] = step.patch.rows[0].id
    do(tiny, (take_leave, 1))
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, step.patch)
    assert refused.value.message.code == "undo.in_the_way"
    assert "人员" in render(refused.value.message, "zh")


def test_a_place_that_was_taken_since_stays_taken(tiny: Tiny) -> None:
    """A deleted leave does not come back beside a new one of the same day."""
    do(tiny, (take_leave, 1))

    def forget(_tiny: Tiny, unit: UnitOfWork, _number: int) -> None:
        bulk.delete(unit, Leave, {"reason": LeaveReason.SICK})

    step = do(tiny, (forget, 0))
    do(tiny, (take_leave, 1))
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, step.patch)
    assert refused.value.message.code == "undo.in_the_way"


def test_what_was_published_is_final(tiny: Tiny) -> None:
    """Neither a duty of a published version nor the publishing itself is taken back, and the sentence says so."""
    step = do(tiny, (draft, 1))

    def swap(_tiny: Tiny, unit: UnitOfWork, _number: int) -> None:
        duty = queries.many(unit.session, Assignment, "id")[0]
        duty.locked = True
        unit.session.flush()

    locked = do(tiny, (swap, 0))
    publish(tiny.station, tiny.station.system_actor(), WEEK)
    before = content(tiny)
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, locked.patch)
    assert refused.value.message.code == "undo.published"
    assert all(render(refused.value.message, language) for language in LANGUAGES)
    with pytest.raises(ConcurrentChangeError) as refused:
        undo(tiny, step.patch)
    assert refused.value.message.code == "undo.published"
    assert content(tiny) == before


def test_a_full_disk_is_not_called_published(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    """Storage's other refusals keep their own sentence."""
    step = do(tiny, (rename, 1))
    with tiny.station.write(tiny.station.system_actor(), "test.hold") as unit:
        unit.session.flush()
        monkeypatch.setattr(tiny.station, "database", Database.open(tiny.station.path, key=None, busy_seconds=0.01))
        with pytest.raises(StorageError) as refused:
            undo(tiny, step.patch)
        tiny.station.database.close()
    assert refused.value.message.code == "storage.busy"


def test_who_may_edit_may_take_back(tiny: Tiny) -> None:
    """People need one permission, plans another, both at once both."""
    data, plan, both = do(tiny, (rename, 1)), do(tiny, (draft, 1)), do(tiny, (rename, 2), (draft, 2))
    station = tiny.station
    for role in (Role.VIEWER, Role.AUDITOR):
        for step in (data, plan, both):
            with pytest.raises(ForbiddenError):
                revert(station, Actor(None, "看", role), step.patch)
    for step in (both, plan, data):
        assert revert(station, Actor(None, "内勤", Role.CLERK), step.patch).value == len(step.patch)


def test_steps_on_lists_and_figures_go_back_one_by_one(tiny: Tiny) -> None:
    """What is stored as JSON is compared as it is stored: a pair that was written comes back as a list."""
    do(tiny, (draft, 1))

    def measure(_tiny: Tiny, unit: UnitOfWork, number: int) -> None:
        (row,) = bulk.dicts(unit.session, PlanVersion, ("id", "row_version"))
        bulk.update(unit, PlanVersion, [{**row, "figures": {"seats": (number, number)}}])

    states, steps = [], []
    for number in range(3):
        states.append(content(tiny))
        steps.append(do(tiny, (measure, number)).patch)
    for step, state in zip(reversed(steps), reversed(states), strict=True):
        undo(tiny, step)
        assert content(tiny) == state


def test_an_empty_step_is_nothing(tiny: Tiny) -> None:
    """A step that wrote nothing leaves no patch, and taking it back writes nothing."""
    step = do(tiny, (come_and_go, 1))
    assert (len(step.patch), bool(step.patch), step.patch.kinds) == (0, False, frozenset())
    log = chain_of(tiny.station.database).count
    assert revert(tiny.station, tiny.station.system_actor(), step.patch).value == 0
    assert chain_of(tiny.station.database).count == log


def test_the_log_says_what_went_back(tiny: Tiny) -> None:
    """Each row that was taken back has an entry, with personal values masked."""
    step = do(tiny, (rename, 1), (let_go, 1), (hire, 7))
    undo(tiny, step.patch)
    with tiny.station.read() as session:
        notes = [(entry.kind, entry.details) for entry in queries.many(session, AuditEntry, "number", action="undo")]
    kinds = [kind for kind, _ in notes]
    assert (kinds.count("person"), kinds.count("availability")) == (2, len(step.patch) - 3)
    assert {"deleted": True} in [details for _, details in notes]
    assert {"restored": True} in [details for _, details in notes]
    assert ("person", {"name": ["改*", "甲*"], "weekly_cap": [1, 3]}) in notes


def test_a_solver_run_is_one_step(tiny: Tiny) -> None:
    """The draft before it comes back whole, with its figures; in the end there is no plan again."""
    chief, states, steps = tiny.station.system_actor(), [content(tiny)], []
    for code, day in (("A", 0), ("C", 1)):
        prepared = prepare(tiny.station, chief, WEEK)
        result = result_of(prepared, (code, group(prepared, tiny, day, 0)))
        steps.append(accept(tiny.station, chief, prepared, result).patch)
        states.append(content(tiny))
    again = undo(tiny, steps[1])
    assert content(tiny) == states[1]
    steps[1] = undo(tiny, again)
    assert content(tiny) == states[2]
    for step, state in zip(reversed(steps), reversed(states[:2]), strict=True):
        undo(tiny, step)
        assert content(tiny) == state


@contextmanager
def reopened(path: Path) -> Iterator[Tiny]:
    """Open a township again."""
    with Station.open(path, clock=CLOCK) as station:
        yield Tiny(station)


def test_a_kill_in_the_middle_leaves_before_or_after(long_run: bool) -> None:
    """The power goes while thousands of rows are taken back: all of them are there, or none."""
    with TemporaryDirectory() as folder:
        tiny = tiny_station(Path(folder))
        tiny.station.close()
        for turn in range(8 if long_run else 2):
            with Child("undo", tiny.station.path, None, turn) as child:
                for _ in range(2 + turn % 4):
                    assert child.line() in {"doing", "undoing"}
                child.kill()
            with reopened(tiny.station.path) as again:
                assert len(content(again)["leave"]) in {0, 3000}
                assert chain_of(again.station.database).whole
                with again.station.write(again.station.system_actor(), "test.clear") as unit:
                    bulk.delete(unit, Leave, {"reason": LeaveReason.SICK})
                    unit.commit()


def test_a_patch_not_recorded_is_empty(tiny: Tiny) -> None:
    """A hundred thousand rows that nobody takes back leave nothing in memory; the write is the same."""
    with tiny.station.write(tiny.station.system_actor(), "test.edit", record_patch=False) as unit:
        for edit in (rename, hire, let_go, take_leave, cut_short):
            edit(tiny, unit, 1)
        step = finish(unit, None)
    assert not step.patch
    assert set(step.changes.by_kind) == {"person", "person_status_change", "availability", "leave"}


def test_a_refusal_is_a_sentence() -> None:
    """Every table has a word for the sentences of an undo."""
    for mapper in Base.registry.mappers:
        message = Message(f"undo.kind_{mapper.class_.__tablename__}")
        assert all(render(message, language) for language in LANGUAGES)


def test_a_secret_is_neither_in_the_audit_nor_in_the_undo(tiny: Tiny) -> None:
    """The lottery's secret stays in its table: the log masks it, and taking the step back leaves it."""
    secret = bytes(range(32))
    with tiny.station.write(tiny.station.system_actor(), "test.edit") as unit:
        unit.session.add(VisitLottery(secret=secret))
        bulk.insert(unit, VisitLottery, [{"secret": secret}])
        hire(tiny, unit, 1)
        step = finish(unit, None)
    assert {row.kind for row in step.patch.rows} == {"person", "person_status_change"}
    undo(tiny, step.patch)
    with tiny.station.read() as session:
        assert bulk.rows(session, VisitLottery, ("secret",)) == [(secret,), (secret,)]
        logged = [str(row) for row in bulk.rows(session, AuditEntry, ("details",))]
    assert not any(trace in line for line in logged for trace in (secret.hex(), repr(secret), "\\x01\\x02"))
