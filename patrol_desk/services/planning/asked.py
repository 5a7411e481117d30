"""How many heads a week asks for where and when: the demand the planner sees, for whoever only counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from patrol_desk.common.weeks import Week
from patrol_desk.services.planning.problem import build_problem
from patrol_desk.storage.reads.week import WeekData, read_asked
from patrol_desk.storage.session import Session

Spot = tuple[str, str, date]
"""Checkpoint id, pattern id and the day on which the shift starts."""


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
