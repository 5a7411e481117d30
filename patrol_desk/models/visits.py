"""The lottery of visits: its secret, and what it drew."""

from datetime import date
from typing import Final

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Id, Record

SECRET_KINDS: Final = frozenset({"visit_lottery", "sheet_key"})
"""Tables whose content leaves the file nowhere: not in exports, the audit log or an undo."""


class VisitLottery(Record):
    """The secret from which visits are drawn; the newest is in force."""

    __tablename__ = "visit_lottery"

    secret: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[bytes] = mapped_column(LargeBinary, default=b"", server_default=text("''"))
    """The accounts before and after the newest week drawn, as JSON; as secret as what is drawn from them."""


class VisitDraw(Record):
    """A visit that was drawn: a checkpoint of low demand in a shift."""

    __tablename__ = "visit_draw"
    __table_args__ = (UniqueConstraint("checkpoint_id", "pattern_id", "on_date"),)

    week: Mapped[str] = mapped_column(String(8), index=True)
    checkpoint_id: Mapped[Id] = mapped_column(ForeignKey("checkpoint.id"), index=True)
    pattern_id: Mapped[Id] = mapped_column(ForeignKey("shift_pattern.id"), index=True)
    on_date: Mapped[date] = mapped_column(index=True)
