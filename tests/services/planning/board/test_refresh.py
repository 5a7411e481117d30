"""A board is kept fresh from what changed, and is then the board that opening anew would give."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.ids import new_id
from patrol_desk.engine.options import SolveOptions
from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    Attendance,
    AttendanceState,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    HandoverNote,
    Leave,
    LeaveReason,
    Person,
    PersonStatus,
    PlanVersion,
)
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board, prove, refresh_board
from patrol_desk.services.planning.draft import Mode
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, queries
from tests.helpers.boards import WEEK, Desk, looks
from tests.helpers.tiny import MONDAY


def some_cell(desk: Desk, number: int = 0) -> tuple[int, int]:
    """Return a cell in which somebody stands."""
    return desk.board.frame.place_of(sorted(desk.board.stand.cells)[number])


def test_what_concerns_nothing_of_the_week_gives_the_same_board(desk: Desk) -> None:
    """Other tables, other weeks' assignments, no change at all."""
    board = desk.board
    assert refresh_board(desk.station, desk.actor, board, ChangeSet()) is board
    assert refresh_board(desk.station, desk.actor, board, ChangeSet.of("handover_note", ["x"])) is board
    other = edits.copy_week(desk.station, desk.actor, WEEK, WEEK.plus(1))
    assert refresh_board(desk.station, desk.actor, board, other.changes) is board
    few = edits.clear(desk.station, desk.actor, Desk.on(desk.station, WEEK.plus(1)).board, [some_cell(desk)])
    assert few.changes.by_kind["assignment"]
    assert refresh_board(desk.station, desk.actor, board, few.changes) is board


def test_an_edit_leaves_everything_else_shared(desk: Desk) -> None:
    """Rows, columns, masks and the other cells are the old board's; the differing cells are the edited ones."""
    before, cell = desk.board, some_cell(desk)
    desk.after(edits.clear(desk.station, desk.actor, before, [cell]))
    assert desk.board is not before
    assert desk.board.frame is before.frame
    index = cell[0] * 28 + cell[1]
    assert all(items is before.stand.cells[number] for number, items in desk.board.stand.cells.items())
    assert index not in desk.board.stand.cells
    assert desk.board.differing(before) == (cell,)
    assert before.differing(before) == ()
    assert before.cell(*cell).heads > 0


def test_edits_of_many_kinds_then_opening_anew(desk: Desk) -> None:
    """Few by id, many at once, published, undone: the refreshed board looks like the one read anew."""
    station, actor = desk.station, desk.actor
    cells = [(row.index, shift.index) for row in desk.board.rows for shift in desk.board.shifts]
    desk.after(edits.clear(station, actor, desk.board, cells[:40]))
    lock = edits.lock(station, actor, desk.board, cells, True)
    desk.after(lock)
    assert looks(desk.board) == looks(desk.anew())
    desk.after_changes(publish(station, actor, WEEK).changes)
    assert looks(desk.board) == looks(desk.anew())
    unlock = edits.lock(station, actor, desk.board, cells[40:80], False)
    desk.after(unlock)
    desk.after(edits.clear(station, actor, desk.board, cells[40:60]))
    assert looks(desk.board) == looks(desk.anew())
    assert desk.board.versions == desk.anew().versions


def test_many_rows_at_once_are_read_anew(desk: Desk) -> None:
    """A change set that says "many" re-reads the version's assignments, and shares the cells that stayed."""
    before, cell = desk.board, some_cell(desk)
    edits.clear(desk.station, desk.actor, before, [cell])
    desk.after_changes(ChangeSet.of("assignment"))
    assert desk.board.differing(before) == (cell,)
    assert refresh_board(desk.station, desk.actor, desk.board, ChangeSet.of("assignment")) is desk.board


def test_people_and_demand_make_a_new_board(desk: Desk) -> None:
    """Leave that touches somebody on the roster marks them; the rows stay."""
    before, cell = desk.board, some_cell(desk)
    holder = before.holders(*cell)[0]
    with desk.station.write(desk.actor, "test.leave") as unit:
        unit.session.add(Leave(person_id=holder.person_id, first_on=MONDAY, last_on=MONDAY, reason=LeaveReason.SICK))
        changes = unit.commit()
    desk.after_changes(changes)
    assert desk.board.cell(*cell).broken
    assert desk.board.differing(before) == (cell,)
    assert looks(desk.board) == looks(desk.anew())


@contextmanager
def reading(desk: Desk) -> Iterator[list[str]]:
    """Give the tables that are read meanwhile, one a statement, in their order."""
    tables: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        del connection, cursor
        tables.extend(re.findall(r"FROM (\w+)", statement)[:1])

    with desk.station.read() as session:
        engine = session.connection().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield tables
    finally:
        event.remove(engine, "before_cursor_execute", note)


