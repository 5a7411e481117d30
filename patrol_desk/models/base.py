"""What every stored record has, and the portable column types."""

from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any, ClassVar

from sqlalchemy import Date, DateTime, Dialect, MetaData, String, Uuid
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from patrol_desk.common.ids import new_id


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC without an offset on every database, aware in Python."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into naive UTC; raise ValueError for one without a zone, a fault of the caller."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(repr(value))
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


def coded(enum: type[Enum]) -> EnumType:
    """Return the column type of an enum: its values as short text, the same on every database."""
    return EnumType(
        enum, native_enum=False, create_constraint=True, length=24, values_callable=lambda e: [m.value for m in e]
    )


RECORD_ID = String(36).with_variant(Uuid(as_uuid=False), "postgresql")
"""Hyphenated text; SQLite keeps it as it is, because taking every id apart and together costs 8 µs a row."""

Id = Annotated[str, mapped_column(RECORD_ID)]
Code = Annotated[str, mapped_column(String(32), unique=True)]
Name = Annotated[str, mapped_column(String(60))]
Text = Annotated[str, mapped_column(String(200), default="")]


class Base(DeclarativeBase):
    """Registry of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime, date: Date}


class Record(Base):
    """Id, version and trace of change, which every table has.

    `row_version` grows with every change and guards against lost updates; `ended_on` retires
    a record that others still refer to.
    """

    __abstract__ = True

    id: Mapped[Id] = mapped_column(primary_key=True, default=new_id)
    row_version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    changed_by: Mapped[Id | None]
    ended_on: Mapped[date | None]

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy check and raise the row version at every update."""
        return {"version_id_col": cls.__dict__.get("row_version") or cls.row_version}
