"""From what the doctor found to its sheet."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_now
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, WeekRead
from patrol_desk.services.printed.diagnosis import DiagnosisSheet, Gap, Left, Near, Seat, Way
from patrol_desk.services.sheets_build import shift_mark
from patrol_desk.services.station import Station

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis, GapGroup, NearPerson, Proposal

_NUMBERED: Final = frozenset({"week_cap", "rest", "reach"})
"""Rules whose sentence of one person holds numbers."""
_ASKED: Final = frozenset(
    {"week_cap", "status", "availability", "leave", "skill", "neighbour", "unlock", "squad", "open"}
)
"""Rules that ask something of people or of a seat; any other is the township's and changes for good."""


@permitted(Permission.PRINT)
def look_at_week(
    station: Station,
    actor: Actor,
    week: Week,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> "Diagnosis":
    """Return what the doctor finds in a week; of the present one what is still to come.

    Raises
    ------
    PatrolError
        The week has no plan.
    CancelledByUserError
        The user asked to stop.
    """
    from patrol_desk.services.planning.doctoring import diagnose

    now = station_now(station.clock)
    begin = now if week == Week.of(now.date()) else None
    return diagnose(station, actor, week, progress, cancelled, begin)


def newest_only(ask: Ask, found: "Diagnosis") -> None:
    """Raise `PatrolError` when another version is asked for: the doctor looks at the newest one."""
    if ask.number is not None and ask.number != found.number:
        raise PatrolError(Message("sheet.newest_only", {"number": ask.number, "newest": found.number}))


def diagnosis_sheet(read: WeekRead, found: "Diagnosis", ask: Ask) -> DiagnosisSheet:
    """Return the sheet of what was found; `read` shows the version that was looked at."""
    assert ask.profile is not None
    data = read.sheets.reading.data
    frame = replace(read.frame(ask.profile), revision=f"r{found.revision}")
    marks = {row.id: shift_mark(row) for row in data.patterns}
    return DiagnosisSheet(
        frame=frame,
        week=str(found.week),
        first_date=found.week.monday,
        code=data.township.code,
        name=data.township.name,
        begin=found.begin,
        missing=found.missing,
        proven=found.proven,
        gaps=tuple(
            Gap(
                day=group.on_date,
                shift=marks[group.pattern_id],
                seat=seat_of(group),
                needed=group.needed,
                filled=group.filled,
                missing=group.missing,
                proven=min(group.proven, group.missing),
                places=tuple((seat.place, count) for seat, count in group.places),
                left=tuple(_left(group)),
                near=tuple(_near(person) for person in group.nearest),
            )
            for group in found.groups
        ),
        ways=tuple(_way(way) for way in found.proposals),
    )


def seat_of(group: "GapGroup") -> str | Message:
    """Return the kind of seat: a skill's name, the leader, or anybody."""
    if group.capability == "leader":
        return Message("print.dg_seat_leader")
    return group.capability or Message("print.dg_seat_any")


def _left(group: "GapGroup") -> Iterator[Left]:
    everybody = Message("print.dg_all_with", {"kind": seat_of(group)}) if group.capability else Message("print.dg_all")
    yield Left(everybody, group.pool)
    for step in group.funnel:
        yield Left(Message(f"print.dg_left_{step.rule}"), step.left, step.message)


def _near(person: "NearPerson") -> Near:
    told = person.reason.params
    params: dict[str, object] = {}
    if person.rule in _NUMBERED:
        params = {name: told[name] for name in ("duties", "cap", "minutes", "needed") if name in told}
        params |= {"way": f"{person.metres / 1000:.1f}", "reach": f"{int(str(told['reach_m'])) / 1000:.1f}"}
    why = Message(f"print.dg_away_{person.rule}", params)
    return Near(person.name, person.squad, person.metres, person.seat.place, why, person.serve)


def _way(way: "Proposal") -> Way:
    gain = "print.dg_leaves" if way.asks_reason else "print.dg_fills"
    return Way(
        title=_title(way),
        gain=Message(gain, {"count": way.told.filled}),
        cost=tuple(_cost(way)),
        people=way.people,
        # Those left open stand above, among the gaps.
        seats=() if way.asks_reason else tuple(Seat(seat.place, seat.on_date, seat.mark) for seat in way.seats),
    )


def _title(way: "Proposal") -> Message:
    if way.soften:
        return Message("print.dg_soften", {"rule": Message(f"print.dg_left_{way.rule}")})
    if way.rule not in _ASKED:
        numbers = {"before": f"{way.before:g}", "after": f"{way.after:g}"}
        if way.rule == "reach" and way.term is not None:
            return Message("print.dg_way_reach_of", {"term": way.term, **numbers})
        return Message(f"print.dg_way_{way.rule}", numbers)
    count = len(way.people) if way.rule not in {"neighbour", "unlock", "squad", "open"} else way.heads
    return Message(f"print.dg_way_{way.rule}", {"count": count, "term": way.term or ""})


def _cost(way: "Proposal") -> Iterator[Message]:
    asks = way.rule in _ASKED and not way.soften
    yield Message(f"print.dg_asks_{way.rule}") if asks else Message("print.dg_asks_chief")
    if way.monthly:
        yield Message("print.dg_monthly", {"count": way.monthly})
    told = way.told
    fair = f"{told.fairness_before:.2f}", f"{told.fairness_after:.2f}"
    if fair[0] != fair[1]:
        yield Message("print.dg_fairness", {"before": fair[0], "after": fair[1]})
    ways = f"{told.way_before / 1000:.1f}", f"{told.way_after / 1000:.1f}"
    if ways[0] != ways[1]:
        yield Message("print.dg_mean_way", {"before": ways[0], "after": ways[1]})
