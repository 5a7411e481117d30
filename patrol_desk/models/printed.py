"""What was printed or handed on, and what came back."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Id, Record, Text


class SheetPrint(Record):
    """One sheet that left the desk, in so many copies; it holds codes and no person's data."""

    __tablename__ = "printed_sheet"

    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(2))
    """Letters of the kind of sheet."""
    medium: Mapped[str] = mapped_column(String(8))
    """``paper``, ``pdf``, or the form of a file that was handed on."""
    period: Mapped[str] = mapped_column(String(10), index=True)
    """Week, day or month, as the sheet's reference says it."""
    subject: Mapped[str] = mapped_column(String(32))
    """Code of the squad, checkpoint, muster point or person."""
    number: Mapped[int]
    """Version of the plan; 0 on a sheet that shows no plan."""
    draft: Mapped[bool]
    """The version was not published."""
    revision: Mapped[str] = mapped_column(String(20))
    content_hash: Mapped[str] = mapped_column(String(64))
    copies: Mapped[int]
    profile: Mapped[str] = mapped_column(String(12))
    printed_by: Mapped[Text]


class FormAnswer(Record):
    """征集表已交回: a squad gave its availability form back, whether or not anything on it changed."""

    __tablename__ = "form_answer"

    squad_id: Mapped[Id] = mapped_column(ForeignKey("squad.id"), index=True)
    at: Mapped[datetime]
    taken_by: Mapped[Text]
    """Name of the account that took it."""
