"""Why somebody stands where they stand: their rank among those who could, and what the next best would cost."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.core.instance import duty_prices
from patrol_desk.engine.explain.standing import ORDER, Bits, Int64, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import WAITED_MOST, Bool, Problem
from patrol_desk.engine.rules.person import metres


@dataclass(frozen=True, slots=True)
class Rival:
    """Somebody who could stand there as well.

    Parameters
    ----------
    person, metres, duties, waited
        Who; way from home; duties of the other days; weeks since the last duty of the class.
    same_squad
        Whether somebody of the squad stands there.
    points
        What the duty costs with them, as far as way, wish, load, turn and squad go.
    """

    person: int
    metres: int
    duties: int
    waited: int
    same_squad: bool
    points: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why one assignment is as it is.

    Parameters
    ----------
    person, group
        The pair.
    chosen
        The person as one of those who could stand there.
    able, rank
        How many could, this one among them, with everybody else's duties as they are; the place by points, from 1.
    turn
        The place in the duty queue of the class among them: longest since the last duty first, from 1.
    next_best
        The best of the others, None when there is none.
    reasons
        All of it in sentences.
    """

    person: int
    group: int
    chosen: Rival
    able: int
    rank: int
    turn: int
    next_best: Rival | None
    reasons: tuple[Message, ...]


def why(problem: Problem, plan: Plan, person: int, group: int) -> Why:
    """Return why a person holds a seat of a group.

    Parameters
    ----------
    problem, plan
        What was to be planned, and how it was; the plan may hold the pair.
    person, group
        Indices into the problem.

    Notes
    -----
    The plan without the pair is looked at. Whoever serves elsewhere at the time is no rival: what an exchange of two
    duties would cost is the search's question.
    """
    rows = plan.assignments
    rest = Plan(rows[(rows[:, 0] != person) | (rows[:, 1] != group)])
    standing = Standing.of(problem, rest)
    demand = problem.demand
    task = int(demand.group_task[group])
    square = standing.square(int(demand.task_checkpoint[task]))
    broken = standing.broken(group, square)
    room = standing.heads[group] < demand.desired[group]
    able = np.union1d(np.flatnonzero((broken == 0) & room), [person])
    ways = metres(square[able])
    mates = problem.people.squad[standing.team(task)]
    squad = problem.people.squad[able]
    same = (squad >= 0) & np.isin(squad, mates)
    points = _points(standing, group, able, ways, same)
    waited = problem.people.waited[able, problem.shifts.load_class[demand.task_shift[task]]].astype(np.int64)
    at = int(np.searchsorted(able, person))

    def rival(place: int) -> Rival:
        who = int(able[place])
        numbers = int(ways[place]), int(standing.week[who]), int(waited[place])
        return Rival(who, *numbers, bool(same[place]), int(points[place]))

    others = np.delete(np.arange(len(able)), at)
    best = rival(int(others[np.lexsort((able[others], points[others]))[0]])) if len(others) else None
    rank, turn = 1 + int((points < points[at]).sum()), 1 + int((waited > waited[at]).sum())
    chosen = rival(at)
    told = _told(problem, chosen, best, (len(able), rank, turn), broken[person])
    return Why(person, group, chosen, len(able), rank, turn, best, told)


def _points(standing: Standing, group: int, able: Int64, ways: Int64, same: Bool) -> Int64:
    """Return (n,) what the duty costs with each of those who are able."""
    problem = standing.problem
    weights, people = problem.weights, problem.people
    shift = int(problem.demand.task_shift[problem.demand.group_task[group]])
    kind = int(problem.shifts.load_class[shift])
    load = people.load[able].sum(axis=1, dtype=np.int64) + standing.week[able]
    of_class = people.load[able, kind].astype(np.int64)
    points: Int64 = weights.near * (ways // 100) + duty_prices(problem, able)[:, shift]
    points += weights.load * (2 * load + 1) + weights.load_class[kind] * (2 * of_class + 1)
    points += np.where(same, 0, weights.extra_squad) if len(standing.team(int(problem.demand.group_task[group]))) else 0
    return points


def _told(
    problem: Problem, chosen: Rival, best: Rival | None, places: tuple[int, int, int], broken: Bits
) -> tuple[Message, ...]:
    able, rank, turn = places
    names = problem.people.ids
    found = [
        Message("why.rank", {"person": names[chosen.person], "able": able, "rank": rank}),
        Message("why.way", {"metres": chosen.metres}),
        Message("why.load", {"duties": chosen.duties, "cap": int(problem.people.cap_week[chosen.person])}),
        Message(
            "why.turn_long" if chosen.waited >= WAITED_MOST else "why.turn", {"weeks": chosen.waited, "turn": turn}
        ),
    ]
    if chosen.same_squad:
        found.append(Message("why.squad", {"squad": problem.squads[int(problem.people.squad[chosen.person])]}))
    if best is None:
        found.append(Message("why.only"))
    else:
        params = {"person": names[best.person], "metres": best.metres, "points": best.points - chosen.points}
        found.append(Message("why.next" if best.points >= chosen.points else "why.next_cheaper", params))
    rules = [ORDER[place] for place in range(len(ORDER)) if int(broken) >> place & 1]
    if rules:
        found.append(Message("why.breaks", {"rules": rules}))
    return tuple(found)
