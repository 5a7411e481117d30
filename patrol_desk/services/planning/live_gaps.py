"""What a candidate leaves empty, why, and what would help: in sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.engine.explain import Gap, explain
from patrol_desk.engine.plan import Plan
from patrol_desk.services.planning.live_names import Names, SeatRef
from patrol_desk.services.planning.problem import WeekProblem

REASONS: Final = 2
NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """Minimum heads that stay empty at one place.

    Parameters
    ----------
    seat, missing
        Where, when and how many.
    reasons
        How many people the rules keep away that keep away most; at most `REASONS`.
    proposal
        The cheapest single rule to relax, with the names of those whom it would free; None when none would.
    """

    seat: SeatRef
    missing: int
    reasons: tuple[Message, ...]
    proposal: Message | None


@dataclass(frozen=True, slots=True)
class Unfilled:
    """All that stays empty.

    Parameters
    ----------
    heads
        Minimum heads.
    seats
        By time and place.
    advice
        What would help, the most helpful first, and for how many nothing does.
    """

    heads: int
    seats: tuple[OpenSeat, ...]
    advice: tuple[Message, ...]


def unfilled(week_problem: WeekProblem, names: Names, plan: Plan) -> Unfilled:
    """Return what a plan leaves empty of the minimum heads."""
    gaps = explain(week_problem.problem, plan, nearest=0)
    seats = sorted((_open_seat(week_problem, names, gap) for gap in gaps), key=lambda found: found.seat)
    return Unfilled(sum(gap.missing for gap in gaps), tuple(seats), tuple(_advice(gaps)))


def _open_seat(week_problem: WeekProblem, names: Names, gap: Gap) -> OpenSeat:
    task = int(week_problem.problem.demand.group_task[gap.group])
    return OpenSeat(
        seat=names.task(week_problem, task),
        missing=gap.missing,
        reasons=gap.reasons[:REASONS],
        proposal=_proposal(week_problem, names, gap),
    )


def _proposal(week_problem: WeekProblem, names: Names, gap: Gap) -> Message | None:
    if gap.relaxation is None:
        return None
    people = [names.person(week_problem.person_ids[person]) for person in gap.relaxation.people[:NAMED]]
    message = gap.relaxation.message
    return Message(message.code, {**message.params, "people": people})


def _advice(gaps: Sequence[Gap]) -> list[Message]:
    helped: Counter[str] = Counter()
    helpless = 0
    for gap in gaps:
        found = len(gap.relaxation.people) if gap.relaxation is not None else 0
        if gap.relaxation is not None:
            helped[gap.relaxation.rule] += min(found, gap.missing)
        helpless += max(gap.missing - found, 0)
    advice = [Message(f"live.help_{rule}", {"count": count}) for rule, count in helped.most_common()]
    if helpless:
        advice.append(Message("live.help_none", {"count": helpless}))
    return advice
