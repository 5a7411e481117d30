"""Ways out are taken and the gaps they open are filled, as one step; what is over is left alone."""

from datetime import datetime, time, timedelta

import pytest

from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, InvalidDataError
from patrol_desk.models import ActivityClass, Availability, CheckpointKind, KnownGap, OverrideReason, Person, Rule
from patrol_desk.models import Plan as PlanRecord
from patrol_desk.services.planning.doctor_filling import find_refill, write_refill
from patrol_desk.services.planning.doctoring import diagnose, gap_groups, together
from patrol_desk.services.planning.overrides import Override
from patrol_desk.services.planning.overrides import write as write_override
from patrol_desk.services.planning.stored import read_stored_plan
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from patrol_desk.storage.reads import planning
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.planning.test_doctoring import FRIDAY, nobody_by_night, tiny
from tests.services.planning.test_ways_out import record

__all__ = ["nobody_by_night", "tiny"]


def duties(tiny: Tiny) -> set[tuple[str, str, object]]:
    """Return person, checkpoint and day of each duty of the newest version."""
    with tiny.station.read() as session:
        newest = planning.versions_of(session, str(WEEK))[0]
        return {
            (seat.person_id, seat.checkpoint_id, seat.on_date) for seat in planning.assignments_of(session, newest.id)
        }


def test_ways_and_the_duties_they_allow_are_one_step(nobody_by_night: Tiny) -> None:
    """Asking one person fills Friday night and Tuesday, which anybody could; undo takes all of it back at once."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    before = duties(tiny)
    found = diagnose(tiny.station, actor, WEEK)
    way = next(each for each in found.proposals if each.rule == "availability")
    assert (way.told.filled, way.people, way.asks_reason) == (1, (way.people[0],), False)
    refill = find_refill(tiny.station, actor, found, [way.id])
    assert duties(tiny) == before
    assert refill.missing == 0
    done = write_refill(tiny.station, actor, refill)
    assert gap_groups(tiny.station, actor, WEEK) == ()
    assert any(day == FRIDAY for _, _, day in duties(tiny) - before)
    assert done.patch.kinds >= {"availability", "assignment"}
    with pytest.raises(ConcurrentChangeError):
        write_refill(tiny.station, actor, refill)
    revert(tiny.station, actor, done.patch)
    assert duties(tiny) == before
    assert {group.on_date for group in gap_groups(tiny.station, actor, WEEK)} >= {FRIDAY}


def test_heads_left_open_need_a_reason_and_the_rest_is_filled(nobody_by_night: Tiny) -> None:
    """The reason stands in the file; Friday is no gap any more."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    found = diagnose(tiny.station, actor, WEEK)
    opened = next(each for each in found.proposals if each.asks_reason)
    assert (opened.heads, [seat.place for seat in opened.seats]) == (1, ["石桥桥头"])
    with pytest.raises(InvalidDataError):
        find_refill(tiny.station, actor, found, ["open"], "  ")
    refill = find_refill(tiny.station, actor, found, ["open"], " 会展抽调 ")
    write_refill(tiny.station, actor, refill)
    gap = record(tiny, KnownGap)
    assert isinstance(gap, KnownGap)
    assert (gap.heads, gap.reason) == (1, "会展抽调")
    assert gap_groups(tiny.station, actor, WEEK) == ()


