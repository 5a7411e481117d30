"""How many heads a week asks for where and when: the demand the planner sees, for whoever only counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.storage.reads.week import WeekData, read_asked
from patrol_desk.storage.session import Session

Spot = tuple[str, str, date]
"""Checkpoint id, pattern id and the day on which the shift starts."""
Kind = tuple[str | None, bool]
"""A kind of seat: skill id and whether it is the leader's."""


class Heads(NamedTuple):
    """Heads asked for in one place and shift, whatever they must be able to do.

    Parameters
    ----------
    minimum, desired
        Of the station's own, with what security periods add; visits that were drawn are among them.
    held
        Heads that a neighbouring town sends to a joint gate besides.
    known
        Heads that are knowingly left open; they are not in the minimum.
    """

    minimum: int = 0
    desired: int = 0
    held: int = 0
    known: int = 0


def heads_asked(session: Session, week: Week) -> Mapping[Spot, Heads]:
    """Return what each checkpoint in use asks for in each shift of a week; where nothing is asked nothing stands."""
    data = read_asked(session, week)
    found = _heads(data)
    if data.known_gaps:
        for spot, heads in _heads(replace(data, known_gaps=())).items():
            found[spot] = found[spot]._replace(known=heads.minimum - found[spot].minimum)
    return found


def seats_asked(session: Session, week: Week) -> Mapping[Spot, Sequence[tuple[Kind, int, int]]]:
    """Return what each checkpoint in use asks for in each shift: kinds of seats, with least and desired own heads."""
    data = read_asked(session, week)
    made, _lost = build_problem(data)
    demand = made.problem.demand
    kinds: list[Kind] = [(None, True), *((row.id, False) for row in data.skills), (None, False)]
    found: defaultdict[Spot, list[tuple[Kind, int, int]]] = defaultdict(list)
    for (checkpoint, pattern, day, capability), group in made.groups.items():
        needed = kinds[capability], int(demand.minimum[group]), int(demand.desired[group])
        found[checkpoint, pattern, day].append(needed)
    return found


def _heads(data: WeekData) -> dict[Spot, Heads]:
    """Return the heads asked for, of every kind together."""
    made, _lost = build_problem(data)
    demand = made.problem.demand
    found: dict[Spot, Heads] = {}
    for (checkpoint, pattern, day, _capability), group in made.groups.items():
        before = found.get((checkpoint, pattern, day), Heads())
        found[(checkpoint, pattern, day)] = Heads(
            before.minimum + int(demand.minimum[group]),
            before.desired + int(demand.desired[group]),
            before.held + int(demand.held[group]),
        )
    return found
