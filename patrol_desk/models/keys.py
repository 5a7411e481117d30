"""Keys of the station that never leave its file."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from patrol_desk.models.base import Record


class SheetKey(Record):
    """The key that signs printed sheets; the newest signs, older ones still verify."""

    __tablename__ = "sheet_key"

    algorithm: Mapped[str] = mapped_column(String(16))
    secret: Mapped[bytes] = mapped_column(LargeBinary)