def attended(desk: Desk, person_id: str, day: date, state: AttendanceState = AttendanceState.PRESENT) -> ChangeSet:
    """Write what attendance says of somebody's first night shift on a day, and return what that changed."""
    shift = next(shift for shift in desk.board.shifts if shift.night)
    key = {"person_id": person_id, "pattern_id": shift.pattern_id, "on_date": day}
    with desk.station.write(desk.actor, "test.attendance") as unit:
        row = queries.first(unit.session, Attendance, **key)
        if row is None:
            row = Attendance(id=new_id(), checkpoint_id=desk.board.frame.week_problem.checkpoint_ids[0], **key)
            unit.session.add(row)
        row.state, row.minutes = state, 240
        return unit.commit()


def parts(board: Board) -> list[object]:
    """Return all that a week knows of the weeks before it."""
    problem, past = board.frame.problem, board.frame.past
    arrays = (problem.people.load, problem.people.waited, problem.people.cap_week, problem.busy, past.rows)
    return [*(array.tolist() for array in arrays), past.weeks, board.frame.last_night]


def test_who_comes_this_week_reads_one_record(desk: Desk) -> None:
    """The week's own attendance changes nothing on its board, and neither people nor demand are read for it."""
    board = desk.board
    changes = attended(desk, board.frame.week_problem.person_ids[0], MONDAY)
    with reading(desk) as tables:
        assert refresh_board(desk.station, desk.actor, board, changes) is board
    assert tables == ["alembic_version", "attendance"]


def test_attendance_of_earlier_days_reads_what_was_served(desk: Desk) -> None:
    """Load, waiting, rest and habits are as on the board opened anew; people, demand and assignments are not read."""
    before = desk.board
    person = before.frame.week_problem.person_ids[3]
    changes = attended(desk, person, MONDAY - timedelta(days=1))
    with reading(desk) as tables:
        desk.after_changes(changes)
    assert set(tables) == {"alembic_version", "attendance", "assignment", "audit_entry"}
    assert len(tables) <= 8
    anew = desk.anew()
    assert parts(desk.board) == parts(anew)
    assert parts(desk.board) != parts(before)
    assert looks(desk.board) == looks(anew)
    assert desk.board.revision == anew.revision
    assert desk.board.frame.rows is before.frame.rows
    late = attended(desk, person, MONDAY - timedelta(days=1), AttendanceState.LATE)
    board = desk.board
    assert refresh_board(desk.station, desk.actor, board, late) is board
    absent = attended(desk, person, MONDAY - timedelta(days=1), AttendanceState.ABSENT)
    desk.after_changes(absent)
    assert parts(desk.board) == parts(desk.anew()) == parts(before)


def test_attendance_that_is_gone_or_many_is_looked_for(desk: Desk) -> None:
    """A record taken out may have been of any day; so may many. What changed with them is shown as well."""
    person = desk.board.frame.week_problem.person_ids[5]
    desk.after_changes(attended(desk, person, MONDAY - timedelta(days=2)))
    with_duty = parts(desk.board)
    with desk.station.write(desk.actor, "test.gone") as unit:
        bulk.delete(unit, Attendance, {"person_id": person, "on_date": MONDAY - timedelta(days=2)})
        changes = unit.commit()
    cell = some_cell(desk)
    edit = edits.clear(desk.station, desk.actor, desk.board, [cell])
    desk.after_changes(changes | edit.changes)
    assert parts(desk.board) == parts(desk.anew()) != with_duty
    assert looks(desk.board) == looks(desk.anew())
    attended(desk, person, MONDAY - timedelta(days=2))
    desk.after_changes(ChangeSet.of("attendance"))
    assert parts(desk.board) == with_duty == parts(desk.anew())


def test_the_version_in_force_goes_with_it(desk: Desk) -> None:
    """Published and edited since, both stand on the new frame, and what is unpublished is told as before."""
    desk.after_changes(publish(desk.station, desk.actor, WEEK).changes)
    person = desk.board.frame.week_problem.person_ids[7]
    desk.after_changes(attended(desk, person, MONDAY - timedelta(days=1)))
    assert desk.board.published is desk.board.stand
    desk.after(edits.clear(desk.station, desk.actor, desk.board, [some_cell(desk)]))
    desk.after_changes(attended(desk, person, MONDAY - timedelta(days=3)))
    assert desk.board.published is not desk.board.stand
    assert desk.board.unpublished == desk.anew().unpublished > 0
    assert looks(desk.board) == looks(desk.anew())


