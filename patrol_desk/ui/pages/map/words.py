"""The map's recurring words."""

from collections.abc import Sequence

from patrol_desk.services.map import MapWeek
from patrol_desk.services.planning.board import BoardShift, CellState
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text, span_text, weekday_text
from patrol_desk.ui.i18n.numbers import percent


def length_text(metres: int) -> str:
    """Return a length in metres, in kilometres from one on."""
    if metres < 1000:
        return f"{metres} m"
    return f"{metres / 1000:.1f} km" if metres % 1000 else f"{metres // 1000} km"


def teams_text(teams: Sequence[str]) -> str:
    """Return the name of the only team, or of the first and how many more there are."""
    if len(teams) == 1:
        return teams[0]
    return tr("{name}等 {count} 队", name=teams[0], count=len(teams))


def squad_of(week: MapWeek, number: int) -> str:
    """Return the name of the squad that serves most at a post in the week, empty for none."""
    main = week.main_squad[number]
    return week.squads[main].squad if main >= 0 else ""


def state_text(state: CellState) -> str:
    """Return how a post is manned."""
    return {
        CellState.OK: tr("满足期望"),
        CellState.BELOW_DESIRED: tr("低于期望"),
        CellState.BELOW_MINIMUM: tr("低于最低"),
        CellState.NOT_STAFFED: tr("本班不设岗"),
    }[state]


def shift_text(shift: BoardShift) -> str:
    """Return weekday, mark and hours of a shift."""
    hours = span_text(shift.start_minute, shift.length_minutes)
    return f"{weekday_text(shift.on_date.weekday())} {shift_mark(shift.mark)} {hours}"


def dated_shift_text(shift: BoardShift) -> str:
    """Return day, mark and hours of a shift."""
    return f"{day_text(shift.on_date)} {shift_mark(shift.mark)} {span_text(shift.start_minute, shift.length_minutes)}"


def standing_text(week: MapWeek, shift: int) -> str:
    """Return coverage and number of gaps of a shift."""
    red, amber = week.gaps(shift)
    covered = week.coverage[shift]
    if covered is None:
        return tr("本班没有设岗")
    return tr("覆盖 {percent}% · 缺口 {count} 处", percent=percent(covered), count=red + amber)
