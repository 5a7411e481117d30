"""The sheets of any kind, read from the file in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import station_today
from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, chosen, complete, copies_of, plain_frame, read_week
from patrol_desk.services.printed.build_diagnosis import diagnosis_sheet, look_at_week, newest_only
from patrol_desk.services.printed.build_persons import PersonBuilder, availability_forms, month_hours
from patrol_desk.services.printed.build_posts import PostBuilder
from patrol_desk.services.printed.call_list import seat_calls
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import DIAGNOSIS, KINDS, PLACE_LIST
from patrol_desk.services.printed.place_list import place_list
from patrol_desk.services.printed.sample_call_out import sample_call_out
from patrol_desk.services.printed.seal import Seal, sealed
from patrol_desk.services.station import Station
from patrol_desk.storage.session import Session

Made = Iterable[PrintedSheet]


@permitted(Permission.PRINT)
def printed_sheets(station: Station, actor: Actor, kind: str, ask: Ask, seal: Seal | None = None) -> list[PrintedSheet]:
    """Return the sheets of a kind, in the order to print.

    Parameters
    ----------
    station, actor
        Whose file, and who prints.
    kind
        Id of the kind, as in `KINDS`.
    ask
        What is wanted.
    seal
        Signs the references; None leaves them unsigned.

    Raises
    ------
    KeyError
        There is no such kind.
    InvalidDataError
        The kind needs to be told more, or is not printed for those readers.
    PatrolError
        The file has nothing to print, or a code is unknown.
    """
    told = complete(ask, KINDS[kind])
    with station.read() as session:
        sheets = list(_MAKERS[kind](session, station, actor, told))
    signed = [sealed(sheet, seal) for sheet in sheets] if seal is not None else sheets
    return copies_of(signed, told.copies)


def _squad_weeks(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    assert ask.profile is not None
    sheets = read_week(session, station, actor, ask).sheets
    wanted = chosen(ask.squads, {line.code: line.code for line in sheets.squads}, "sheet.no_squad")
    return sheets.sheets(wanted, ask.profile)


def _checkpoint_weeks(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    return PostBuilder(read_week(session, station, actor, ask), ask).checkpoint_weeks()


def _muster_days(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    return PostBuilder(read_week(session, station, actor, ask), ask).muster_days()


def _sign_ins(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    return PostBuilder(read_week(session, station, actor, ask), ask).sign_ins()


def _overview(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    return [PostBuilder(read_week(session, station, actor, ask), ask).overview()]


def _slips(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    return PersonBuilder(read_week(session, station, actor, ask), ask).slips()


def _change_slips(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    slips = list(PersonBuilder(read_week(session, station, actor, ask), ask).change_slips(session))
    if not slips:
        raise PatrolError(Message("sheet.all_told", {"week": str(ask.in_week)}))
    return slips


def _call_sheets(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    read = read_week(session, station, actor, ask)
    if ask.checkpoints:
        return seat_calls(session, station, actor, read, ask)
    return PersonBuilder(read, ask).squad_calls()


def _call_out(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    assert ask.profile is not None
    frame = replace(plain_frame(session, station, actor, ask.profile), sample=True)
    return [sample_call_out(frame)]


def _hours(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    assert ask.profile is not None
    return month_hours(session, plain_frame(session, station, actor, ask.profile), ask)


def _availability(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    assert ask.profile is not None
    frame = plain_frame(session, station, actor, ask.profile)
    return availability_forms(session, frame, ask, station_today(station.clock))


def _places(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    assert ask.profile is not None
    frame = plain_frame(session, station, actor, ask.profile)
    return [place_list(session, frame, ask, station_today(station.clock))]


def _diagnosis(session: Session, station: Station, actor: Actor, ask: Ask) -> Made:
    found = ask.found or look_at_week(station, actor, ask.in_week)
    newest_only(ask, found)
    return [diagnosis_sheet(read_week(session, station, actor, replace(ask, number=found.number)), found, ask)]


_MAKERS: Mapping[str, Callable[[Session, Station, Actor, Ask], Made]] = MappingProxyType(
    {
        "squad-week": _squad_weeks,
        "checkpoint-week": _checkpoint_weeks,
        "muster-day": _muster_days,
        "sign-in": _sign_ins,
        "overview": _overview,
        "slip": _slips,
        "change-slip": _change_slips,
        "call-sheet": _call_sheets,
        "call-out": _call_out,
        "hours": _hours,
        "availability": _availability,
        PLACE_LIST: _places,
        DIAGNOSIS: _diagnosis,
    }
)
