"""The network: nodes, arcs, capacities and costs as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from patrol_desk.engine.bound.bench import Bench
from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import positions
from patrol_desk.engine.network.hubs import Hubs
from patrol_desk.engine.network.windows import Windows
from patrol_desk.engine.problem import Int32, Problem

SOURCE: Final = 0
SINK: Final = 1

ARCS_NEAR: Final = 30
"""Seat groups, the nearest first, to which a hub is joined for each capability."""

LEAST_ARCS_NEAR: Final = 12
MOST_POSTS: Final = 800_000
"""Arcs from hubs to seat groups beyond which a hub is joined to fewer, down to the least: bounds memory and time."""


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Some arcs of the network, all (n,)."""

    tail: Int32
    head: Int32
    capacity: Int32
    cost: Int64

    @classmethod
    def of(cls, tail: Int64 | int, head: Int64 | int, capacity: Int64 | int, cost: Int64 | int) -> "Arcs":
        """Return arcs from columns, of which some may be one number for all."""
        columns = np.broadcast_arrays(*(np.atleast_1d(column) for column in (tail, head, capacity, cost)))
        leave, enter, most = (np.array(column, dtype=np.int32) for column in columns[:3])
        return cls(leave, enter, most, np.array(columns[3], dtype=np.int64))

    @classmethod
    def joined(cls, parts: "list[Arcs]") -> "Arcs":
        """Return the arcs of several parts."""
        if not parts:
            return cls.of(*(np.zeros(0, dtype=np.int64) for _ in range(4)))
        names = ("tail", "head", "capacity", "cost")
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})

    def __len__(self) -> int:
        return len(self.tail)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The network in the layers through which a head passes.

    Parameters
    ----------
    persons, windows, serves, splits, posts, seats, keeps
        Arcs source → person, person → window, window → set (hub × shift × capabilities), set → relay (hub × shift ×
        capability used), relay → group, group → sink, and window → group for duties of the baseline.
    serve_person, serve_shift
        Person and shift of each arc of `serves`.
    keep_person
        Person of each arc of `keeps`.
    nodes, group_node
        Number of nodes, and the node of group 0.
    supply
        Heads that leave the source; an arc straight to the sink takes those who stay at home.
    """

    persons: Arcs
    windows: Arcs
    serves: Arcs
    splits: Arcs
    posts: Arcs
    seats: Arcs
    keeps: Arcs
    serve_person: Int64
    keep_person: Int64
    nodes: int
    group_node: int
    supply: int

    @property
    def layers(self) -> tuple[Arcs, ...]:
        """All arcs in one fixed order; the last layer is the arc of those who stay at home."""
        home = Arcs.of(SOURCE, SINK, self.supply, 0)
        return (self.persons, self.windows, self.serves, self.splits, self.posts, self.seats, self.keeps, home)


class _Nodes:
    """Hands out node numbers."""

    def __init__(self) -> None:
        self.count = 2

    def take(self, count: int) -> int:
        first = self.count
        self.count += count
        return first


def build_network(problem: Problem, instance: Instance, bench: Bench, windows: Windows, hubs: Hubs) -> Network:
    """Lay out the network of a problem."""
    nodes = _Nodes()
    people, groups = len(instance.person), len(instance.minimum)
    person_node = nodes.take(people)
    window_node = nodes.take(int(windows.of_entry.max(initial=-1)) + 1)
    group_node = nodes.take(groups)
    entry_person = np.repeat(np.arange(people), np.diff(bench.first))
    kept = np.flatnonzero(windows.of_entry >= 0)
    person, shift, window = entry_person[kept], bench.shift[kept], windows.of_entry[kept]
    sets, set_of = _sets(instance, hubs, person, shift)
    set_node = nodes.take(len(sets))
    relays, splits = _splits(instance, sets, np.bincount(set_of, minlength=len(sets)), set_node, nodes)
    first_of_window = np.unique(window, return_index=True)[1]
    rising = _rising_load(instance, bench, windows)
    keeps, keep_person = _keeps(problem, instance, bench, (person, shift, window), window_node, group_node)
    return Network(
        persons=Arcs.of(SOURCE, person_node + rising[0], 1, rising[1]),
        windows=Arcs.of(person_node + person[first_of_window], window_node + window[first_of_window], 1, 0),
        serves=Arcs.of(window_node + window, set_node + set_of, 1, shift_costs(instance, bench, person, shift)),
        splits=splits,
        posts=_posts(instance, hubs, bench, relays, group_node),
        seats=_seats(instance, bench, group_node),
        keeps=keeps,
        serve_person=person,
        keep_person=keep_person,
        nodes=nodes.count,
        group_node=group_node,
        supply=len(rising[0]),
    )


def shift_costs(instance: Instance, bench: Bench, person: Int64, shift: Int64) -> Int64:
    """Return what serving costs wherever it is: its price and the first step of the class's load."""
    kind = instance.load_class[shift]
    before = instance.class_load[person, kind] + bench.locked_class[person, kind]
    costs: Int64 = instance.price[person, shift] + instance.class_points[kind] * (2 * before + 1)
    return costs


def way_costs(instance: Instance, checkpoint: Int64, far: Int64) -> Int64:
    """Return what ways of so many hundreds of metres cost, those beyond a weighted reach more."""
    beyond = np.maximum(far - instance.reach.limits[checkpoint, 0], 0)
    costs: Int64 = instance.points.near * far + instance.reach.limits[checkpoint, 1] * beyond
    return costs


