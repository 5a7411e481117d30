"""What find-anything tells about the thing that is selected: a few facts, and where it is next due."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.message import Message, Words
from patrol_desk.common.weeks import MONTHS_EN, Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.finding.entries import FindKind
from patrol_desk.services.permits import permitted, require
from patrol_desk.services.station import Station
from patrol_desk.services.today import Head, PostState, TodayGap, read_today
from patrol_desk.storage.reads import finding, today
from patrol_desk.storage.session import Session

_METRES_PER_DEGREE: Final = 111_195.0
_NAMED = 3
"""Names in a line before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the preview: what, and what of it."""

    label: Message
    value: Message


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of one thing.

    Parameters
    ----------
    facts
        In the order in which they are read.
    gap
        The next gap of a checkpoint.
    checkpoint_id, pattern_id, on_date
        The cell of the roster to go to; None when there is none.
    """

    facts: tuple[Fact, ...] = ()
    gap: TodayGap | None = None
    checkpoint_id: str | None = None
    pattern_id: str | None = None
    on_date: date | None = None


@permitted(Permission.PLAN_READ)
def read_preview(station: Station, actor: Actor, kind: FindKind, record_id: str, now: datetime) -> Preview:
    """Return what is known of a thing at a moment, station time.

    Raises
    ------
    ForbiddenError
        It is a person, and the actor may not see people's data.
    """
    if kind is FindKind.PERSON:
        require(actor, Permission.DATA_READ)
    if kind is FindKind.CHECKPOINT:
        return _checkpoint(station, actor, record_id, now)
    reader = _READERS.get(kind)
    if reader is None:
        return Preview()
    with station.read() as session:
        return reader(session, record_id, now)


def _checkpoint(station: Station, actor: Actor, record_id: str, now: datetime) -> Preview:
    view = read_today(station, actor, now)
    row = next((number for number, place in enumerate(view.rows) if place.checkpoint_id == record_id), None)
    facts: list[Fact] = []
    cell = next(((column.shift.pattern_id, column.shift.on_date) for column in view.columns), None)
    for column in view.columns if row is not None else ():
        assert row is not None
        post = column.shift.posts[row]
        label = Message("find.now" if column.running else "find.next")
        if post.state is PostState.NOT_STAFFED:
            facts.append(Fact(label, Message("find.no_post")))
            continue
        facts.append(Fact(label, _people(column.people[row], post.heads, post.desired)))
    gap = next((gap for gap in view.gaps if gap.row == row), None)
    if gap is not None:
        cell = (gap.shift.pattern_id, gap.shift.on_date)
    with station.read() as session:
        facts += _nearest(session, record_id)
    return Preview(tuple(facts), gap, record_id, *(cell or (None, None)))


def _people(people: Sequence[Head], heads: int, desired: int) -> Message:
    names = "、".join(head.name for head in people[:_NAMED])
    if len(people) > _NAMED:
        names += f" +{len(people) - _NAMED}"
    return Message("find.heads", {"names": names, "heads": heads, "desired": desired})


def _nearest(session: Session, checkpoint_id: str) -> list[Fact]:
    """Return the nearest muster point; nothing where a position is unknown."""
    lon, lat = finding.position(session, checkpoint_id)
    if lon is None or lat is None:
        return []
    best: tuple[float, str, str] | None = None
    for code, name, point_lon, point_lat in finding.muster_positions(session):
        if point_lon is not None and point_lat is not None:
            away = distance_m(lon, lat, point_lon, point_lat)
            best = min(best or (away, code, name), (away, code, name))
    if best is None:
        return []
    away, code, name = best
    return [Fact(Message("find.muster"), Message("find.at", {"code": code, "name": name, "km": f"{away / 1000:.1f}"}))]


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Return metres between two near points in degrees, on the tangent plane."""
    east = (other_lon - lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(east, other_lat - lat) * _METRES_PER_DEGREE


def _person(session: Session, record_id: str, now: datetime) -> Preview:
    week = Week.of(now.date())
    newest = _shown(session, week)
    duties = finding.duties_of(session, record_id, newest)
    skills = finding.skills_of(session, record_id, now.date())
    leave = finding.leave_of(session, record_id, now.date())
    facts = [
        Fact(
            Message("find.this_week"),
            Message("find.duties", {"count": len(duties), "cap": finding.cap_of(session, record_id)}),
        )
    ]
    ahead = [duty for duty in duties if duty.on_date >= now.date()]
    for duty in ahead[:_NAMED]:
        shift = Message(
            "find.shift", {"day": Message(f"find.day_{duty.on_date.weekday()}"), "mark": duty.mark, "place": duty.place}
        )
        facts.append(Fact(Message("find.duty"), shift))
    if skills:
        facts.append(Fact(Message("find.skills"), Message("find.text", {"text": "、".join(skills)})))
    if leave is not None:
        first, last = leave
        facts.append(Fact(Message("find.leave"), Message("find.span", {"first": _day(first), "last": _day(last)})))
    cell = (ahead[0].checkpoint_id, ahead[0].pattern_id, ahead[0].on_date) if ahead else (None, None, None)
    return Preview(tuple(facts), None, *cell)


def _squad(session: Session, record_id: str, now: datetime) -> Preview:
    duties = finding.squad_duties(session, record_id, _shown(session, Week.of(now.date())))
    return Preview((Fact(Message("find.this_week"), Message("find.squad_duties", {"count": duties})),))


def _muster_point(session: Session, record_id: str, now: datetime) -> Preview:
    del now  # stock is what it is
    stock = finding.equipment_at(session, record_id)
    teams = finding.team_names(session, record_id)
    facts = []
    if stock:
        words = "、".join(f"{name} {count}" for name, count in stock[:_NAMED])
        facts.append(Fact(Message("find.stock"), Message("find.text", {"text": words})))
    if teams:
        words = "、".join(teams[:_NAMED]) + (f" +{len(teams) - _NAMED}" if len(teams) > _NAMED else "")
        facts.append(Fact(Message("find.teams"), Message("find.text", {"text": words})))
    return Preview(tuple(facts))


def _day(day: date) -> Words:
    """Return a day without its year."""
    return Words(f"{day:%m-%d}", f"{day.day} {MONTHS_EN[day.month - 1]}")


def _shown(session: Session, week: Week) -> list[str]:
    """Return the id of the week's newest version."""
    return [row.id for row in today.versions(session, [week])[:1]]


_READERS: Final[Mapping[FindKind, Callable[[Session, str, datetime], Preview]]] = {
    FindKind.PERSON: _person,
    FindKind.SQUAD: _squad,
    FindKind.MUSTER_POINT: _muster_point,
}
