"""Where the shifts of a day stand on a line of time; long idle stretches are drawn short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

IDLE_MINUTES = 60
"""Idle time takes at most as much room as this."""
_STEP = timedelta(hours=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of time from left to right.

    Parameters
    ----------
    places
        Left edge and width of each span, in the order given.
    anchors
        Moments and where they stand; between two of them time runs evenly.
    """

    places: tuple[tuple[int, int], ...]
    anchors: tuple[tuple[datetime, float], ...]

    def at(self, moment: datetime) -> int | None:
        """Return where a moment stands; None before the first and after the last."""
        for (before, left), (after, right) in pairwise(self.anchors):
            if before <= moment <= after:
                share = (moment - before) / (after - before) if after > before else 0.0
                return round(left + share * (right - left))
        return None

    def ticks(self, least: int) -> list[tuple[int, datetime]]:
        """Return full hours with at least so many pixels between them; begins and ends of spans may stand closer."""
        if not self.anchors:
            return []
        found: list[tuple[int, datetime]] = []
        edges = {moment for moment, _ in self.anchors if moment.minute == 0}
        moment = self.anchors[0][0].replace(minute=0)
        hours = []
        while moment <= self.anchors[-1][0]:
            hours.append(moment)
            moment += _STEP
        for hour in sorted(hours, key=lambda hour: (hour not in edges, hour.hour % 2, hour)):
            place = self.at(hour)
            room = least // 2 if hour in edges else least
            if place is not None and all(abs(place - other) >= room for other, _ in found):
                found.append((place, hour))
        return sorted(found)


def lay_out(spans: Sequence[Span], width: int, gap: int) -> Line:
    """Place spans on a line of so many pixels.

    Spans that overlap cannot stand at their times: then all are equally wide, side by side.

    Parameters
    ----------
    spans
        Begin and end, by begin.
    width
        Of the line, in pixels.
    gap
        Pixels between spans that touch.
    """
    if not spans:
        return Line((), ())
    if any(begin < end for (_, end), (begin, _) in pairwise(spans)):
        return _side_by_side(spans, width, gap)
    lengths = [_minutes(end - begin) for begin, end in spans]
    idle = [min(_minutes(begin - end), IDLE_MINUTES) for (_, end), (begin, _) in pairwise(spans)]
    scale = width / max(1.0, sum(lengths) + sum(idle))
    anchors: list[tuple[datetime, float]] = []
    places = []
    x = 0.0
    for (begin, end), length, pause in zip(spans, lengths, [*idle, 0.0], strict=True):
        anchors += [(begin, x), (end, x + length * scale)]
        inset = gap if pause == 0 and end != spans[-1][1] else 0
        places.append((round(x), round(length * scale) - inset))
        x += (length + pause) * scale
    return Line(tuple(places), tuple(anchors))


def _side_by_side(spans: Sequence[Span], width: int, gap: int) -> Line:
    each = width / len(spans)
    places = tuple((round(each * number), round(each) - gap) for number in range(len(spans)))
    return Line(places, ())


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60
