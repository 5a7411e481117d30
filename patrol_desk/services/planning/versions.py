"""Versions of a week: what publishing would change, publishing itself, and two versions side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.weeks import Week
from patrol_desk.models import VersionState
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.board.board import Board
from patrol_desk.services.planning.board.changes import duty_changes
from patrol_desk.services.planning.board.data import BoardFigures, DutyChange, Gap, VersionInfo
from patrol_desk.services.planning.board.figures import figures
from patrol_desk.services.planning.board.notes import breaks
from patrol_desk.services.planning.board.opening import read_board, read_versions
from patrol_desk.services.planning.board.stand import BELOW_MINIMUM, Stand
from patrol_desk.services.planning.overrides import Overridden
from patrol_desk.services.planning.publish import Published, content_hash
from patrol_desk.services.planning.publish import publish as _publish
from patrol_desk.services.planning.visits_predictable import PlacePredictability, easier, of_board
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.storage.patch import Patch
from patrol_desk.storage.reads import board as reads
from patrol_desk.storage.reads.rows import SeatRow


@dataclass(frozen=True, slots=True)
class BrokenDuty:
    """A duty that breaks hard rules: who, where, and the sentences; `row` and `shift` are -1 off the board.

    `overridden` holds the rules that an officer has overridden; `knowingly` says that those are all.
    """

    person_id: str
    name: str
    squad: str
    colour: int
    row: int
    shift: int
    locked: bool
    reasons: tuple[Message, ...]
    overridden: tuple[Overridden, ...] = ()

    @property
    def knowingly(self) -> bool:
        """Whether every rule that it breaks is overridden."""
        return len(self.overridden) >= len(self.reasons)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PublishReview:
    """What putting the draft in force would mean.

    Parameters
    ----------
    board
        The week as it would be published.
    draft, in_force
        The version to publish and the one it replaces, None without one.
    changes
        Duties that differ, by time and place.
    people, squads, checkpoints
        How many of each the changes touch.
    unchanged
        Duties that stay as they were.
    before, after
        Figures of both versions under the present demand; `before` is None without a version in force.
    below_minimum
        Cells that would lack minimum heads, by time; those that are over are not told.
    broken
        Duties that break hard rules, by time.
    content_hash
        Stands for exactly these duties: hand it to `publish`.
    guessable
        Checkpoints at which an observer can foresee something, the easiest first.
    easier
        Ids of those of which the version in force did not give so much away.
    """

    board: Board
    draft: VersionInfo
    in_force: VersionInfo | None
    changes: tuple[DutyChange, ...]
    people: int
    squads: int
    checkpoints: int
    unchanged: int
    before: BoardFigures | None
    after: BoardFigures
    below_minimum: tuple[Gap, ...]
    broken: tuple[BrokenDuty, ...]
    content_hash: str
    guessable: tuple[PlacePredictability, ...]
    easier: frozenset[str]

    @property
    def added(self) -> int:
        """Duties that are new."""
        return self._count("added")

    @property
    def removed(self) -> int:
        """Duties that are gone."""
        return self._count("removed")

    @property
    def moved(self) -> int:
        """Duties whose person serves at another place or time instead."""
        return self._count("moved")

    def _count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison:
    """Two versions of a week side by side: what leads from `a` to `b`, and the figures of both under one demand."""

    board: Board
    a: VersionInfo
    b: VersionInfo
    changes: tuple[DutyChange, ...]
    unchanged: int
    figures_a: BoardFigures
    figures_b: BoardFigures


@permitted(Permission.PLAN_READ)
def review(station: Station, actor: Actor, week: Week) -> PublishReview:
    """Return what publishing the week's draft would mean, read in one transaction.

    Raises
    ------
    PatrolError
        The week has no draft.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        board = read_board(session, station, week)
    draft = board.version
    if draft is None or draft.state is not VersionState.DRAFT:
        raise PatrolError(Message("plan.no_draft", {"week": str(week)}))
    changes = board.changes_since_published()
    places = {change.row for change in changes} | {change.from_row for change in changes if change.from_row is not None}
    return PublishReview(
        board=board,
        draft=draft,
        in_force=next((v for v in board.versions if v.state is VersionState.PUBLISHED), None),
        changes=changes,
        people=len({change.person_id for change in changes}),
        squads=len({change.squad for change in changes} - {""}),
        checkpoints=len(places),
        unchanged=_unchanged(board.published, board.stand),
        before=None if board.published is None else figures(board.published, None, None),
        after=board.figures(),
        below_minimum=_below_minimum(board),
        broken=_broken(board),
        content_hash=content_hash([SeatRow(*item.row[2:]) for item in board.stand.held.values()]),
        guessable=tuple(place for place in of_board(board) if place.foreseen),
        easier=easier(board),
    )


