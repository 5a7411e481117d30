"""Repairs in words: who goes where, how far it is, whose turn it is, who is of the same squad."""

from collections.abc import Sequence
from dataclasses import dataclass

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import CLASSES, WAITED_MOST, Int32, Problem
from patrol_desk.engine.repair.alternative import Move
from patrol_desk.engine.rules.person import metres, squared_metres


@dataclass(frozen=True, slots=True, eq=False)
class Teller:
    """The names and numbers of a problem, for sentences.

    Parameters
    ----------
    problem
        Whose.
    """

    problem: Problem

    def place(self, group: int) -> dict[str, object]:
        """Return the names of a group's checkpoint and shift."""
        demand = self.problem.demand
        task = int(demand.group_task[group])
        return {
            "checkpoint": demand.checkpoints[int(demand.task_checkpoint[task])],
            "shift": self.problem.shifts.ids[int(demand.task_shift[task])],
        }

    def hole(self, person: int, group: int, *, needed: bool) -> Message:
        """Say which seat is open."""
        code = "repair.hole" if needed else "repair.hole_desired"
        return Message(code, {"person": self.problem.people.ids[person], **self.place(group)})

    def move(self, pair: tuple[int, int, int], duties: int, mates: Int32) -> Move:
        """Return a move with its reasons.

        Parameters
        ----------
        pair
            Person, seat group left (-1 for none), seat group taken.
        duties
            Of the person in the problem's days, before the move.
        mates
            Who stands in the task that is joined.
        """
        person, leaves, takes = pair
        params: dict[str, object] = {"person": self.problem.people.ids[person], **self.place(takes)}
        if leaves >= 0:
            before = self.place(leaves)
            params |= {"old_checkpoint": before["checkpoint"], "old_shift": before["shift"]}
        message = Message("repair.moves" if leaves >= 0 else "repair.joins", params)
        return Move(person, leaves, takes, message, self.reasons(person, takes, duties, mates))

    def reasons(self, person: int, group: int, duties: int, mates: Int32) -> tuple[Message, ...]:
        """Return way, duties, turn and squad of somebody in a seat, as sentences."""
        people, demand = self.problem.people, self.problem.demand
        task = int(demand.group_task[group])
        home = people.home[person : person + 1]
        way = int(metres(squared_metres(home, demand.place[int(demand.task_checkpoint[task])]))[0])
        kind = int(self.problem.shifts.load_class[demand.task_shift[task]])
        waited = int(people.waited[person, kind])
        found = [
            Message("repair.reason_way", {"metres": way}),
            Message("repair.reason_duties", {"duties": duties, "cap": int(people.cap_week[person])}),
            Message(
                "repair.reason_turn_long" if waited >= WAITED_MOST else "repair.reason_turn",
                {"weeks": waited, "kind": Message(f"repair.class_{CLASSES[kind]}")},
            ),
        ]
        squad = int(people.squad[person])
        if squad >= 0:
            same = int((people.squad[mates[mates != person]] == squad).sum())
            if same:
                found.append(Message("repair.reason_squad", {"squad": self.problem.squads[squad], "count": same}))
        return tuple(found)

    def whole(self, moves: Sequence[Move], opens: int, *, short: bool) -> Message:
        """Say what an alternative does as a whole."""
        steps = [move.message for move in moves]
        if opens < 0:
            return Message("repair.one_change" if len(moves) == 1 else "repair.chain", {"moves": steps})
        code = "repair.chain_opens" if short else "repair.chain_opens_desired"
        return Message(code, {"moves": steps, **self.place(opens)})
