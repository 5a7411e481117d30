"""Whole patrols laid out for the bound of wages: who could stand in them, and what locked pairs already decide."""

from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.bound.bench import Bench
from patrol_desk.engine.core.features import starts
from patrol_desk.engine.core.instance import Instance, Int64
from patrol_desk.engine.core.state import State

STATES: Final = 64
"""Ways to divide heads over the seat groups of a task up to which its patrols are told apart."""

MARKS: Final = 4
"""Sets of what a patrol may have: somebody who leads, an officer."""

NODES: Final = 1 << 15
"""Steps towards the cheapest patrol that are remembered; beyond them only the slope of the bound is less sure."""


class Patrols(NamedTuple):
    """What never changes, and room for the kernels.

    A place is one person in one shift that they may still take; places are ordered by shift, then pool. A run is the
    places of one pool in one shift.

    Attributes
    ----------
    entry, person
        (n,) entry of `Bench.shift` and person of each place.
    run_first, run_pool, shift_runs
        (R + 1,), (R,), (T + 1,) places of each run, its pool, runs of each shift.
    order
        (J,) tasks by checkpoint.
    group_first, group
        (J + 1,), (G,) seat groups of each task.
    held_first, held
        (J + 1,), (n,) pools of the people locked into each task.
    held_marks, held_people
        (J,) marks and number of these people.
    kept_first, kept
        (J + 1,), (n, 2) baseline duties: place, and the points earned by keeping it.
    points
        (J, 2) points of a patrol of two or more in which nobody leads, of one without an officer.
    way, reached
        (P,), (pools,) what the way to the checkpoint at hand costs, and 1 where anybody of a pool reaches it.
    cost
        (n,) what each place of the shift at hand costs in the task at hand.
    low
        (R, 4) what one, two and three people of each run cost at least, and the third of them.
    rest
        (5,) what no, one, two and three people of any runs cost at least, and each further one.
    best, opened, best_node, opened_node
        (MARKS, STATES) least cost with the runs so far, with the run at hand, and the last step towards it.
    node
        (NODES, 2) steps: place taken, and the step before.
    short, heads
        (STATES,) points of the missing heads, and free heads.
    size, stride
        (groups,) free seats of each group of the task at hand, and what one more head adds to the state.
    room
        (STATES, groups) seats still free in each state.
    """

    entry: Int64
    person: Int64
    run_first: Int64
    run_pool: Int64
    shift_runs: Int64
    order: Int64
    group_first: Int64
    group: Int64
    held_first: Int64
    held: Int64
    held_marks: Int64
    held_people: Int64
    kept_first: Int64
    kept: Int64
    points: Int64
    way: Int64
    reached: Int64
    cost: Int64
    low: Int64
    rest: Int64
    best: Int64
    opened: Int64
    best_node: Int64
    opened_node: Int64
    node: Int64
    short: Int64
    heads: Int64
    size: Int64
    stride: Int64
    room: Int64


def new_patrols(instance: Instance, bench: Bench, locked: State) -> Patrols:
    """Lay out the patrols of a problem whose locked pairs, and nothing else, are in a state."""
    tasks, shifts = len(instance.task_shift), instance.allowed.shape[1]
    person = np.repeat(np.arange(len(bench.first) - 1), np.diff(bench.first))
    entry = np.lexsort((person, instance.pool[person], bench.shift))
    shift, pool = bench.shift[entry], instance.pool[person[entry]]
    new = np.flatnonzero((np.diff(shift, prepend=-1) != 0) | (np.diff(pool, prepend=-1) != 0))
    group = np.argsort(instance.group_task, kind="stable")
    group_first = starts(instance.group_task, tasks)
    table, most = (MARKS, STATES), int(np.diff(group_first).max(initial=1))
    return Patrols(
        entry=entry.astype(np.int64),
        person=person[entry].astype(np.int64),
        run_first=np.append(new, len(entry)).astype(np.int64),
        run_pool=pool[new].astype(np.int64),
        shift_runs=starts(shift[new], shifts),
        order=np.argsort(instance.task_checkpoint, kind="stable").astype(np.int64),
        group_first=group_first,
        group=group.astype(np.int64),
        points=_points(instance),
        **_held(instance, locked),
        **_kept(instance, bench, entry),
        way=np.zeros(len(instance.person), dtype=np.int64),
        reached=np.zeros(int(instance.pool.max(initial=-1)) + 1, dtype=np.int64),
        cost=np.zeros(len(entry), dtype=np.int64),
        low=np.zeros((len(new), 4), dtype=np.int64),
        rest=np.zeros(5, dtype=np.int64),
        best=np.zeros(table, dtype=np.int64),
        opened=np.zeros(table, dtype=np.int64),
        best_node=np.zeros(table, dtype=np.int64),
        opened_node=np.zeros(table, dtype=np.int64),
        node=np.zeros((NODES, 2), dtype=np.int64),
        short=np.zeros(STATES, dtype=np.int64),
        heads=np.zeros(STATES, dtype=np.int64),
        size=np.zeros(most, dtype=np.int64),
        stride=np.zeros(most, dtype=np.int64),
        room=np.zeros((STATES, most), dtype=np.int64),
    )


def _points(instance: Instance) -> Int64:
    """Return (J, 2) what a patrol costs in which nobody leads, and one without an officer."""
    points: Int64 = np.maximum(instance.teams.task[:, 1:], 0)
    points[:, 0] += instance.points.no_lead
    return points


def marks_of(instance: Instance, person: Int64, shift: Int64) -> Int64:
    """Return (n,) bit 0 where somebody leads a squad, bit 1 where they are an officer, on the day of the shift."""
    sign = instance.teams.signs[instance.signature[person, instance.day[shift]]]
    marks: Int64 = (instance.leads[person] | sign[:, 0]) + 2 * sign[:, 1]
    return marks


def _held(instance: Instance, locked: State) -> dict[str, Int64]:
    """Return what the locked people of each task decide."""
    tasks = len(instance.task_shift)
    slots = np.flatnonzero(locked.holder >= 0)
    rows = np.column_stack([instance.slot_task[slots], locked.holder[slots]])
    task, person = np.unique(rows, axis=0).T
    marks = np.zeros(tasks, dtype=np.int64)
    np.bitwise_or.at(marks, task, marks_of(instance, person, instance.task_shift[task]))
    of_task, pools = np.unique(np.column_stack([task, instance.pool[person]]), axis=0).T
    people = np.bincount(task, minlength=tasks)
    return {
        "held_first": starts(of_task, tasks),
        "held": pools.astype(np.int64),
        "held_marks": marks,
        "held_people": people.astype(np.int64),
    }


def _kept(instance: Instance, bench: Bench, entry: Int64) -> dict[str, Int64]:
    """Return by task the places that can keep a baseline duty there."""
    lists, tasks, shifts = instance.lists, len(instance.task_shift), instance.allowed.shape[1]
    place = np.full((len(instance.person), shifts), -1, dtype=np.int64)
    person = np.repeat(np.arange(len(bench.first) - 1), np.diff(bench.first))
    place[person[entry], bench.shift[entry]] = np.arange(len(entry))
    who = np.repeat(np.arange(len(instance.person)), np.diff(lists.base_first))
    at = place[who, instance.task_shift[lists.base_task]]
    rows = np.flatnonzero(at >= 0)
    rows = rows[np.argsort(lists.base_task[rows], kind="stable")]
    kept = np.column_stack([at[rows], instance.points.change * lists.base_times[rows]])
    return {"kept_first": starts(lists.base_task[rows], tasks), "kept": np.ascontiguousarray(kept.astype(np.int64))}