@permitted(Permission.PLAN_PUBLISH)
def publish(station: Station, actor: Actor, week: Week, reviewed: str | None = None) -> Done[Published]:
    """Put the week's draft in force; this cannot be taken back, so the patch is empty.

    Parameters
    ----------
    reviewed
        `PublishReview.content_hash` of what the user looked at; None publishes whatever the draft holds.

    Raises
    ------
    PatrolError
        The week has no draft.
    ConcurrentChangeError
        The draft is no longer the one that was looked at; nothing was written.
    """
    published = _publish(station, actor, week, reviewed)
    return Done(published, published.changes, Patch())


@permitted(Permission.PLAN_READ)
def compare(station: Station, actor: Actor, week: Week, number_a: int, number_b: int) -> Comparison:
    """Return what leads from one version of a week to another, read in one transaction.

    Raises
    ------
    PatrolError
        The week has no version of that number.
    """
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        known = read_versions(session, week)
        a, b = (_version(week, known, number) for number in (number_a, number_b))
        rows_a, rows_b = (reads.held(session, version.id) for version in (a, b))
        board = read_board(session, station, week, also=(*rows_a, *rows_b))
    stand_a, stand_b = Stand.of(board.frame, rows_a), Stand.of(board.frame, rows_b)
    return Comparison(
        board=board,
        a=a,
        b=b,
        changes=duty_changes(board.frame, stand_a.duties, stand_b.duties),
        unchanged=_unchanged(stand_a, stand_b),
        figures_a=figures(stand_a, None, None),
        figures_b=figures(stand_b, None, None),
    )


def _version(week: Week, versions: Sequence[VersionInfo], number: int) -> VersionInfo:
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        known = [version.number for version in reversed(versions)] or Message("board.no_versions")
        raise PatrolError(Message("board.no_version", {"week": str(week), "number": number, "known": known}))
    return found


def _unchanged(before: Stand | None, after: Stand) -> int:
    return 0 if before is None else len(before.duties & after.duties)


def _below_minimum(board: Board) -> tuple[Gap, ...]:
    states, shifts = board.stand.states, len(board.shifts)
    cells = [cell for cell in (states == BELOW_MINIMUM).nonzero()[0].tolist() if not board.past[cell % shifts]]
    gaps = [board.gap(*board.frame.place_of(cell)) for cell in cells]
    return tuple(sorted(gaps, key=lambda gap: (gap.shift, gap.row)))


def _broken(board: Board) -> tuple[BrokenDuty, ...]:
    frame, stand = board.frame, board.stand
    suspects = [item for cell in sorted(stand.broken_cells) for item in stand.cells[cell]]
    suspects.extend(stand.cells.get(-1, ()))
    found = []
    for item in suspects:
        reasons = breaks(stand, item)
        if reasons:
            row, shift = frame.place_of(item.cell) if item.cell >= 0 else (-1, -1)
            found.append(
                BrokenDuty(
                    item.row.person_id, frame.names.people[item.person], frame.squad_name(item.person),
                    frame.squad_colour(item.person), row, shift, item.row.locked, reasons,
                    board.overrides.get(item.row.key, ()),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda duty: (duty.shift, duty.row, duty.person_id)))
