"""Rest rules made laminar: each person's shifts cut into windows of which one shift each may be served.

Rest and "one a day" overlap without nesting, which no flow network can say. Windows lie apart by at least the rest, and
on different days when a day takes one duty: whatever is served, one shift a window, keeps both rules. A shift that lies
across the border of two windows is dropped; a window over two days merges them. Of all ways to cut, a dynamic programme
takes one with the most windows (up to the weekly cap), and among these the one that keeps the scarcest shifts.
"""

from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.bound.bench import Bench
from patrol_desk.engine.compiled import inner, kernel
from patrol_desk.engine.core.instance import Instance, Int64

ONE_WINDOW: Final = 1 << 30
"""Worth of a further window; above the scarcity of all shifts together."""


class Windows(NamedTuple):
    """The windows of all people.

    Attributes
    ----------
    of_entry
        (n,) window of each entry of `Bench.shift`, numbered over all people; -1 where the shift is dropped.
    number
        (P,) windows of each person, at most what the cap leaves.
    """

    of_entry: Int64
    number: Int64


class _Cut(NamedTuple):
    """What the kernels read and write.

    Attributes
    ----------
    start, ready, scarce
        (T,) minutes of the start, of the end plus rest, and how scarce people are.
    best, until
        (n + 1, n + 1) for entry and windows still wanted: the best worth, and the entry with which the window closes.
    of_entry, number
        As in `Windows`.
    """

    start: Int64
    ready: Int64
    scarce: Int64
    best: Int64
    until: Int64
    of_entry: Int64
    number: Int64


def cut_windows(instance: Instance, bench: Bench, start: Int64, ready: Int64) -> Windows:
    """Cut everybody's shifts into windows.

    Parameters
    ----------
    start, ready
        (T,) minutes: start, and end plus rest.
    """
    room = len(bench.gain) + 1
    windows = Windows(np.full(len(bench.shift), -1, dtype=np.int64), np.zeros(len(instance.person), dtype=np.int64))
    best, until = np.zeros((room, room), dtype=np.int64), np.zeros((room, room), dtype=np.int64)
    _cut_all(instance, bench, _Cut(start, ready, scarcity(instance), best, until, *windows))
    return windows


def scarcity(instance: Instance) -> Int64:
    """Return (T,) heads asked for per thousand people who could come, at most 100,000."""
    shifts = len(instance.day)
    asked = np.bincount(instance.task_shift[instance.group_task], instance.minimum, shifts)
    offered = np.maximum(np.diff(instance.lists.shift_first), 1)
    share: Int64 = np.minimum(1000 * asked / offered, 100_000).astype(np.int64)
    return share + 1


@kernel
def _cut_all(instance: Instance, bench: Bench, cut: _Cut) -> None:
    window = 0
    for person in range(len(cut.number)):
        entries = int(bench.first[person + 1] - bench.first[person])
        room = min(int(instance.cap[person] - bench.locked[person]), entries)
        if room <= 0:
            continue
        for at in range(entries - 1, -1, -1):
            _best_cut(instance, bench, cut, person, at, room)
        window = _mark(instance, bench, cut, person, room, window)


@inner
def _best_cut(instance: Instance, bench: Bench, cut: _Cut, person: int, at: int, room: int) -> None:
    """Find where the window that begins with entry `at` should end, for each number of windows still wanted."""
    first = int(bench.first[person])
    entries = int(bench.first[person + 1]) - first
    for left in range(room + 1):
        cut.best[entries, left] = 0
        cut.best[at, left] = cut.best[at + 1, left]
        cut.until[at, left] = -1
    for last in range(at, entries):
        close = int(cut.ready[bench.shift[first + last]])
        kept = 0
        for entry in range(at, entries):
            if cut.ready[bench.shift[first + entry]] <= close:
                kept += int(cut.scarce[bench.shift[first + entry]])
        after = _next_window(instance, bench, cut, person, at, close)
        for left in range(room + 1):
            worth = kept + int(cut.best[after, max(left - 1, 0)])
            if left > 0:
                worth += ONE_WINDOW
            if worth > cut.best[at, left]:
                cut.best[at, left] = worth
                cut.until[at, left] = last


@inner
def _next_window(instance: Instance, bench: Bench, cut: _Cut, person: int, at: int, close: int) -> int:
    """Return the entry with which a window may follow that from `at` which is over, rest included, at `close`."""
    first = int(bench.first[person])
    entries = int(bench.first[person + 1]) - first
    day = -1
    for entry in range(at, entries):
        if cut.ready[bench.shift[first + entry]] <= close:
            day = int(instance.day[bench.shift[first + entry]])
    for entry in range(at + 1, entries):
        shift = bench.shift[first + entry]
        if cut.start[shift] >= close and (instance.cap_day > 1 or instance.day[shift] > day):
            return entry
    return entries


@inner
def _mark(instance: Instance, bench: Bench, cut: _Cut, person: int, room: int, window: int) -> int:
    """Write the windows chosen for a person; return the next free window."""
    first = int(bench.first[person])
    entries = int(bench.first[person + 1]) - first
    at = 0
    left = room
    while at < entries:
        last = int(cut.until[at, left])
        if last < 0:
            at += 1
            continue
        close = int(cut.ready[bench.shift[first + last]])
        for entry in range(at, entries):
            if cut.ready[bench.shift[first + entry]] <= close:
                cut.of_entry[first + entry] = window
        window += 1
        cut.number[person] = min(int(cut.number[person]) + 1, room)
        at = _next_window(instance, bench, cut, person, at, close)
        left = max(left - 1, 0)
    return window
