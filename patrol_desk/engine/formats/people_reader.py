"""The people of a document."""

import numpy as np

from patrol_desk.engine.formats.node import Node
from patrol_desk.engine.formats.places import read_place
from patrol_desk.engine.formats.seats import numbered
from patrol_desk.engine.formats.words import KINDS, ROLES, WISHES
from patrol_desk.engine.problem import (
    CLASSES,
    FINE,
    LEAD,
    MEMBER,
    NO_PLACE,
    PREFER,
    UNAVAILABLE,
    WAITED_MOST,
    People,
    Shifts,
)

REQUIRED = ("id",)
OPTIONAL = (
    "squad",
    "role",
    "on_roster",
    "skills",
    "home",
    "cap_week",
    "load",
    "availability",
    "leave",
    "insured",
    "novice",
    "spares_eve",
    "waited",
)

MAX_PEOPLE, MAX_CELLS, MAX_LOAD, MAX_CAP = 300_000, 40_000_000, 100_000, 127


def read_people(
    node: Node, squads: tuple[str, ...], shifts: Shifts, order: list[int], limits: tuple[int, tuple[str, ...]]
) -> People:
    """Return the people.

    Parameters
    ----------
    node
        The list of people.
    squads
        Ids of the squads.
    shifts, order
        The shifts by their start, and which of the document's stands where; digits follow the document's order.
    limits
        Number of days, and the capabilities.
    """
    entries = node.items(min(MAX_PEOPLE, MAX_CELLS // max(1, len(order))))
    reader = _Reader(len(entries), squads, shifts, order, limits)
    for row, entry in enumerate(entries):
        reader.read(row, entry)
    return reader.people()


class _Reader:
    """Fills the arrays, one person at a time."""

    def __init__(
        self, count: int, squads: tuple[str, ...], shifts: Shifts, order: list[int], limits: tuple[int, tuple[str, ...]]
    ) -> None:
        self.squads, self.shifts, self.order = numbered(squads), numbered(shifts.ids), order
        self.days, self.skills = limits[0], numbered(limits[1])
        self.first: dict[str, Node] = {}
        self.squad = np.full(count, -1, dtype=np.int32)
        self.role = np.full(count, MEMBER, dtype=np.int8)
        self.on_roster = np.ones(count, dtype=np.bool_)
        self.capability = np.zeros((count, self.days), dtype=np.uint32)
        self.home = np.full((count, 2), NO_PLACE, dtype=np.int32)
        self.cap_week = np.ones(count, dtype=np.int8)
        self.load = np.zeros((count, len(CLASSES)), dtype=np.int32)
        self.availability = np.full((count, len(order)), FINE, dtype=np.int8)
        self.leave = np.zeros((count, len(order)), dtype=np.bool_)
        self.insured = np.ones((count, self.days), dtype=np.bool_)
        self.novice = np.zeros(count, dtype=np.bool_)
        self.spares_eve = np.zeros(count, dtype=np.bool_)
        self.waited = np.full((count, len(CLASSES)), WAITED_MOST, dtype=np.int8)

    def read(self, row: int, entry: Node) -> None:
        """Read one person."""
        fields = entry.fields(REQUIRED, OPTIONAL)
        fields["id"].only_once(self.first, fields["id"].text())
        if "squad" in fields:
            self.squad[row] = fields["squad"].reference(self.squads, "squad")
        if "role" in fields:
            self.role[row] = fields["role"].choice(ROLES)
        for name, flags in (("on_roster", self.on_roster), ("novice", self.novice), ("spares_eve", self.spares_eve)):
            if name in fields:
                flags[row] = fields[name].flag()
        if "insured" in fields:
            self._insured(row, fields["insured"])
        if "home" in fields:
            self.home[row] = read_place(fields["home"])
        self._counts(row, fields)
        self._skills(row, fields.get("skills"))
        self._availability(row, fields.get("availability"))
        for shift in fields["leave"].items(len(self.order)) if "leave" in fields else ():
            self.leave[row, shift.reference(self.shifts, "shift")] = True

    def _counts(self, row: int, fields: dict[str, Node]) -> None:
        """Read the cap, the load carried over and the weeks waited, by class."""
        if "cap_week" in fields:
            self.cap_week[row] = fields["cap_week"].whole(0, MAX_CAP)
        for name, table, most in (("load", self.load, MAX_LOAD), ("waited", self.waited, WAITED_MOST)):
            for kind, value in fields[name].fields((), CLASSES).items() if name in fields else ():
                table[row, KINDS[kind]] = value.whole(0, most)

    def _skills(self, row: int, node: Node | None) -> None:
        """Read skills: a list for all days, or the days of each; ``leader`` goes with the role unless told."""
        days = {LEAD: [1] * self.days} if self.role[row] != MEMBER else {}
        if node is not None and isinstance(node.value, dict):
            for name, item in node.entries().items():
                skill = Node(name, node, name).reference(self.skills, "skill")
                days[skill] = item.digits(self.days, "01")
        elif node is not None:
            for item in node.items(len(self.skills)):
                days[item.reference(self.skills, "skill")] = [1] * self.days
        for skill, held in days.items():
            self.capability[row] |= np.array(held, dtype=np.uint32) << np.uint32(skill)

    def _insured(self, row: int, node: Node) -> None:
        """Read insurance: a digit a day, or one answer for all of them."""
        if isinstance(node.value, bool):
            self.insured[row] = node.value
        else:
            self.insured[row] = np.array(node.digits(self.days, "01"), dtype=np.bool_)

    def _availability(self, row: int, node: Node | None) -> None:
        """Read availability: a digit per shift in the document's order, or only the shifts one can serve in."""
        if node is None:
            return
        if isinstance(node.value, dict):
            self.availability[row] = UNAVAILABLE
            for name, item in node.entries().items():
                shift = Node(name, node, name).reference(self.shifts, "shift")
                wish = item.whole(UNAVAILABLE, PREFER) if isinstance(item.value, int) else item.choice(WISHES)
                self.availability[row, shift] = wish
        else:
            self.availability[row] = np.array(node.digits(len(self.order), "0123"), dtype=np.int8)[self.order]

    def people(self) -> People:
        """Return what was read."""
        return People(
            ids=tuple(self.first),
            squad=self.squad,
            role=self.role,
            on_roster=self.on_roster,
            capability=self.capability,
            home=self.home,
            cap_week=self.cap_week,
            load=self.load,
            availability=self.availability,
            leave=self.leave,
            insured=self.insured,
            novice=self.novice,
            spares_eve=self.spares_eve,
            waited=self.waited,
        )
