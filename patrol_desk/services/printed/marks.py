"""What all printed sheets speak of: for whom they are, how far the plan is, marks of shifts, skills and places."""

from dataclasses import dataclass
from enum import StrEnum

from patrol_desk.common.message import Message


class PrivacyProfile(StrEnum):
    """Who may read the sheet, and therefore which telephone numbers of members it shows."""

    PUBLIC = "public"
    """公示: hung up for all to see; no member's number at all."""
    LEADER = "leader"
    """组长: the squad leader's own copy; numbers whole, because the leader rings the members."""
    OFFICE = "office"
    """市局: for the station and the office above; numbers masked as ``138****2046``."""


class PlanState(StrEnum):
    """How far the plan behind a sheet has come; anything but published is marked on paper."""

    DRAFT = "draft"
    """Not published: may still change."""
    PUBLISHED = "published"
    """The version in force."""
    OUTDATED = "outdated"
    """A version that a later one has replaced."""


class MemberRole(StrEnum):
    """A member's place in the squad; leader and deputy are marked beside the name."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class ShiftMark:
    """One shift pattern in the legend.

    Parameters
    ----------
    mark
        One character that stands for the pattern in the table's boxes: ``早``.
    name
        Its name: ``早班``.
    start, end
        Wall times ``08:00`` and ``12:00``. An end not later than the start is the next day's, and is printed so.
    is_night
        Night patterns print white on black.
    """

    mark: str
    name: str
    start: str
    end: str
    is_night: bool = False


@dataclass(frozen=True, slots=True)
class SkillMark:
    """One skill in the legend: the one character used in the table, and its name."""

    mark: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """One checkpoint in the legend: the short name used in the table, and the full name."""

    short_name: str
    name: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A sentence at the foot of the table, and the mark by which a duty refers to it."""

    mark: str
    text: Message


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """Which version of the plan a sheet shows.

    Parameters
    ----------
    state
        Draft, published or outdated.
    number
        Version number of the plan, from 1; 0 when none was ever published.
    revision
        Revision of the data at which the plan was read, as printed in the foot: ``r4187``.
    """

    state: PlanState
    number: int
    revision: str
