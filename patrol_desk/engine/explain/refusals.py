"""Everybody whom hard rules keep from a seat, with all the rules that do, whether or not the seat is empty."""

from dataclasses import dataclass

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.explain.gaps import sentence_of
from patrol_desk.engine.explain.standing import ORDER, Standing
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.problem import Problem
from patrol_desk.engine.rules.person import metres


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who may not take a seat.

    Parameters
    ----------
    person, metres
        Who, and the way from home.
    rules
        All hard rules in the way, the first one told first.
    message
        The first one's sentence.
    """

    person: int
    metres: int
    rules: tuple[str, ...]
    message: Message


def refused(problem: Problem, plan: Plan, group: int) -> tuple[Refused, ...]:
    """Return everybody whom a hard rule keeps from a seat of a group, fewest rules first, then by distance.

    Parameters
    ----------
    problem, plan
        What was to be planned, and a plan whose rows all refer to something.
    group
        Index of the seat group; those who stand in its task already are left out.
    """
    standing = Standing.of(problem, plan)
    task = int(problem.demand.group_task[group])
    square = standing.square(int(problem.demand.task_checkpoint[task]))
    broken, ways = standing.broken(group, square), metres(square)
    broken[standing.team(task)] = 0
    people = np.flatnonzero(broken)
    people = people[np.lexsort((people, ways[people], np.bitwise_count(broken[people])))]
    found = []
    for person in people.tolist():
        rules = tuple(rule for place, rule in enumerate(ORDER) if int(broken[person]) >> place & 1)
        way = int(ways[person])
        found.append(Refused(person, way, rules, sentence_of(standing, group, person, rules[0], way)))
    return tuple(found)
