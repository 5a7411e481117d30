"""How far weeks are planned, and the squads of people, read from a real station."""

from datetime import date
from pathlib import Path

from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.planning.board import open_board
from patrol_desk.services.planning.edits import lock
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.planning.weeks import WeekStage, squads_of, week_states
from patrol_desk.services.station import Station
from tests.helpers.stations import key_source

MONDAY = date(2026, 11, 23)
WEEK = Week.of(MONDAY)


def test_weeks_tell_how_far_they_are_planned(tmp_path: Path) -> None:
    """A week is empty, a draft, published, or published with a newer draft."""
    path = tmp_path / "station.db"
    with Station.create(path, key_source(path), chief=None) as station:
        actor = station.system_actor()
        with station.write(actor, "sample") as unit:
            write_sample(unit, generate("small", 1, MONDAY))
            unit.commit()
        weeks = [WEEK, WEEK.plus(1)]
        assert [state.stage for state in week_states(station, actor, weeks)] == [WeekStage.EMPTY] * 2
        plan_week(station, actor, WEEK, SolveOptions(seed=1, moves=0))
        (draft, empty) = week_states(station, actor, weeks)
        assert (draft.stage, draft.number) == (WeekStage.DRAFT, 1)
        assert (empty.number, empty.assignments) == (0, 0)
        publish(station, actor, WEEK)
        assert week_states(station, actor, [WEEK])[0].stage is WeekStage.PUBLISHED
        board = open_board(station, actor, WEEK)
        cell = next((row.index, shift.index) for row in board.rows for shift in board.shifts
                    if board.cell(row.index, shift.index).heads)  # fmt: skip
        lock(station, actor, board, [cell], True)
        changed = week_states(station, actor, [WEEK])[0]
        assert (changed.stage, changed.number) == (WeekStage.CHANGED, 2)
        assert changed.assignments == draft.assignments
        holders = {holder.person_id for holder in board.holders(*cell)}
        squads = squads_of(station, actor, WEEK, holders)
        assert 1 <= len(squads) <= len(holders)
        assert squads_of(station, actor, WEEK, ()) == ()
