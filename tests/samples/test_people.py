"""The people of a generated township: papers that hold, names that programs get wrong, and rules of the domain."""

import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from patrol_desk.models import (
    ActivityClass,
    Attendance,
    Availability,
    Certificate,
    Gender,
    Leave,
    Person,
    PersonStatus,
    ShiftPattern,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
)
from patrol_desk.samples import Sample
from patrol_desk.samples.people_rows import check_character
from patrol_desk.samples.sample import Row

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def test_the_check_character_is_that_of_the_standard() -> None:
    """The check character is that of the standard."""
    # The example of GB 11643-1999, annex: a number that the standard itself prints.
    assert check_character("11010519491231002") == "X"
    assert check_character("44052418800101001") == "4"


def test_resident_ids_are_valid_unlike_and_nobodys(town: Sample) -> None:
    """Resident ids are valid unlike and nobodys."""
    numbers = [row["resident_id"] for row in town.rows[Person]]
    assert len(set(numbers)) == len(numbers)
    for row in town.rows[Person]:
        number = row["resident_id"]
        assert number.startswith("441999")
        assert number[6:14] == f"{row['birth_date']:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (row["gender"] == Gender.MALE)
        assert number[17] == check_character(number[:17])
        assert not number.endswith("000")


def test_phones_have_eleven_digits_and_one_owner(town: Sample) -> None:
    """Phones have eleven digits and one owner."""
    phones = [row["phone"] for row in town.rows[Person]]
    assert len(set(phones)) == len(phones)
    assert all(len(phone) == 11 and phone.isdecimal() and phone.startswith("199000") for phone in phones)


def test_names_are_normal_and_hold_what_programs_get_wrong(small: Sample, town: Sample) -> None:
    """Names are normal and hold what programs get wrong."""
    for sample in (small, town):
        names = [row["name"] for row in sample.rows[Person]]
        assert all(name == unicodedata.normalize("NFC", name) for name in names)
        assert any(ord(character) > 0xFFFF for name in names for character in name)
        assert any(0x3400 <= ord(character) < 0x4DC0 for name in names for character in name)
        assert any("·" in name for name in names)
        assert any(name.isascii() for name in names)
        assert max(len(name) for name in names if "·" in name) == 12


def test_people_are_grown_up_and_their_dates_follow_each_other(town: Sample) -> None:
    """People are grown up and their dates follow each other."""
    for row in town.rows[Person]:
        assert 18 * 365 <= (town.monday - row["birth_date"]).days <= 67 * 366
        assert row["birth_date"] + timedelta(days=18 * 365) <= row["joined_on"] <= row["status_on"] < town.monday
        if row["insured_from"] is not None:
            assert row["insured_from"] < row["insured_until"]
        assert (row["status"] is PersonStatus.INACTIVE) == bool(row["status_reason"])


def test_every_status_occurs_and_nearly_all_are_active(small: Sample, town: Sample) -> None:
    """Every status occurs and nearly all are active."""
    for sample in (small, town):
        statuses = [row["status"] for row in sample.rows[Person]]
        assert set(statuses) == set(PersonStatus)
        assert 0.9 <= statuses.count(PersonStatus.ACTIVE) / len(statuses) <= 0.97


def test_nobody_is_in_two_squads_or_two_teams_at_once(town: Sample) -> None:
    """Nobody is in two squads or two teams at once."""
    for model in (SquadMembership, TeamMembership):
        for stays in _by_person(town.rows[model]).values():
            ordered = sorted(stays, key=lambda row: row["from_on"])
            assert all(row["until_on"] is None or row["from_on"] <= row["until_on"] for row in ordered)
            for before, after in pairwise(ordered):
                assert before["until_on"] is not None
                assert before["until_on"] < after["from_on"]


def test_memberships_fit_the_person_and_the_squad(town: Sample) -> None:
    """Memberships fit the person and the squad."""
    people = {row["id"]: row for row in town.rows[Person]}
    ended = {row["id"]: row["ended_on"] for row in town.rows[Squad] if row["ended_on"]}
    changed = 0
    for person_id, stays in _by_person(town.rows[SquadMembership]).items():
        person = people[person_id]
        assert person["status"] not in {PersonStatus.APPLIED, PersonStatus.VETTED}
        now = [row for row in stays if row["until_on"] is None]
        assert len(now) == (0 if person["status"] is PersonStatus.INACTIVE else 1)
        assert min(row["from_on"] for row in stays) >= person["joined_on"]
        assert all(row["until_on"] <= ended[row["squad_id"]] for row in stays if row["squad_id"] in ended)
        changed += len(stays) > 1
    assert changed > 50
    assert ended


