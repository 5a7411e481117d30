"""Kinds of columns: how a cell becomes a value, a value a cell, and what the legend says of it."""

from patrol_desk.sync.kinds.base import Kind, ReadContext, References, WriteContext
from patrol_desk.sync.kinds.codes import CodeKind, RecordIdKind, ReferenceKind, SeatKind
from patrol_desk.sync.kinds.identity import PhoneKind, ResidentIdKind
from patrol_desk.sync.kinds.numbers import CoordinateKind, IntegerKind, PointsKind
from patrol_desk.sync.kinds.texts import TextKind
from patrol_desk.sync.kinds.times import DateKind, TimeKind
from patrol_desk.sync.kinds.words import Word, WordsKind, yes_no

__all__ = [
    "CodeKind",
    "CoordinateKind",
    "DateKind",
    "IntegerKind",
    "Kind",
    "PhoneKind",
    "PointsKind",
    "ReadContext",
    "RecordIdKind",
    "ReferenceKind",
    "References",
    "ResidentIdKind",
    "SeatKind",
    "TextKind",
    "TimeKind",
    "Word",
    "WordsKind",
    "WriteContext",
    "yes_no",
]
