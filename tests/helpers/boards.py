"""A planned week on an encrypted file, and boards that hypothesis may disturb."""

import shutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

import numpy as np

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.engine.problem import HARD, HINT
from patrol_desk.models import AssignmentSource
from patrol_desk.samples import generate, write_sample
from patrol_desk.services.planning.board import Board, open_board, refresh_board
from patrol_desk.services.planning.board.stand import Stand
from patrol_desk.services.planning.run import plan_week
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage.reads.board import HeldRow
from tests.helpers.stations import key_source

MONDAY = date(2026, 11, 23)
WEEK = Week.of(MONDAY)
BEFORE = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""Sunday 14:00 at the station, before the week begins."""

T = TypeVar("T")


@dataclass
class Desk:
    """A station, somebody who may plan, and the board they look at."""

    station: Station
    actor: Actor
    board: Board

    @classmethod
    def on(cls, station: Station, week: Week = WEEK) -> "Desk":
        """Return a desk on a station's week."""
        actor = station.system_actor()
        return cls(station, actor, open_board(station, actor, week))

    def after(self, done: Done[T]) -> T:
        """Show what an edit changed and return its value."""
        self.board = refresh_board(self.station, self.actor, self.board, done.changes)
        return done.value

    def after_changes(self, changes: ChangeSet) -> None:
        """Show what somebody else changed."""
        self.board = refresh_board(self.station, self.actor, self.board, changes)

    def anew(self) -> Board:
        """Return the week opened anew."""
        return open_board(self.station, self.actor, self.board.week)


def make_week(path: Path) -> None:
    """Make an encrypted sample of 600 people with a draft of week 48."""
    with Station.create(path, key_source(path), chief=None, clock=FixedClock(BEFORE)) as station:
        actor = station.system_actor()
        with station.write(actor, "sample") as unit:
            write_sample(unit, generate("small", 1, MONDAY))
            unit.commit()
        plan_week(station, actor, WEEK, SolveOptions(seed=1, moves=300))


def own_copy(source: Path, folder: Path) -> Station:
    """Return a station on a copy of the file."""
    for file in source.parent.glob(source.stem + "*"):
        shutil.copy(file, folder / file.name)
    path = folder / source.name
    return Station.open(path, key_source(path), clock=FixedClock(BEFORE))


def row(board: Board, person: int, group: int, number: int, *, locked: bool = False) -> HeldRow:
    """Return an assignment that stands in no file."""
    seat = board.frame.week_problem.seat(person, group)
    return HeldRow(f"new-{number}", 1, *seat)._replace(locked=locked, source=AssignmentSource.HAND)


def disturbed(board: Board, without: Collection[str], added: Collection[tuple[int, int]]) -> Board:
    """Return the board without some assignments and with other people, whatever the rules say."""
    rows = [row(board, person, group, number) for number, (person, group) in enumerate(added)]
    return replace(board, stand=board.stand.patched(without, rows), _cells={})


def ruled(board: Board, seed: int) -> Board:
    """Return the board of a problem in which every rule bites: new members, pairs, runs, insurance, eves, kinds."""
    rng, problem = np.random.default_rng(seed), board.frame.problem
    count = len(problem.people.ids)
    teams = [sorted({item.person for item in items}) for items in board.stand.cells.values()]
    pairs = [(team[0], team[1]) for team in teams if len(team) > 1]
    beside = np.unique(np.array([pairs[at] for at in rng.permutation(len(pairs))[:30]], dtype=np.int32), axis=0)
    people = replace(
        problem.people,
        novice=rng.random(count) < 0.3,
        insured=rng.random((count, problem.days)) >= 0.05,
        spares_eve=rng.random(count) < 0.2,
    )
    kinds = tuple(
        replace(kind, reach_m=int(rng.integers(1_000, 5_000)), reach=HARD if number % 2 else 4)
        for number, kind in enumerate(problem.rules.kinds)
    )
    changed = replace(
        problem,
        people=people,
        shifts=replace(problem.shifts, workday_eve=problem.shifts.night),
        rules=replace(problem.rules, consecutive_days=2, nights_in_row=1, kinds=kinds),
        apart=beside[::2].copy(),
        together=beside[1::2].copy(),
        begin=int(problem.shifts.start[1]),
    )
    frame = replace(board.frame, week_problem=replace(board.frame.week_problem, problem=changed))
    return replace(board, frame=frame, stand=Stand.of(frame, [i.row for i in board.stand.held.values()]), _cells={})


def looks(board: Board) -> list[object]:
    """Return everything a board shows that does not name an assignment."""
    cells = [(r.index, s.index) for r in board.rows for s in board.shifts]
    holders = [[(h.person_id, h.duties, h.locked, h.source, h.breaks) for h in board.holders(*cell)] for cell in cells]
    sums = [board.cells_of_group(group, s.index) for group in range(len(board.groups)) for s in board.shifts]
    shares = [board.coverage(s.index) for s in board.shifts]
    return [[board.cell(*cell) for cell in cells], holders, sums, shares, board.figures(), board.unpublished]


def hinting(board: Board, *, rest: int) -> Board:
    """Return the board of a problem whose rules are all hints, with so many minutes of rest."""
    problem = board.frame.problem
    kinds = tuple(replace(kind, reach=HINT, novice=HINT, lead=HINT, official=HINT) for kind in problem.rules.kinds)
    own = dict.fromkeys(("rest", "insured", "workday_eve", "consecutive", "nights", "apart", "together"), HINT)
    rules = replace(problem.rules, rest_min=rest, kinds=kinds, **own)
    changed = replace(problem, rules=rules)
    frame = replace(board.frame, week_problem=replace(board.frame.week_problem, problem=changed))
    return replace(
        board, frame=frame, stand=Stand.of(frame, [item.row for item in board.stand.held.values()]), _cells={}
    )
