"""What a document asks for: checkpoints, their tasks and seats, and the duties of a few days."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.places import MAX_PLACES, read_place
from patrol_desk.engine.formats.rules_reader import TEMPORARY
from patrol_desk.engine.formats.seats import numbered
from patrol_desk.engine.formats.times import MAX_MINUTE, Calendar
from patrol_desk.engine.problem import Demand, Rules, Shifts

CHECKPOINT_KEYS: Final = (("id",), ("place", "kind", "visits", "blind_hours"))
TASK_KEYS: Final = (("checkpoint", "shift", "seats"), ("tier", "raised"))
SEAT_KEYS: Final = (("minimum",), ("skill", "desired", "held", "surge_minimum", "surge_desired"))
DUTY_KEYS: Final = (("id", "seats"), ("place", "kind", "from", "until", "shifts", "tier"))

MAX_TASKS, MAX_SKILLS, MAX_HEADS = 1_000_000, 31, 10_000


class DemandReader:
    """Gathers checkpoints, tasks and seats from the parts of a document.

    Parameters
    ----------
    rules, shifts
        Of the document.
    capabilities, tiers
        Its capabilities, and how many tiers its weights know.
    calendar
        Reads its times.
    """

    def __init__(
        self, rules: Rules, shifts: Shifts, capabilities: tuple[str, ...], tiers: int, calendar: Calendar
    ) -> None:
        self._kinds = {kind.name: number for number, kind in enumerate(rules.kinds)}
        self._shifts, self._times, self._calendar = numbered(shifts.ids), shifts, calendar
        self._skills, self._tiers = numbered(capabilities), tiers
        self._first_place: dict[str, Node] = {}
        self._places: list[tuple[int, int, int, int, int]] = []
        self._first_task: dict[tuple[int, int], Node] = {}
        self._tasks: list[tuple[int, int, int, int]] = []
        self._groups: list[tuple[int, ...]] = []

    def checkpoints(self, node: Node) -> None:
        """Read the list of checkpoints."""
        for item in node.items(MAX_PLACES):
            fields = item.fields(*CHECKPOINT_KEYS)
            visits = fields["visits"].whole(0, MAX_HEADS) if "visits" in fields else 0
            blind = fields["blind_hours"].whole(0, MAX_MINUTE) if "blind_hours" in fields else 0
            self._place(fields, 0, visits, blind)

    def _place(self, fields: dict[str, Node], kind: int, visits: int = 0, blind: int = 0) -> int:
        """Add a checkpoint and return its index; `kind` is that of one that names none."""
        fields["id"].only_once(self._first_place, fields["id"].text())
        kind = fields["kind"].reference(self._kinds, "kind") if "kind" in fields else kind
        self._places.append((*read_place(fields.get("place")), kind, visits, blind))
        return len(self._places) - 1

    def tasks(self, node: Node) -> None:
        """Read the demand: one entry for each checkpoint in a shift."""
        known = {name: number for number, name in enumerate(self._first_place)}
        for item in node.items(MAX_TASKS):
            fields = item.fields(*TASK_KEYS)
            checkpoint = fields["checkpoint"].reference(known, "checkpoint")
            shift = fields["shift"].reference(self._shifts, "shift")
            raised = fields["raised"].whole(0, self._tiers - 1) if "raised" in fields else 0
            self._task(item, (checkpoint, shift, self._tier(fields), raised), self._seats(fields["seats"]))

    def duties(self, node: Node | None) -> None:
        """Read the temporary duties: a checkpoint with the same seats in some shifts."""
        for item in node.items(MAX_PLACES) if node is not None else ():
            fields = item.fields(*DUTY_KEYS)
            checkpoint = self._place(fields, self._kinds[TEMPORARY])
            seats = self._seats(fields["seats"])
            for shift in self._shifts_of(item, fields):
                self._task(item, (checkpoint, shift, self._tier(fields), 0), seats)

    def _shifts_of(self, item: Node, fields: dict[str, Node]) -> list[int]:
        """Return the shifts of a temporary duty: those it names, or all that start within its time."""
        named, times = "shifts" in fields, {"from", "until"} & set(fields)
        if named == bool(times) or len(times) == 1:
            raise item.fault("which_shifts")
        if named:
            first: dict[str, Node] = {}
            found = []
            for entry in fields["shifts"].items(len(self._shifts)):
                found.append(entry.reference(self._shifts, "shift"))
                entry.only_once(first, str(entry.value))
            return found
        start, end = self._calendar.span(fields["from"], fields["until"])
        inside = (self._times.start >= start) & (self._times.start < end)
        if not inside.any():
            raise fields["from"].fault("no_shift_then")
        return [int(shift) for shift in np.flatnonzero(inside)]

    def _tier(self, fields: dict[str, Node]) -> int:
        return fields["tier"].whole(0, self._tiers - 1) if "tier" in fields else 0

    def _task(self, item: Node, task: tuple[int, int, int, int], seats: list[tuple[int, ...]]) -> None:
        key = task[:2]
        if key in self._first_task:
            raise item.fault("twice", first=self._first_task[key].path)
        if len(self._tasks) >= MAX_TASKS:
            raise item.fault("too_many_tasks", most=MAX_TASKS)
        self._first_task[key] = item
        self._groups += [(len(self._tasks), *row) for row in seats]
        self._tasks.append(task)

    def _seats(self, node: Node) -> list[tuple[int, ...]]:
        """Return skill, minimum, desired, held heads and the two surges of each kind of seat of a task."""
        first: dict[int, Node] = {}
        rows = []
        for item in node.items(MAX_SKILLS + 2):
            fields = item.fields(*SEAT_KEYS)
            skill = fields["skill"].reference(self._skills, "skill") if "skill" in fields else -1
            if skill in first:
                raise item.fault("twice", first=first[skill].path)
            first[skill] = item
            minimum = fields["minimum"].whole(0, MAX_HEADS)
            desired = fields["desired"].whole(0, MAX_HEADS) if "desired" in fields else minimum
            if desired < minimum:
                raise fields["desired"].fault("desired_below_minimum", minimum=minimum)
            limits = (("held", MAX_HEADS), ("surge_minimum", minimum), ("surge_desired", desired))
            more = [fields[name].whole(0, most) if name in fields else 0 for name, most in limits]
            rows.append((skill, minimum, desired, *more))
        return rows

    def demand(self) -> Demand:
        """Return what was read."""
        places, tasks, groups = (
            _columns(rows, width) for rows, width in ((self._places, 5), (self._tasks, 4), (self._groups, 7))
        )
        return Demand(
            checkpoints=tuple(self._first_place),
            place=np.column_stack(places[:2]).astype(np.int32),
            task_checkpoint=tasks[0],
            task_shift=tasks[1],
            task_tier=tasks[2].astype(np.int8),
            group_task=groups[0],
            group_capability=groups[1].astype(np.int8),
            minimum=groups[2],
            desired=groups[3],
            kind=places[2].astype(np.int8),
            visits=places[3],
            blind_hours=places[4],
            held=groups[4],
            raised=tasks[3].astype(np.int8),
            surge_minimum=groups[5],
            surge_desired=groups[6],
        )


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> list[NDArray[np.int32]]:
    table = np.array(rows, dtype=np.int32).reshape(-1, width)
    return [table[:, column].copy() for column in range(width)]
