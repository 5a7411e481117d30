"""The list of seats that stay empty: where, how many, why, and what would help."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.itemmodels.rows import Column
from patrol_desk.ui.pages.planning.texts import seat_text

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_gaps import OpenSeat


@dataclass(frozen=True, slots=True)
class OpenRow:
    """One place that stays short of people."""

    id: str
    open: "OpenSeat"


def open_columns() -> tuple[Column[OpenRow], ...]:
    """Return the columns of the list."""
    return (
        Column("seat", str, 150, lambda row: seat_text(row.open.seat), stretch=True, tip=reasons_of),
        Column("missing", str, 70, lambda row: tr("缺 {count} 人|plan", count=row.open.missing), align="right",
               tone=lambda _row: "red", tip=reasons_of),
    )  # fmt: skip


def reasons_of(row: OpenRow) -> str:
    """Return why a seat stays empty and what would help."""
    text = "".join(joined(say(reason)) for reason in row.open.reasons)
    if row.open.proposal is None:
        return text + tr("放宽哪一条都补不上，可请邻近小组支援或调整需求。")
    return text + joined(tr("可以：{way}", way=say(row.open.proposal)))


def joined(sentence: str) -> str:
    """Return a sentence with its full stop, and a blank in English."""
    return f"{sentence}. " if language() == "en" else f"{sentence}。"
