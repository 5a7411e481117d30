"""Rest rules made laminar: each person's shifts cut into windows of which one shift each may be served.

Rest and "one a day" overlap without nesting, which no flow network can say. Windows lie apart by at least the rest, and
on different days when a day takes one duty: whatever is served, one shift a window, keeps both rules. A shift that lies
across the border of two windows is dropped; a window over two days merges them. Among all ways to cut, a dynamic programme
takes one with the most windows (up to the weekly cap), and among these the one that keeps the scarcest shifts.
"""

from typing import Final, NamedTuple

import numpy as np

from patrol_desk.engine.bound.lagrange import Bench
from patrol_desk.engine.compiled import kernel
from patrol_desk.engine.core.instance import Instance, Int64

ONE_WINDOW: Final = 1 << 30
"""Worth of a further window; above the scarcity of all shifts together."""


class Windows(NamedTuple):
    """The windows of all people.

    Attributes
    ----------
    entry_window
        (n,) window of each entry of `Bench.shift`, numbered over all people; -1 where the shift is dropped.
    count
        (P,) windows of each person, at most what the cap leaves.
    """

    entry_window: Int64
    count: Int64


def cut_windows(instance: Instance, bench: Bench, start: Int64, ready: Int64) -> Windows:
    """Cut everybody's shifts into windows.

    Parameters
    ----------
    start, ready
        (T,) minutes: start, and end plus rest.
    """
    entries = len(bench.shift)
    window = np.full(entries, -1, dtype=np.int64)
    count = np.zeros(len(instance.person), dtype=np.int64)
    most = len(bench.gain) + 1
    best, until = np.zeros((most, most), dtype=np.int64), np.zeros((most, most), dtype=np.int64)
    _cut_all(instance, bench, start, ready, scarcity(instance), window, count, best, until)
    return Windows(window, count)


def scarcity(instance: Instance) -> Int64:
    """Return (T,) heads asked for per thousand people who could come, at most 100,000."""
    shifts = len(instance.day)
    asked = np.bincount(instance.task_shift[instance.group_task], instance.minimum, shifts)
    offered = np.maximum(np.diff(instance.lists.shift_first), 1)
    return np.minimum(1000 * asked / offered, 100_000).astype(np.int64) + 1


@kernel
def _cut_all(
    instance: Instance,
    bench: Bench,
    start: Int64,
    ready: Int64,
    scarce: Int64,
    window: Int64,
    count: Int64,
    best: Int64,
    until: Int64,
) -> None:
    number = 0
    for person in range(len(count)):
        first = int(bench.first[person])
        entries = int(bench.first[person + 1]) - first
        room = min(int(instance.cap[person] - bench.locked[person]), entries)
        if room <= 0:
            continue
        for at in range(entries - 1, -1, -1):
            _best_cut(instance, bench, start, ready, scarce, first, entries, at, room, best, until)
        number = _mark(instance, bench, start, ready, first, entries, room, until, window, count, person, number)


@kernel
def _best_cut(
    instance: Instance,
    bench: Bench,
    start: Int64,
    ready: Int64,
    scarce: Int64,
    first: int,
    entries: int,
    at: int,
    room: int,
    best: Int64,
    until: Int64,
) -> None:
    """Find where the window that begins with entry `at` should end, for each number of windows still wanted."""
    for left in range(room + 1):
        best[entries, left] = 0
        best[at, left] = best[at + 1, left]
        until[at, left] = -1
    for last in range(at, entries):
        close = ready[bench.shift[first + last]]
        kept = 0
        for entry in range(at, entries):
            if ready[bench.shift[first + entry]] <= close:
                kept += int(scarce[bench.shift[first + entry]])
        after = _next_window(instance, bench, start, ready, first, entries, at, int(close))
        for left in range(room + 1):
            value = kept + best[after, max(left - 1, 0)]
            if left > 0:
                value += ONE_WINDOW
            if value > best[at, left]:
                best[at, left] = value
                until[at, left] = last


@kernel
def _next_window(
    instance: Instance, bench: Bench, start: Int64, ready: Int64, first: int, entries: int, at: int, close: int
) -> int:
    """Return the first entry after which a window may follow the one from `at` that is over, rest included, at `close`."""
    day = -1
    for entry in range(at, entries):
        if ready[bench.shift[first + entry]] <= close:
            day = int(instance.day[bench.shift[first + entry]])
    for entry in range(at + 1, entries):
        shift = bench.shift[first + entry]
        if start[shift] >= close and (instance.cap_day > 1 or instance.day[shift] > day):
            return entry
    return entries


@kernel
def _mark(
    instance: Instance,
    bench: Bench,
    start: Int64,
    ready: Int64,
    first: int,
    entries: int,
    room: int,
    until: Int64,
    window: Int64,
    count: Int64,
    person: int,
    number: int,
) -> int:
    """Write the windows chosen; return the next free number."""
    at = 0
    left = room
    while at < entries:
        last = int(until[at, left])
        if last < 0:
            at += 1
            continue
        close = int(ready[bench.shift[first + last]])
        for entry in range(at, entries):
            if ready[bench.shift[first + entry]] <= close:
                window[first + entry] = number
        number += 1
        count[person] += 1
        at = _next_window(instance, bench, start, ready, first, entries, at, close)
        left = max(left - 1, 0)
    count[person] = min(int(count[person]), room)
    return number
