"""Rules about who serves beside whom: new members, pairs, a leader, an officer."""

from abc import abstractmethod

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import HARD, LEAD, OFFICIAL, Bool, Int32, Problem
from patrol_desk.engine.rules.base import Case, Int64, Rule


def partners(pairs: Int32, person: int) -> list[int]:
    """Return with whom a person stands in pairs, smaller index first."""
    found = {*pairs[pairs[:, 0] == person, 1].tolist(), *pairs[pairs[:, 1] == person, 0].tolist()}
    return sorted(found)


class Novice(Rule):
    """New members serve only beside somebody who is not new."""

    id = "novice"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return that of the checkpoint's kind."""
        del problem
        return case.kind.novice

    def sentence(self, case: Case) -> Message | None:
        """Give the number of new members who would be among themselves."""
        novice = case.problem.people.novice
        if not novice[case.person] or not novice[case.team].all():
            return None
        return self._say(novices=len(case.team) + 1)


class Apart(Rule):
    """Some pairs do not serve in one patrol."""

    id = "apart"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return problem.rules.apart

    def sentence(self, case: Case) -> Message | None:
        """Name the other one."""
        here = [other for other in partners(case.problem.apart, case.person) if other in case.team]
        return self._say(other=case.problem.people.ids[here[0]]) if here else None


class Together(Rule):
    """Some pairs serve in one patrol or not at all."""

    id = "together"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the township's."""
        del case
        return problem.rules.together

    def sentence(self, case: Case) -> Message | None:
        """Name the one who is missing."""
        gone = [other for other in partners(case.problem.together, case.person) if other not in case.team]
        return self._say(other=case.problem.people.ids[gone[0]]) if gone else None


class _Wanted(Rule):
    """What leader and officer share: one of the patrol should have a capability. The hard form is a typed seat."""

    @abstractmethod
    def _capability(self, problem: Problem) -> int:
        """Return the index of the capability, -1 when the problem does not know it."""

    def lacks(self, case: Case) -> bool:
        """Say whether nobody of the patrol, the person counted in, has the capability on that day."""
        capability = self._capability(case.problem)
        if capability < 0:
            return True
        held = case.problem.people.capability[[case.person, *case.team.tolist()], case.day]
        return not (held >> np.uint32(capability) & np.uint32(1)).any()


class Lead(_Wanted):
    """A patrol of two or more should have somebody who leads a squad."""

    id = "lead"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the points at the checkpoint's kind."""
        del problem
        return case.kind.lead

    def _capability(self, problem: Problem) -> int:
        del problem
        return LEAD

    def sentence(self, case: Case) -> Message | None:
        """Give the size of the patrol."""
        return self._say(people=len(case.team) + 1) if len(case.team) and self.lacks(case) else None


class Official(_Wanted):
    """A patrol should have an officer, auxiliary or full-time patrol where the checkpoint asks for one."""

    id = "official"

    def strength(self, problem: Problem, case: Case) -> int:
        """Return the points at the checkpoint's kind."""
        del problem
        return case.kind.official

    def _capability(self, problem: Problem) -> int:
        return problem.capabilities.index(OFFICIAL) if OFFICIAL in problem.capabilities else -1

    def sentence(self, case: Case) -> Message | None:
        """Give the size of the patrol."""
        return self._say(people=len(case.team) + 1) if self.lacks(case) else None


def kept_out(problem: Problem, team: Int64, checkpoint: int) -> dict[str, Bool]:
    """Return rule → (P,) whom a hard team rule keeps out of a patrol, for everybody at once.

    Parameters
    ----------
    problem
        The problem.
    team
        Who stands there.
    checkpoint
        Where.
    """
    rules, novice = problem.rules, problem.people.novice
    out: dict[str, Bool] = {}
    if rules.kinds[int(problem.demand.kind[checkpoint])].novice == HARD and novice[team].all():
        out["novice"] = novice
    for name, strength, pairs in (
        ("apart", rules.apart, problem.apart),
        ("together", rules.together, problem.together),
    ):
        if strength == HARD and len(pairs):
            both = np.concatenate([pairs, pairs[:, ::-1]])
            there = np.isin(both[:, 1], team)
            out[name] = np.zeros(len(novice), dtype=np.bool_)
            out[name][both[there if name == "apart" else ~there, 0]] = True
    return out


def broken_teams(problem: Problem, person: Int64, task: Int64) -> Bool:
    """Return (A,) which of a plan's duties break a hard team rule, for all of them at once."""
    demand, novice = problem.demand, problem.people.novice[person]
    hard = np.array([kind.novice == HARD for kind in problem.rules.kinds])[demand.kind[demand.task_checkpoint[task]]]
    old = np.bincount(task[~novice], minlength=len(demand.task_shift))
    bad: Bool = novice & hard & (old[task] == 0)
    width = max(len(demand.task_shift), 1)
    keys = person * width + task
    for name in ("apart", "together"):
        pairs = getattr(problem, name)
        if getattr(problem.rules, name) == HARD:
            for one, other in (*pairs.tolist(), *pairs[:, ::-1].tolist()):
                mine = np.flatnonzero(person == one)
                there = np.isin(other * width + task[mine], keys)
                bad[mine[there if name == "apart" else ~there]] = True
    return bad