def test_a_solver_run_replaces_what_stands(desk: Desk) -> None:
    """Accepting a run makes the version another one: all of it is read, the frame is shared."""
    before = desk.board
    desk.after(edits.clear(desk.station, desk.actor, before, [some_cell(desk)]))
    outcome = plan_week(desk.station, desk.actor, WEEK, SolveOptions(seed=2, moves=300), Mode.GAPS)
    desk.after_changes(outcome.accepted.changes)
    assert desk.board.frame is before.frame
    assert looks(desk.board) == looks(desk.anew())


def test_a_proof_is_kept_while_it_holds(desk: Desk) -> None:
    """Edits do not touch the bound; locking does, for it changes what may be planned."""
    desk.board = prove(desk.board)
    bound = desk.board.bound
    assert bound is not None
    desk.after(edits.clear(desk.station, desk.actor, desk.board, [some_cell(desk)]))
    assert desk.board.figures().shortage_bound == bound
    desk.after(edits.lock(desk.station, desk.actor, desk.board, [some_cell(desk)], True))
    assert desk.board.bound is None
    assert prove(desk.board).bound is not None


def test_a_plan_that_was_taken_away(desk: Desk) -> None:
    """Undoing the first draft leaves a week without a version."""
    done = edits.copy_week(desk.station, desk.actor, WEEK, WEEK.plus(1))
    other = Desk.on(desk.station, WEEK.plus(1))
    other.after(revert(desk.station, desk.actor, done.patch))
    assert (other.board.version, other.board.figures().filled) == (None, 0)
    assert looks(other.board) == looks(other.anew())


def test_somebody_the_board_does_not_know_yet(desk: Desk) -> None:
    """A change set that names only assignments is enough to find new people."""
    before = desk.board
    assert before.version is not None
    row, shift = some_cell(desk)
    with desk.station.write(desk.actor, "test.stranger") as unit:
        stranger = queries.many(unit.session, Person, status=PersonStatus.APPLIED)[0]
        unit.session.add(
            Assignment(
                version_id=before.version.id, person_id=stranger.id, checkpoint_id=before.rows[row].checkpoint_id,
                pattern_id=before.shifts[shift].pattern_id, on_date=before.shifts[shift].on_date,
                source=AssignmentSource.IMPORT,
            )
        )  # fmt: skip
        changes = unit.commit()
    desk.after_changes(changes)
    assert stranger.id in {holder.person_id for holder in desk.board.holders(row, shift)}
    assert desk.board.cell(row, shift).broken


def test_a_place_the_board_does_not_know_yet(desk: Desk) -> None:
    """A duty at a closed checkpoint brings its row onto the board."""
    before = desk.board
    assert before.version is not None
    item = next(iter(before.stand.held.values()))
    with desk.station.write(desk.actor, "test.closed") as unit:
        closed = Checkpoint(
            id=new_id(), code="ZZ", name="旧闸", short_name="旧闸", kind=CheckpointKind.JOINT_GATE, tier=3,
            status=CheckpointStatus.CLOSED,
        )  # fmt: skip
        unit.session.add(closed)
        unit.commit()
    desk.board = desk.anew()
    assert "ZZ" not in {row.code for row in desk.board.rows}
    duty = {**item.row._asdict(), "id": new_id(), "checkpoint_id": closed.id}
    with desk.station.write(desk.actor, "test.closed") as unit:
        unit.session.add(Assignment(version_id=before.version.id, **duty))
        changes = unit.commit()
    desk.after_changes(changes)
    assert closed.id in {row.checkpoint_id for row in desk.board.rows}
    assert looks(desk.board) == looks(desk.anew())


@pytest.mark.parametrize("kind", ["plan", "plan_version"])
def test_a_version_that_only_looks_different(desk: Desk, kind: str) -> None:
    """Its figures changed: a new board with the same stand; nothing changed: the same board."""
    before = desk.board
    assert before.version is not None
    assert refresh_board(desk.station, desk.actor, before, ChangeSet.of(kind)) is before
    with desk.station.write(desk.actor, "test.figures") as unit:
        unit.session.get_one(PlanVersion, before.version.id).figures = {"seats": 0}
        changes = unit.commit()
    desk.after_changes(changes)
    assert desk.board.stand is before.stand
    assert desk.board.version is not None
    assert desk.board.version.figures == {"seats": 0}


def test_other_writes_in_between_do_not_slow_an_edit(desk: Desk) -> None:
    """A handover note moves the revision on; the next edit sees that nothing of the week changed."""
    with desk.station.write(desk.actor, "note.add") as unit:
        unit.session.add(HandoverNote(at=desk.station.clock.now(), text="换电池", author="值班员", done_by=""))
        changes = unit.commit()
    assert refresh_board(desk.station, desk.actor, desk.board, changes) is desk.board
    desk.after(edits.clear(desk.station, desk.actor, desk.board, [some_cell(desk)]))
    assert looks(desk.board) == looks(desk.anew())
