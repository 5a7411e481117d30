"""Content hashes of sheets as the version in force would print them now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.printed.ask import Ask, WeekRead, read_week
from patrol_desk.services.printed.build_persons import PersonBuilder
from patrol_desk.services.printed.build_posts import PostBuilder
from patrol_desk.services.printed.content import PrintedSheet, content_hash
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.station import Station
from patrol_desk.storage.session import Session

Key = tuple[str, str, str]
"""Letters of the kind, period and subject of a sheet."""


@permitted(Permission.PRINT)
def current_hashes(
    session: Session, station: Station, actor: Actor, week: Week, wanted: Collection[Key]
) -> Mapping[Key, str]:
    """Return the hash of each wanted sheet that there still is.

    Parameters
    ----------
    session, station, actor
        One read transaction, and who asks.
    week
        The week, of which a version is in force.
    wanted
        Sheets of the week or of its days; nothing is read when there are none.
    """
    if not wanted:
        return {}
    profile = PrivacyProfile.OFFICE
    read = read_week(session, station, actor, Ask(week=week, profile=profile))
    by_kind: dict[tuple[str, str], set[str]] = {}
    for kind, period, subject in wanted:
        by_kind.setdefault((kind, period), set()).add(subject)
    made = (
        sheet
        for (kind, period), subjects in by_kind.items()
        for sheet in _sheets(read, Ask(week=week, profile=profile), kind, period, subjects)
    )
    return {(sheet.KIND, sheet.period, sheet.subject): content_hash(sheet) for sheet in made}


def _sheets(read: WeekRead, ask: Ask, kind: str, period: str, subjects: Collection[str]) -> Iterator[PrintedSheet]:
    squads = _known(subjects, (line.code for line in read.sheets.squads))
    posts = _known(subjects, (post.code for post in read.posts))
    points = _known(subjects, (point.code for point in read.muster))
    if kind == "SW":
        yield from read.sheets.sheets(squads, PrivacyProfile.OFFICE)
    elif kind == "PS":
        yield from PersonBuilder(read, replace(ask, persons=tuple(subjects))).slips()
    elif kind == "TO":
        yield PostBuilder(read, ask).overview()
    elif kind == "CW" and posts:
        yield from PostBuilder(read, replace(ask, checkpoints=posts)).checkpoint_weeks()
    elif kind in {"MD", "SI"}:
        on_day = replace(ask, day=date.fromisoformat(period))
        if kind == "MD" and points:
            yield from PostBuilder(read, replace(on_day, muster_points=points)).muster_days()
        if kind == "SI" and posts:
            yield from PostBuilder(read, replace(on_day, checkpoints=posts)).sign_ins()
        if kind == "SI" and squads:
            yield from PostBuilder(read, replace(on_day, squads=squads)).sign_ins()


def _known(subjects: Collection[str], codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in subjects)
