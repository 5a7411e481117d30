"""The station, its shifts and its holidays: changed with sentences for what cannot be right, and taken back."""

from datetime import date

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Demand, Holiday, HolidayKind, Role
from patrol_desk.services.settings.holidays import HolidayRow, read_holidays, remove_holiday, save_holiday
from patrol_desk.services.settings.station import (
    ShiftRow,
    create_shift,
    end_shift,
    read_station,
    update_shift,
    update_station,
)
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from tests.helpers.tiny import CLOCK, Tiny

VIEWER = Actor(None, "只读", Role.VIEWER)
NEW = {"code": "E", "name": "晚班", "mark": "晚", "start_minute": "22:30", "length_minutes": "240", "night": "是"}


def shift(tiny: Tiny, code: str) -> ShiftRow:
    """Return a shift as it is."""
    return next(row for row in read_station(tiny.station, tiny.station.system_actor()).shifts if row.code == code)


def asked(tiny: Tiny) -> int:
    """Return how many demands are in force."""
    with tiny.station.read() as session:
        return len(bulk.rows(session, Demand, ("id",), where={"ended_on": None}))


def test_the_station_is_changed_and_taken_back(tiny: Tiny, chief: Actor) -> None:
    """Only what may be changed is; a telephone that is none is told; who read it earlier is refused."""
    card = read_station(tiny.station, chief).card
    assert card is not None
    wanted = {"station_name": "莞溪派出所", "duty_phone": "0769-22110000", "code": "000000000000"}
    done = update_station(tiny.station, chief, card.row_version, wanted)
    now = read_station(tiny.station, chief).card
    assert now is not None
    assert (now.station_name, now.duty_phone, now.code) == ("莞溪派出所", "0769-22110000", card.code)
    with pytest.raises(ConcurrentChangeError):
        update_station(tiny.station, chief, card.row_version, wanted)
    with pytest.raises(InvalidDataError) as told:
        update_station(tiny.station, chief, now.row_version, {"duty_phone": "电话"})
    assert "值班电话" in render(told.value.message)
    revert(tiny.station, chief, done.patch)
    back = read_station(tiny.station, chief).card
    assert back is not None
    assert back.station_name == card.station_name
    with pytest.raises(ForbiddenError):
        update_station(tiny.station, VIEWER, back.row_version, wanted)


def test_a_station_without_a_township_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    """There is nothing to show, and nothing to change."""
    with Station.create(tmp_path_factory.mktemp("bare") / "bare.db", None, clock=CLOCK) as station:
        chief = station.system_actor()
        assert read_station(station, chief).card is None
        with pytest.raises(InvalidDataError):
            update_station(station, chief, 1, {"station_name": "新所"})


def test_a_shift_is_made_and_changed(tiny: Tiny, chief: Actor) -> None:
    """It may cross midnight; zero length, a taken mark and a taken code are told in sentences."""
    made = create_shift(tiny.station, chief, NEW)
    row = shift(tiny, "E")
    assert (row.start_minute, row.length_minutes, row.night, row.demands) == (22 * 60 + 30, 240, True, 0)
    update_shift(tiny.station, chief, row.id, row.row_version, {"length_minutes": 300})
    assert shift(tiny, "E").length_minutes == 300
    fresh = shift(tiny, "E")
    for wrong in ({"length_minutes": "0"}, {"mark": shift(tiny, "D").mark}, {"code": "D"}, {"start_minute": "25:70"}):
        with pytest.raises(InvalidDataError) as told:
            update_shift(tiny.station, chief, fresh.id, fresh.row_version, wrong)
        assert render(told.value.message)
    with pytest.raises(InvalidDataError):
        create_shift(tiny.station, chief, {**NEW, "code": "F"})
    with pytest.raises(ConcurrentChangeError):
        update_shift(tiny.station, chief, row.id, row.row_version, {"name": "别的"})
    update_shift(tiny.station, chief, fresh.id, fresh.row_version, {"mark": "晚"})
    with pytest.raises(ConcurrentChangeError):
        end_shift(tiny.station, chief, "nobody", 1)
    assert made.value == fresh.id


def test_a_shift_ends_with_its_demand_and_comes_back(tiny: Tiny, chief: Actor) -> None:
    """Nothing is deleted: one undo brings shift and demand back."""
    before, row = asked(tiny), shift(tiny, "D")
    assert (row.places, row.demands) == (1, 4)
    done = end_shift(tiny.station, chief, row.id, row.row_version)
    assert done.value == 4
    assert [each.code for each in read_station(tiny.station, chief).shifts] == ["N"]
    assert asked(tiny) == before - 4
    revert(tiny.station, chief, done.patch)
    assert (shift(tiny, "D").demands, asked(tiny)) == (4, before)


def day(tiny: Tiny, on_date: date) -> HolidayRow | None:
    """Return a day as it is."""
    rows = read_holidays(tiny.station, tiny.station.system_actor())
    return next((row for row in rows if row.on_date == on_date), None)


def test_holidays_come_change_and_go(tiny: Tiny, chief: Actor) -> None:
    """A day is one thing only; what was taken away comes back by undo, and a role without the right is refused."""
    new_year = date(2027, 1, 1)
    values = {"on_date": "2027-01-01", "name": "元旦", "kind": "holiday", "announced": "否"}
    save_holiday(tiny.station, chief, values)
    made = day(tiny, new_year)
    assert made is not None
    assert (made.name, made.workday, made.announced) == ("元旦", False, False)
    with pytest.raises(InvalidDataError) as told:
        save_holiday(tiny.station, chief, values)
    assert "元旦" in render(told.value.message)
    changed = {"kind": "make_up_workday", "announced": "是", "on_date": "2027-01-01"}
    save_holiday(tiny.station, chief, changed, made.id, made.row_version)
    now = day(tiny, new_year)
    assert now is not None
    assert (now.workday, now.announced) == (True, True)
    with pytest.raises(ConcurrentChangeError):
        save_holiday(tiny.station, chief, changed, made.id, made.row_version)
    gone = remove_holiday(tiny.station, chief, now.id, now.row_version)
    assert day(tiny, new_year) is None
    with pytest.raises(ConcurrentChangeError):
        remove_holiday(tiny.station, chief, now.id, now.row_version)
    revert(tiny.station, chief, gone.patch)
    assert day(tiny, new_year) is not None
    with pytest.raises(ForbiddenError):
        save_holiday(tiny.station, VIEWER, values)


def test_a_day_that_an_import_ended_makes_room(tiny: Tiny, chief: Actor) -> None:
    """The same day can be entered again by hand."""
    spring = date(2027, 2, 5)
    tiny.add(Holiday(on_date=spring, name="旧", kind=HolidayKind.HOLIDAY, ended_on=date(2026, 11, 1)))
    assert day(tiny, spring) is None
    save_holiday(tiny.station, chief, {"on_date": spring.isoformat(), "name": "春节", "kind": "holiday"})
    again = day(tiny, spring)
    assert again is not None
    assert again.name == "春节"
