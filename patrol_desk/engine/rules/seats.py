"""Rules about the seats: not more heads than seats, nobody twice in one task, locked pairs stay."""

from patrol_desk.common.message import Message
from patrol_desk.engine.rules.base import Case, Rule


class Seats(Rule):
    """A seat group takes no more heads than are desired."""

    id = "seats"

    def sentence(self, case: Case) -> Message | None:
        """Give the heads there would be and the seats."""
        seats = int(case.problem.demand.desired[case.group])
        heads = case.others_in_group + 1
        return self._say(heads=heads, seats=seats) if heads > seats else None


class Twice(Rule):
    """Nobody holds two seats of one task."""

    id = "twice"

    def sentence(self, case: Case) -> Message | None:
        """Name the checkpoint and the shift."""
        demand = case.problem.demand
        if not (demand.group_task[case.duties] == case.task).any():
            return None
        names = {"checkpoint": demand.checkpoints[case.checkpoint], "shift": case.problem.shifts.ids[case.shift]}
        return self._say(**names)


class Locked(Rule):
    """A locked pair stays."""

    id = "locked"

    def sentence(self, case: Case) -> Message | None:
        """Name the locked duty of this person that the plan lacks."""
        held = {*case.duties.tolist(), case.group}
        for person, group in case.problem.locked.tolist():
            if person == case.person and group not in held:
                demand = case.problem.demand
                task = demand.group_task[group]
                shift = case.problem.shifts.ids[demand.task_shift[task]]
                return self._say(checkpoint=demand.checkpoints[demand.task_checkpoint[task]], shift=shift)
        return None
