"""A candidate against the draft: figures side by side, and every duty that would change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from patrol_desk.engine.plan import Plan
from patrol_desk.services.planning.draft import Prepared
from patrol_desk.services.planning.live_figures import Standing, standing_of
from patrol_desk.services.planning.live_names import Names, SeatRef
from patrol_desk.storage.reads.rows import SeatRow

Kind = Literal["added", "replaced", "removed"]
Place = tuple[str, str, object]
"""Checkpoint id, pattern id and day."""


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One duty that would change.

    Parameters
    ----------
    kind
        A seat that was empty is held, another person holds it, or it is left.
    seat
        Where and when.
    person
        Who would serve; of a removed duty, who served.
    before
        Who served there so far, of a replaced one.
    gone, come
        The duty that ends and the one that is new, None where there is none.
    """

    kind: Kind
    seat: SeatRef
    person: str
    before: str = ""
    gone: SeatRow | None = None
    come: SeatRow | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A candidate beside the draft.

    Parameters
    ----------
    draft, candidate
        Figures of both, with today's data.
    changes
        By time and place; of one place those replaced first.
    kept
        Duties that stay as they are.
    """

    draft: Standing
    candidate: Standing
    changes: tuple[PlanChange, ...]
    kept: int

    def count(self, kind: Kind) -> int:
        """Return how many changes are of a kind."""
        return sum(change.kind == kind for change in self.changes)


def draft_plan(prepared: Prepared) -> Plan:
    """Return the present assignments that still fit, as a plan of the problem."""
    pairs, _ = prepared.week_problem.pairs(prepared.present)
    return Plan(pairs)


def compare(prepared: Prepared, names: Names, plan: Plan) -> Comparison:
    """Return what a plan would change in the week's newest version."""
    problem = prepared.week_problem.problem
    seats = [prepared.week_problem.seat(person, group) for person, group in plan.assignments.tolist()]
    old, new = _by_place(prepared.present), _by_place(seats)
    changes: list[PlanChange] = []
    kept = 0
    for place in old.keys() | new.keys():
        before, after = old.get(place, {}), new.get(place, {})
        kept += len(before.keys() & after.keys())
        changes.extend(_changes(before, after, names))
    changes.sort(key=lambda change: (change.seat, change.kind != "replaced", change.kind, change.person))
    return Comparison(standing_of(problem, draft_plan(prepared)), standing_of(problem, plan), tuple(changes), kept)


def _by_place(seats: Iterable[SeatRow]) -> dict[Place, dict[str, SeatRow]]:
    found: defaultdict[Place, dict[str, SeatRow]] = defaultdict(dict)
    for seat in seats:
        found[seat.checkpoint_id, seat.pattern_id, seat.on_date][seat.person_id] = seat
    return found


def _changes(before: dict[str, SeatRow], after: dict[str, SeatRow], names: Names) -> Iterator[PlanChange]:
    """Yield the changes at one place: a person who goes and one who comes on the same kind of seat are one change."""
    gone = [seat for person, seat in before.items() if person not in after]
    come = [seat for person, seat in after.items() if person not in before]
    for seat in come:
        like = next((old for old in gone if _kind(old) == _kind(seat)), None) or next(iter(gone), None)
        if like is None:
            yield PlanChange("added", names.seat(seat), names.person(seat.person_id), come=seat)
        else:
            gone.remove(like)
            who, was = names.person(seat.person_id), names.person(like.person_id)
            yield PlanChange("replaced", names.seat(seat), who, was, like, seat)
    for seat in gone:
        yield PlanChange("removed", names.seat(seat), names.person(seat.person_id), gone=seat)


def _kind(seat: SeatRow) -> tuple[str | None, bool]:
    return seat.skill_id, seat.leader
