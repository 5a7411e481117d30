"""The small things that every layer relies on."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import FixedClock, SystemClock, station_now, station_today
from patrol_desk.common.errors import CancelledByUserError, InvalidDataError, PatrolError
from patrol_desk.common.ids import new_id, seeded_id
from patrol_desk.common.message import Message
from patrol_desk.common.progress import never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.common.weeks import Week

SETS = st.dictionaries(st.sampled_from("abc"), st.frozensets(st.sampled_from("123")), max_size=3).map(ChangeSet)


def test_new_ids_are_version_seven_and_in_order() -> None:
    """They sort by the time at which they were made."""
    ids = [new_id() for _ in range(500)]
    assert len(set(ids)) == 500
    assert all(UUID(one).version == 7 and str(UUID(one)) == one for one in ids)
    assert all(one[:8] <= other[:8] for one, other in pairwise(ids))


@given(st.integers(0, 2**40), st.sampled_from(["person", "squad"]), st.integers(0, 2**40))
def test_seeded_ids_are_ids_like_others(seed: int, kind: str, number: int) -> None:
    """Valid, the same for the same arguments, another for others, sorted by number."""
    one = seeded_id(seed, kind, number)
    assert UUID(one).version == 7
    assert UUID(one).variant == UUID(new_id()).variant
    assert one == seeded_id(seed, kind, number) != seeded_id(seed + 1, kind, number)
    assert one < seeded_id(seed, kind, number + 1)


@given(SETS, SETS, SETS)
def test_change_sets_add_up(one: ChangeSet, two: ChangeSet, three: ChangeSet) -> None:
    """In any grouping; "many" stays "many"; nothing that was touched is lost."""
    assert ((one | two) | three).by_kind == (one | (two | three)).by_kind
    for kind in "abc":
        assert (one | two).touches(kind) == (one.touches(kind) or two.touches(kind))
        if one.by_kind.get(kind) == frozenset():
            assert (one | two).by_kind[kind] == frozenset()
    assert bool(one | two) == (bool(one) or bool(two))
    assert ChangeSet.of("a", "1").by_kind == {"a": frozenset("1")}


def test_the_stations_day_begins_at_its_own_midnight() -> None:
    """UTC evening is the next day in China."""
    clock = FixedClock(datetime(2026, 11, 22, 15, 59, tzinfo=UTC))
    assert station_today(clock) == date(2026, 11, 22)
    clock.advance(timedelta(minutes=1))
    assert station_today(clock) == date(2026, 11, 23)
    assert station_now(clock).tzinfo is None
    assert SystemClock().now().tzinfo is UTC


@pytest.mark.parametrize("text", ["2026-W48", "2026W48", " 2026-w48 "])
def test_a_week_is_read_in_its_usual_forms(text: str) -> None:
    """And written in one."""
    week = Week.parse(text)
    assert str(week) == "2026-W48"
    assert week.monday == date(2026, 11, 23)
    assert week.days[6] == date(2026, 11, 29)


@pytest.mark.parametrize("text", ["", "2026", "2026-48", "W48", "2026-W54", "2025-W53", "0000-W01", "二〇二六-W48"])
def test_what_is_no_week_is_said(text: str) -> None:
    """With the value in the sentence."""
    with pytest.raises(InvalidDataError) as caught:
        Week.parse(text)
    assert caught.value.message.params.keys() == {"value"}


@given(st.dates(date(1900, 1, 8), date(2200, 1, 1)), st.integers(-200, 200))
def test_weeks_count_across_new_year(day: date, weeks: int) -> None:
    """A day is in its week; weeks added can be taken away again."""
    week = Week.of(day)
    assert day in week.days
    assert week.plus(weeks).plus(-weeks) == week
    assert week.plus(1) > week
    assert week.plus(1).monday - week.monday == timedelta(days=7)


def test_work_stops_when_the_user_says_so() -> None:
    """And goes on when nobody does."""
    no_progress(Message("common.cancelled"), 1, 2)
    raise_if_cancelled(never_cancelled)
    with pytest.raises(CancelledByUserError) as caught:
        raise_if_cancelled(lambda: True)
    assert isinstance(caught.value, PatrolError)
    assert str(caught.value) == "common.cancelled"
    assert caught.value.message.area == "common"
