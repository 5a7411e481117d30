"""How the auto-plan page writes figures, times and places."""

from typing import TYPE_CHECKING

from patrol_desk.ui.i18n import language, shift_mark, tr
from patrol_desk.ui.i18n.dates import weekday_text

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_names import SeatRef

PER_MINUTE = 60


def clock(seconds: float) -> str:
    """Return seconds as ``1:36``."""
    return f"{int(seconds) // PER_MINUTE}:{int(seconds) % PER_MINUTE:02d}"


def seat_text(seat: "SeatRef") -> str:
    """Return place, day and shift: ``石桥市场 周五晚``."""
    between = " " if language() == "en" else ""
    return f"{seat.place} {weekday_text(seat.on_date.weekday())}{between}{shift_mark(seat.mark)}"


def asked_text(rules: int, squads: int) -> str:
    """Return what is asked of one run only: how many rules kept otherwise, how many squads planned."""
    parts = [tr("改了 {count} 条规则", count=rules)] if rules else []
    if squads:
        parts.append(tr("只排 {count} 个小组", count=squads))
    return tr("、|列举").join(parts)


def distance(metres: int | None) -> str:
    """Return metres as ``1.3 km``; a dash for none."""
    return "–" if metres is None else f"{metres / 1000:.1f} km"


def signed(change: float, digits: int = 0) -> str:
    """Return a change with its sign; 不变 for none."""
    text = f"{abs(change):.{digits}f}"
    if float(text) == 0:
        return tr("不变|plan")
    return f"+{text}" if change > 0 else f"\N{MINUS SIGN}{text}"