def test_what_began_before_the_moment_is_no_gap_and_stays(nobody_by_night: Tiny) -> None:
    """On Saturday nothing is left to ask for; on Thursday only Friday night is."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    thursday = datetime.combine(MONDAY + timedelta(days=3), time(9))
    found = diagnose(tiny.station, actor, WEEK, begin=thursday)
    assert {group.on_date for group in found.groups} == {FRIDAY}
    before = duties(tiny)
    chosen = [found.proposals[0].id]
    effect = together(tiny.station, actor, found, chosen)
    assert effect is not None
    assert effect.filled == 1
    write_refill(tiny.station, actor, find_refill(tiny.station, actor, found, chosen))
    assert before < duties(tiny)
    assert {day for _, _, day in duties(tiny) - before} == {FRIDAY}
    later = diagnose(tiny.station, actor, WEEK, begin=thursday + timedelta(days=2))
    assert (later.groups, later.ways, later.proposals) == ((), (), ())
    stored = read_stored_plan(tiny.station, actor, WEEK, thursday)
    assert len(stored.week_problem.problem.locked) == len(before)


def test_numbers_and_terms_of_the_township_are_told(tiny: Tiny) -> None:
    """All live too far from everywhere: the reach is what could give way, in kilometres."""
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.reach") as unit:
        rule = queries.first(unit.session, Rule, code="reach_m", checkpoint_kind=None)
        assert rule is not None
        rule.number = 200
        unit.session.add(Rule(code="reach_m", checkpoint_kind=CheckpointKind.FIXED_POST, number=100))
        unit.commit()
    found = diagnose(tiny.station, actor, WEEK)
    reaches = [way for way in found.proposals if way.rule == "reach"]
    assert all(way.after > way.before > 0 for way in reaches)
    assert {way.term.en for way in reaches if way.term is not None} <= {"fixed post"}
    assert len(found.proposals) == len(found.ways)


def test_who_serves_by_the_month_serves_weekly_when_a_duty_more_is_asked(tiny: Tiny) -> None:
    """The month's cap would hold on otherwise; a higher cap of theirs is not taken from them."""
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.class") as unit:
        for person in queries.many(unit.session, Person):
            person.activity_class, person.weekly_cap = ActivityClass.MONTHLY, 3
        unit.session.add(Rule(code="monthly_cap", number=0))
        unit.commit()
    found = diagnose(tiny.station, actor, WEEK)
    way = next(each for each in found.proposals if each.rule == "week_cap")
    assert way.monthly == len(way.people) > 0
    refill = find_refill(tiny.station, actor, found, [way.id])
    assert refill.missing <= way.told.after < way.told.before
    write_refill(tiny.station, actor, refill)
    with tiny.station.read() as session:
        people = queries.many(session, Person)
    assert sum(person.activity_class is ActivityClass.WEEKLY for person in people) == len(way.people)
    assert {person.weekly_cap for person in people} == {3}


def test_a_duty_for_which_a_rule_was_overridden_stays(nobody_by_night: Tiny) -> None:
    """B stands on Monday though not available by now: with an officer's word the duty is kept, without it goes."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    with tiny.station.write(actor, "test.change") as unit:
        row = queries.first(unit.session, Availability, person_id=tiny.ids["B"], pattern_id=tiny.ids["D"])
        assert row is not None
        row.monday = 0
        unit.commit()
    key = (tiny.ids["B"], tiny.ids["P1"], tiny.ids["D"], MONDAY)
    found = diagnose(tiny.station, actor, WEEK)
    assert any(seat[:4] == key for seat in find_refill(tiny.station, actor, found, ["open"], "会展").gone)
    with tiny.station.write(actor, "test.override") as unit:
        newest = planning.versions_of(unit.session, str(WEEK))[0]
        write_override(unit, newest.id, key, ["availability"], Override(next(iter(OverrideReason)), "本人同意"))
        unit.commit()
    found = diagnose(tiny.station, actor, WEEK)
    assert not any(seat[:4] == key for seat in find_refill(tiny.station, actor, found, ["open"], "会展").gone)


def test_a_stop_is_heard_and_moved_data_refused(nobody_by_night: Tiny) -> None:
    """Nothing is written in either case."""
    tiny = nobody_by_night
    actor = tiny.station.system_actor()
    found = diagnose(tiny.station, actor, WEEK)
    chosen = [found.proposals[0].id]
    with pytest.raises(CancelledByUserError):
        find_refill(tiny.station, actor, found, chosen, cancelled=lambda: True)
    with tiny.station.write(actor, "test.moved") as unit:
        row = queries.first(unit.session, Availability)
        assert row is not None
        row.monday = 1
        unit.commit()
    with pytest.raises(ConcurrentChangeError):
        find_refill(tiny.station, actor, found, chosen)
    assert record(tiny, PlanRecord) is not None