def _rising_load(instance: Instance, bench: Bench, windows: Windows) -> tuple[Int64, Int64]:
    """Return person and cost of each further duty: the cost rises, so a flow takes them in order."""
    person = np.repeat(np.arange(len(windows.number)), windows.number)
    place = np.arange(len(person)) - np.repeat(np.cumsum(windows.number) - windows.number, windows.number)
    before = instance.load[person] + bench.locked[person] + place
    return person, instance.points.load * (2 * before + 1)


def _sets(instance: Instance, hubs: Hubs, person: Int64, shift: Int64) -> tuple[Int64, Int64]:
    """Return (n, 3) the sets (hub, shift, signature) that occur, and (entries,) which of them each entry belongs to."""
    signature = instance.signature[person, instance.day[shift]].astype(np.int64)
    keys = np.column_stack([hubs.of_person[person], shift, signature])
    sets, inverse = np.unique(keys, axis=0, return_inverse=True)
    return sets, inverse.reshape(-1)


def _splits(instance: Instance, sets: Int64, size: Int64, set_node: int, nodes: _Nodes) -> tuple[Int64, Arcs]:
    """Return (n, 5) relays (hub, shift, capability used, node, people) and the arcs from sets to relays."""
    wants = np.unique(instance.group_wants)
    may = instance.fits[sets[:, 2]][:, wants] == 1
    row, column = np.nonzero(may)
    keys = np.column_stack([sets[row, 0], sets[row, 1], wants[column]])
    relays, relay_of = np.unique(keys, axis=0, return_inverse=True)
    relay_of = relay_of.reshape(-1)
    first = nodes.take(len(relays))
    people = np.bincount(relay_of, size[row], len(relays)).astype(np.int64)
    table = np.column_stack([relays, first + np.arange(len(relays)), people])
    return table, Arcs.of(set_node + row, first + relay_of, size[row], 0)


def _posts(instance: Instance, hubs: Hubs, bench: Bench, relays: Int64, group_node: int) -> Arcs:
    """Return the arcs from relays to the nearest groups which ask for that capability."""
    return Arcs.joined(list(_posts_by_kind(instance, hubs, bench, relays, group_node)))


def _posts_by_kind(instance: Instance, hubs: Hubs, bench: Bench, relays: Int64, group_node: int) -> Iterator[Arcs]:
    """Yield the arcs per shift and capability."""
    free = np.maximum(instance.desired - bench.locked_heads, 0)
    group_shift = instance.task_shift[instance.group_task]
    shifts = len(instance.day)
    kind = relays[:, 2] * shifts + relays[:, 1]
    order = np.argsort(kind, kind="stable")
    first = starts(kind, (int(instance.group_wants.max(initial=0)) + 1) * shifts)
    near = min(ARCS_NEAR, max(LEAST_ARCS_NEAR, MOST_POSTS // max(len(relays), 1)))
    for number in np.unique(kind):
        rows = relays[order[first[number] : first[number + 1]]]
        wants, shift = divmod(int(number), shifts)
        groups = np.flatnonzero((group_shift == shift) & (instance.group_wants == wants) & (free > 0))
        if len(groups) == 0:
            continue
        far = hubs.near[np.ix_(rows[:, 0], instance.task_checkpoint[instance.group_task[groups]])]
        ranked = np.where(far < 0, np.iinfo(far.dtype).max, far)
        take = min(near, len(groups))
        column = np.argpartition(ranked, take - 1, axis=1)[:, :take]
        row = np.repeat(np.arange(len(rows)), take)
        column = column.reshape(-1)
        row, column = row[far[row, column] >= 0], column[far[row, column] >= 0]
        capacity = np.minimum(rows[row, 4], free[groups[column]])
        cost = way_costs(instance, instance.task_checkpoint[instance.group_task[groups[column]]], far[row, column])
        yield Arcs.of(rows[row, 3], group_node + groups[column], capacity, cost)


def _seats(instance: Instance, bench: Bench, group_node: int) -> Arcs:
    """Return the arcs to the sink: minimum heads at the price of their tier, then desired ones."""
    locked = bench.locked_heads
    least = np.maximum(instance.minimum - locked, 0)
    more = np.maximum(instance.desired - np.maximum(instance.minimum, locked), 0)
    node = group_node + np.arange(len(locked))
    need = Arcs.of(node, SINK, least, -instance.fill)
    wish = Arcs.of(node, SINK, more, -instance.points.desired)
    return Arcs.joined([need, wish])


def _keeps(
    problem: Problem,
    instance: Instance,
    bench: Bench,
    entries: tuple[Int64, Int64, Int64],
    window_node: int,
    group_node: int,
) -> tuple[Arcs, Int64]:
    """Return arcs for duties that the baseline has, which cost less by what giving them up costs."""
    person, shift, window = entries
    shifts = len(instance.day)
    position = positions(problem, instance)[problem.baseline[:, 0]]
    group = problem.baseline[:, 1].astype(np.int64)
    wanted = position * shifts + instance.task_shift[instance.group_task[group]]
    keys = person * shifts + shift
    at = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
    found = np.flatnonzero(keys[at] == wanted) if len(keys) else np.zeros(0, dtype=np.int64)
    position, group, at = position[found], group[found], at[found]
    checkpoint = instance.task_checkpoint[instance.group_task[group]]
    far = instance.near[position, checkpoint].astype(np.int64)
    signature = instance.signature[position, instance.day[shift[at]]]
    usable = (far >= 0) & (instance.fits[signature, instance.group_wants[group]] == 1)
    position, group, at = position[usable], group[usable], at[usable]
    cost = way_costs(instance, checkpoint[usable], far[usable]) - instance.points.change
    cost += shift_costs(instance, bench, position, shift[at])
    return Arcs.of(window_node + window[at], group_node + group, 1, cost), position
