"""Measures of sheets: type, rules, columns, row densities. Millimetres, and points for type."""

from dataclasses import dataclass, replace
from itertools import accumulate

from patrol_desk.printing.sheets.press import Press

HAIR = 0.18
"""Width of the table's rules."""
PAD = 1.4
"""Space between a cell's edge and its text."""

TITLE = (16.5, 15.0, 13.5, 12.0, 10.5)
SQUAD = (11.25, 10.5, 9.75, 9.0)
BODY = (9.75, 9.0, 8.25)
SMALL = (8.25, 7.5, 7.0)
SHADE = 0.07

DAYS = 7


@dataclass(frozen=True, slots=True)
class Density:
    """How close the rows stand: the fewest pages win, then the most open rows.

    Parameters
    ----------
    row
        Least height of a row.
    sizes
        Type sizes of names and places, largest first.
    box
        Side of a shift's box.
    duty
        Height of one duty in a cell.
    """

    row: float
    sizes: tuple[float, ...]
    box: float
    duty: float

    def scaled(self, scale: float) -> "Density":
        """Return the density with heights for text of another size; type sizes stay."""
        return replace(self, row=self.row * scale, box=self.box * scale, duty=self.duty * scale)


DENSITIES = (
    Density(row=8.0, sizes=(9.75, 9.0, 8.25, 7.5), box=5.2, duty=6.0),
    Density(row=6.8, sizes=(9.75, 9.0, 8.25, 7.5), box=4.9, duty=5.4),
    Density(row=5.8, sizes=(9.0, 8.25, 7.5), box=4.4, duty=4.9),
    Density(row=4.8, sizes=(8.25, 7.5), box=3.9, duty=3.9),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges of the columns; the last value is the table's right edge.

    Parameters
    ----------
    number, name, skills, phone
        Left edges. Without telephone numbers `phone` equals the first day's.
    days
        Left edges of the seven days.
    total
        Left edge of the totals.
    right
        The table's right edge.
    """

    number: float
    name: float
    skills: float
    phone: float
    days: tuple[float, ...]
    total: float
    right: float

    @property
    def edges(self) -> tuple[float, ...]:
        """All vertical rules, left to right."""
        return tuple(
            dict.fromkeys((self.number, self.name, self.skills, self.phone, *self.days, self.total, self.right))
        )

    def day(self, index: int) -> tuple[float, float]:
        """Return left edge and width of a day's column."""
        edges = (*self.days, self.total)
        return edges[index], edges[index + 1] - edges[index]


def columns(press: Press, *, with_phone: bool) -> Columns:
    """Return the columns; without telephone numbers names and days share the room."""
    name_width, phone_width = (33.0, 26.0) if with_phone else (37.0, 0.0)
    widths = (press.mm(width) for width in (8.0, name_width, 14.5, phone_width))
    number, name, skills, phone, days = accumulate(widths, initial=press.left)
    total = press.right - press.mm(12.0)
    width = (total - days) / DAYS
    starts = tuple(days + width * day for day in range(DAYS))
    return Columns(number, name, skills, phone, starts, total, press.right)
