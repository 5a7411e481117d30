"""Several kinds of sheet for a week, read once: what is printed, for whom, what is refused, how it is stopped."""

from dataclasses import replace
from datetime import date

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import CancelledByUserError, ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Attendance, AttendanceState
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.keys import station_seal
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.printed.township import (
    OF_SQUADS,
    OPTIONS,
    Part,
    TownshipAsk,
    numbers,
    options_for,
    township_sheets,
)
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.test_printed import FRIDAY, SEATS, add_places
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft


def test_each_kind_is_what_it_is_alone(tiny: Tiny, chief: Actor) -> None:
    """Kind by kind and day by day in the order of the options; days and kinds without sheets are left out."""
    add_places(tiny)
    assign(tiny, *SEATS)
    seal = station_seal(tiny.station, chief)
    wanted = options_for(PrivacyProfile.OFFICE)
    parts = township_sheets(tiny.station, chief, TownshipAsk(WEEK, wanted), seal)
    days = {part.day for part in parts if part.option == "sign-in"}
    assert days == {MONDAY, WEEK.days[1], FRIDAY}
    assert [part.option for part in parts] == sorted((part.option for part in parts), key=OPTIONS.index)
    assert {part.option for part in parts} == set(wanted) - {"change-slip", "hours"}, "nothing to tell of"
    for part in parts:
        if part.option != OF_SQUADS:
            ask = Ask(week=WEEK, day=part.day or MONDAY)
            assert list(part.sheets) == printed_sheets(tiny.station, chief, part.kind.id, ask, seal)
    squads = [(part.day, sheet.subject) for part in parts if part.option == OF_SQUADS for sheet in part.sheets]
    assert squads == [(MONDAY, "S1"), (WEEK.days[1], "S1"), (FRIDAY, "S2")]
    assert numbers(parts) == sum(len(part.sheets) for part in parts)
    assert {part.period for part in parts if part.day is None} <= {str(WEEK), "2026-11-22"}


def test_slips_of_changes_hours_and_calls_come_where_there_is_something_to_tell(tiny: Tiny, chief: Actor) -> None:
    """Changes between two published versions, a month with attendance, the squads that serve on each day."""
    assign(tiny, *SEATS)
    publish(tiny.station, chief, WEEK)
    tiny.add(
        Attendance(
            person_id=tiny.ids["A"], checkpoint_id=tiny.ids["P1"], pattern_id=tiny.ids["D"], on_date=MONDAY,
            state=AttendanceState.PRESENT, minutes=240,
        )
    )  # fmt: skip
    second_draft(tiny, chief, ("A", "P1", "D", 0), ("C", "P2", "N", 4))
    publish(tiny.station, chief, WEEK)
    ask = TownshipAsk(WEEK, ("hours", "call-sheet", "change-slip"), profile=PrivacyProfile.LEADER)
    parts = township_sheets(tiny.station, chief, ask)
    found = [(part.option, part.day, sheet.subject) for part in parts for sheet in part.sheets]
    assert found == [
        ("change-slip", None, "S1"),
        ("call-sheet", MONDAY, "S1"), ("call-sheet", FRIDAY, "S2"),
        ("hours", MONDAY.replace(day=1), "S1"),
    ]  # fmt: skip
    over = TownshipAsk(WEEK.plus(1), ("hours",))
    assert [day for _option, day in over.parts()] == [date(2026, 11, 1), date(2026, 12, 1)]


def test_days_readers_and_copies_are_kept(tiny: Tiny, chief: Actor) -> None:
    """One day only, twice, as a public notice."""
    assign(tiny, *SEATS)
    ask = TownshipAsk(WEEK, ("sign-in",), (FRIDAY,), PrivacyProfile.PUBLIC, copies=2)
    (part,) = township_sheets(tiny.station, chief, ask)
    assert [(sheet.subject, sheet.frame.copy_number, sheet.frame.profile.value) for sheet in part.sheets] == [
        ("P2", 1, "public"), ("P2", 2, "public"),
    ]  # fmt: skip
    assert "slip" not in options_for(PrivacyProfile.PUBLIC)
    assert options_for(PrivacyProfile.LEADER, ("overview", "slip")) == ("overview", "slip")


def test_chosen_squads_leave_the_sheets_of_places_whole(tiny: Tiny, chief: Actor) -> None:
    """One of two squads: its sheets and its people's; the checkpoint where the other serves signs in as before."""
    add_places(tiny)
    assign(tiny, *SEATS)
    options = ("squad-week", "checkpoint-week", "sign-in", OF_SQUADS, "slip", "call-sheet", "availability")
    ask = TownshipAsk(WEEK, options, profile=PrivacyProfile.LEADER)
    every = township_sheets(tiny.station, chief, ask)
    parts = township_sheets(tiny.station, chief, replace(ask, squads=("S2",)))

    def subjects(found: tuple[Part, ...], *kinds: str) -> list[tuple[date | None, str]]:
        return [(part.day, sheet.subject) for part in found for sheet in part.sheets if part.option in kinds]

    places = ("checkpoint-week", "sign-in")
    assert subjects(parts, *places) == subjects(every, *places) != []
    assert subjects(parts, OF_SQUADS) == subjects(parts, "call-sheet") == [(FRIDAY, "S2")]
    assert subjects(parts, "squad-week", "availability") == [(None, "S2")] * 2
    assert set(subjects(parts, "slip")) < set(subjects(every, "slip"))
    for option in ("squad-week", OF_SQUADS):
        with pytest.raises(PatrolError) as caught:
            township_sheets(tiny.station, chief, replace(ask, options=(option,), squads=("S2", "S9")))
        assert caught.value.message == Message("sheet.no_squad", {"codes": ["S9"]})


def test_what_cannot_be_printed_is_said(tiny: Tiny, chief: Actor) -> None:
    """Slips are not put up for all to see; an unknown kind, no kind at all, and who may not print."""
    assign(tiny, *SEATS)
    for ask, code in (
        (TownshipAsk(WEEK, ("slip",), profile=PrivacyProfile.PUBLIC), "sheet.not_for_profile"),
        (TownshipAsk(WEEK, ("cake",)), "print.no_such_options"),
        (TownshipAsk(WEEK, ()), "print.no_such_options"),
    ):
        with pytest.raises(InvalidDataError) as caught:
            township_sheets(tiny.station, chief, ask)
        assert caught.value.message.code == code
        assert all(render(caught.value.message, language) for language in LANGUAGES)
    with pytest.raises(ForbiddenError):
        township_sheets(tiny.station, Actor(None, "看板", "viewer"), TownshipAsk(WEEK, OPTIONS))


def test_reading_tells_how_far_it_is_and_can_be_stopped(tiny: Tiny, chief: Actor) -> None:
    """A step for each kind and day; stopped before the third."""
    assign(tiny, *SEATS)
    seen: list[tuple[int, int]] = []

    def told(_what: Message, done: int, total: int) -> None:
        seen.append((done, total))

    ask = TownshipAsk(WEEK, ("squad-week", "sign-in"))
    with pytest.raises(CancelledByUserError):
        township_sheets(tiny.station, chief, ask, progress=told, cancelled=lambda: len(seen) == 2)
    assert seen == [(0, 8), (1, 8)]