def test_every_squad_has_one_leader_who_is_active(town: Sample) -> None:
    """Every squad has one leader who is active."""
    people = {row["id"]: row for row in town.rows[Person]}
    leaders = defaultdict(list)
    for row in town.rows[SquadMembership]:
        if row["until_on"] is None and row["role"] is SquadRole.LEADER:
            leaders[row["squad_id"]].append(people[row["person_id"]]["status"])
    live = [row["id"] for row in town.rows[Squad] if row["ended_on"] is None]
    assert [leaders[squad] for squad in live] == [[PersonStatus.ACTIVE]] * len(live)


def test_only_those_on_the_roster_say_when_they_can_serve(town: Sample) -> None:
    """Only those on the roster say when they can serve."""
    classes = {row["id"]: row["activity_class"] for row in town.rows[Person]}
    values: set[int] = set()
    for row in town.rows[Availability]:
        assert classes[row["person_id"]] is not ActivityClass.CALL_OUT
        values.update(row[day] for day in WEEKDAYS)
    assert values == {0, 1, 2, 3}
    rostered = {person for person, activity in classes.items() if activity is not ActivityClass.CALL_OUT}
    assert {row["person_id"] for row in town.rows[Availability]} == rostered


def test_about_a_hundred_and_twenty_are_on_leave_in_the_week(town: Sample) -> None:
    """About a hundred and twenty are on leave in the week."""
    last = town.monday + timedelta(days=6)
    assert all(row["first_on"] <= row["last_on"] for row in town.rows[Leave])
    in_week = {r["person_id"] for r in town.rows[Leave] if r["first_on"] <= last and r["last_on"] >= town.monday}
    assert 110 <= len(in_week) <= 150
    assert any(row["first_on"] > last for row in town.rows[Leave])


def test_some_certificates_have_run_out_and_some_run_out_in_the_week(town: Sample) -> None:
    """Some certificates have run out and some run out in the week."""
    ends = [row["expires_on"] for row in town.rows[Certificate]]
    in_week = [day for day in ends if day and 0 <= (day - town.monday).days <= 6]
    assert in_week
    assert any(day is None for day in ends)
    assert 0.02 < sum(day is not None and day < town.monday for day in ends) / len(ends) < 0.08
    assert all(row["expires_on"] is None or row["issued_on"] < row["expires_on"] for row in town.rows[Certificate])


def test_past_duties_keep_every_rule(town: Sample) -> None:
    """Past duties keep every rule."""
    people = {row["id"]: row for row in town.rows[Person]}
    patterns = {row["id"]: row for row in town.rows[ShiftPattern]}
    free = {(row["person_id"], row["pattern_id"]): row for row in town.rows[Availability]}
    leave = _by_person(town.rows[Leave])
    history = _by_person(town.rows[Attendance])
    assert {(row["on_date"] - town.monday).days // 7 for row in town.rows[Attendance]} == {-4, -3, -2, -1}
    for person_id, duties in history.items():
        person = people[person_id]
        for row in duties:
            assert free[person_id, row["pattern_id"]][WEEKDAYS[row["on_date"].weekday()]]
            assert not any(away["first_on"] <= row["on_date"] <= away["last_on"] for away in leave[person_id])
            assert row["on_date"] >= person["status_on"]
        _rested([_minutes(row, patterns) for row in duties])
        _capped(person, [row["on_date"] for row in duties])


def _capped(person: Row, days: list[date]) -> None:
    weeks = [day.isocalendar().week for day in days]
    assert all(weeks.count(week) <= person["weekly_cap"] for week in weeks)
    if person["activity_class"] is ActivityClass.MONTHLY:
        assert len(days) <= 2


def _rested(spans: list[tuple[int, int]]) -> None:
    spans.sort()
    for before, after in pairwise(spans):
        assert after[0] - before[1] >= 480
        assert after[0] // 1440 > before[0] // 1440


def _minutes(row: Row, patterns: dict[str, Row]) -> tuple[int, int]:
    pattern = patterns[row["pattern_id"]]
    start = row["on_date"].toordinal() * 1440 + pattern["start_minute"]
    return start, start + pattern["length_minutes"]


def _by_person(rows: list[Row]) -> defaultdict[str, list[Row]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["person_id"]].append(row)
    return grouped
