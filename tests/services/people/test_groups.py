"""Squads, weekly caps and what one person's panel tells."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.models import Squad, SquadRole
from patrol_desk.services.people import person_detail, retire_people, set_caps, set_squad
from patrol_desk.services.people.detail import PersonDetail
from patrol_desk.services.undo import revert
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Plot = Callable[[str], str]
TODAY = date(2026, 11, 22)


def detail(tiny: Tiny, actor: Actor, person: str) -> PersonDetail:
    """Return a person in full."""
    return person_detail(tiny.station, actor, tiny.ids[person], WEEK)


def time_in_squads(tiny: Tiny, actor: Actor, person: str) -> list[tuple[str, SquadRole, date, date | None]]:
    """Return squad, role, from and until, the latest first."""
    return [(row.name, row.role, row.from_on, row.until_on) for row in detail(tiny, actor, person).memberships]


def test_a_move_keeps_the_old_squads_history(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """Last month's roster still prints with last month's squad; duties stay and are counted."""
    draft("AB")
    done = set_squad(tiny.station, chief, [tiny.ids["A"], tiny.ids["X"]], tiny.ids["S2"], from_on=MONDAY)
    assert (done.value.people, done.value.affected.drafts) == (1, 1)
    assert time_in_squads(tiny, chief, "A") == [
        ("榕树队", SquadRole.MEMBER, MONDAY, None),
        ("石桥队", SquadRole.LEADER, date(2026, 1, 1), TODAY),
    ]
    again = set_squad(tiny.station, chief, [tiny.ids["A"]], tiny.ids["S2"], SquadRole.DEPUTY, from_on=MONDAY)
    assert again.value.people == 1
    assert time_in_squads(tiny, chief, "A")[0] == ("榕树队", SquadRole.DEPUTY, MONDAY, None)
    revert(tiny.station, chief, again.patch)
    revert(tiny.station, chief, done.patch)
    assert time_in_squads(tiny, chief, "A") == [("石桥队", SquadRole.LEADER, date(2026, 1, 1), None)]


def test_people_leave_their_squad_and_join_again(tiny: Tiny, chief: Actor) -> None:
    """A stay that was taken back on its first day leaves no trace in the way."""
    people = [tiny.ids["B"]]
    set_squad(tiny.station, chief, people, tiny.ids["S2"], from_on=MONDAY)
    set_squad(tiny.station, chief, people, None, from_on=MONDAY)
    assert time_in_squads(tiny, chief, "B")[0][3] == TODAY
    assert set_squad(tiny.station, chief, people, None, from_on=MONDAY).value.people == 0
    set_squad(tiny.station, chief, people, tiny.ids["S1"], from_on=MONDAY)
    assert time_in_squads(tiny, chief, "B")[0] == ("石桥队", SquadRole.MEMBER, MONDAY, None)
    set_squad(tiny.station, chief, people, None, from_on=MONDAY + timedelta(days=3))
    assert time_in_squads(tiny, chief, "B")[0][3] == MONDAY + timedelta(days=2)


def test_moves_that_cannot_be_are_refused(tiny: Tiny, chief: Actor) -> None:
    """A later move in the way, a dissolved squad, one that is gone, a retired person."""
    people = [tiny.ids["A"]]
    ended = Squad(code="S9", name="老队", ended_on=date(2026, 6, 1))
    tiny.add(ended)
    set_squad(tiny.station, chief, people, tiny.ids["S2"], from_on=date(2026, 12, 24))
    for squad, said in ((tiny.ids["S2"], "people.squad_later"), (tiny.ids["S9"], "people.squad_ended")):
        with pytest.raises(InvalidDataError) as told:
            set_squad(tiny.station, chief, people, squad, from_on=MONDAY)
        assert told.value.message.code == said
    with pytest.raises(ConcurrentChangeError):
        set_squad(tiny.station, chief, people, "gone", from_on=MONDAY)
    retire_people(tiny.station, chief, people, "生病")
    with pytest.raises(InvalidDataError):
        set_squad(tiny.station, chief, people, tiny.ids["S2"], from_on=MONDAY)


def test_caps_of_many(tiny: Tiny, chief: Actor) -> None:
    """Who has the cap already is not touched; a number out of range is refused."""
    people = [tiny.ids[code] for code in "ABC"]
    assert set_caps(tiny.station, chief, people, 2).value == 3
    done = set_caps(tiny.station, chief, people[:1], 7)
    assert done.value == 1
    assert set_caps(tiny.station, chief, people, 2).value == 1
    for cap in (-1, 8):
        with pytest.raises(InvalidDataError):
            set_caps(tiny.station, chief, people, cap)
    with pytest.raises(ConcurrentChangeError):
        set_caps(tiny.station, chief, ["gone"], 2)


def test_the_panel_counts_hours_by_week_against_the_squad(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """Eight weeks, the present one last; the median is the squad's sums over the same weeks."""
    draft("BAA")
    tiny.add(
        tiny.served("A", "P1", "D", date(2026, 11, 17)),
        tiny.served("A", "P1", "D", date(2026, 11, 3)),
        tiny.served("A", "P1", "D", date(2026, 9, 1)),
        tiny.served("B", "P1", "D", date(2026, 11, 17), minutes=120),
        tiny.certificate("A", "AID", None, date(2026, 12, 20)),
    )
    found = detail(tiny, chief, "A")
    assert [(week.week.number, week.minutes) for week in found.weeks] == [
        (40, 0), (41, 0), (42, 0), (43, 0), (44, 0), (45, 240), (46, 0), (47, 240),
    ]  # fmt: skip
    assert (found.minutes, found.squad_median) == (480, 300)
    assert [duty.on_date for duty in found.duties] == [MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)]
    assert [row.on_date.month for row in found.served] == [11, 11, 9]
    assert [row.skill for row in found.certificates] == ["急救"]
    assert (found.squad and found.squad.code, found.role, found.team) == ("S1", SquadRole.LEADER, "")
    assert found.fields["phone"] == "138****2046"
    assert found.fields["resident_id"] == ""


def test_the_panel_of_somebody_without_squad_or_plan(tiny: Tiny, chief: Actor) -> None:
    """Empty lists and no median; the resident ID is masked; somebody who is gone is told of."""
    tiny.add(tiny.person("N1", resident_id="441999199003071234"))
    found = detail(tiny, chief, "N1")
    assert (found.squad, found.role, found.squad_median, found.duties, found.minutes) == (None, None, None, (), 0)
    assert found.fields["resident_id"] == "4419**********1234"
    with pytest.raises(ConcurrentChangeError):
        person_detail(tiny.station, chief, "gone", WEEK)
