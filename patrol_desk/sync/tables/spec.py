"""What a table of the CSV contract is: its files, columns and keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import le
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.messages import Language
from patrol_desk.models import Record
from patrol_desk.sync.kinds import DateKind, Kind, RecordIdKind, ReferenceKind, SeatKind


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name
        Attribute of the model; of a column that stands for several, any name.
    zh, en
        Heading in either language.
    kind
        How cells become values.
    required
        Whether a file must have the column and a new row a value in it.
    default
        Value of a new row whose cell is blank or absent.
    blank
        Value that a blank cell or a clearing word stands for ("" for text that is never null).
    aliases
        Further headings that are understood.
    example
        Value of the example row, as stored; of a reference, the code.
    clearable
        Whether a clearing word may empty a stored value.
    fields
        Attributes of the model the value is spread over; by default `name` alone.
    """

    name: str
    zh: str
    en: str
    kind: Kind
    required: bool = False
    default: Any = None
    blank: Any = None
    aliases: tuple[str, ...] = ()
    example: Any = None
    clearable: bool = True
    fields: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.fields:
            object.__setattr__(self, "fields", (self.name,))

    def heading(self, language: Language) -> str:
        """Return the heading in a language."""
        return self.zh if language == "zh" else self.en

    @property
    def new_value(self) -> object:
        """Value of a new row whose cell is blank."""
        return self.blank if self.default is None else self.default


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Something the values of one row must fulfil together.

    Parameters
    ----------
    columns
        Names of the columns; the last is where the fault is shown.
    code
        Code of the fault.
    holds
        Called with the columns' values; False is a fault.
    complete
        Whether the check is asked only when no value is None.
    """

    columns: tuple[str, ...]
    code: str
    holds: Callable[..., bool]
    complete: bool = True


def in_order(first: str, last: str) -> RowCheck:
    """Return the check that the last day is not before the first."""
    return RowCheck((first, last), "import.last_before_first", le)


def both_or_none(one: str, other: str) -> RowCheck:
    """Return the check that two columns are filled both or not at all."""
    return RowCheck((one, other), "import.half_place", _both_or_none, complete=False)


def _both_or_none(one: object, other: object) -> bool:
    return (one is None) == (other is None)


@dataclass(frozen=True, eq=False)
class TableSpec:
    """One table of the CSV contract.

    Parameters
    ----------
    name
        English file name and the word by which references and messages name the table.
    zh
        Chinese file name.
    model
        The stored records.
    columns
        In the order in which they are written.
    key
        Names of the columns that identify a row without a record id.
    aliases
        Further file and sheet names.
    unique
        Names of further columns no two records may share a value of.
    checks
        What the values of a row must fulfil together.
    exclusive
        Columns of (owner, from, until): no two rows of one owner may overlap.
    opposing
        Columns of (one, other, what): two rows of the same two, in either order, must say the same.
    single
        Whether the database holds one record only.
    """

    name: str
    zh: str
    model: type[Record]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    checks: tuple[RowCheck, ...] = ()
    exclusive: tuple[str, str, str] | None = None
    opposing: tuple[str, str, str] | None = None
    single: bool = False

    @property
    def kind(self) -> str:
        """Name of the database table."""
        return str(self.model.__tablename__)

    @property
    def word(self) -> Message:
        """The table's name in either language."""
        return Message(f"table.{self.name}")

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Column name → column."""
        return {column.name: column for column in self.columns}

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Column name → its place among the columns."""
        return {column.name: at for at, column in enumerate(self.columns)}

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Model attributes, in the order of the columns; the record id first."""
        return tuple(name for column in self.columns for name in column.fields)

    @cached_property
    def has_code(self) -> bool:
        """Whether other tables can refer to its rows."""
        return self.key == ("code",)

    @cached_property
    def parents(self) -> tuple[str, ...]:
        """Names of the tables it refers to."""
        kinds = (column.kind for column in self.columns)
        named = (
            "skills" if isinstance(k, SeatKind) else k.table for k in kinds if isinstance(k, (ReferenceKind, SeatKind))
        )
        return tuple(dict.fromkeys(named))

    def file_name(self, language: Language) -> str:
        """Return the name of the table's file, without suffix."""
        return self.zh if language == "zh" else self.name


RECORD_ID = Column("id", "记录号", "record id", RecordIdKind(), aliases=("id", "uuid"), clearable=False)
ENDED_ON = Column("ended_on", "停用日期", "ended on", DateKind(), aliases=("停用", "终止日期", "退出日期"))


def columns(*own: Column) -> tuple[Column, ...]:
    """Return the columns of a table: its own between those that every table has."""
    return (RECORD_ID, *own, ENDED_ON)
