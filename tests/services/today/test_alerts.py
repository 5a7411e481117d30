"""What is mentioned beside the plan."""

from datetime import date, datetime
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.weeks import Week
from patrol_desk.models import Person, PersonStatus, Role, TrainingRecord, TrainingResult, VersionState
from patrol_desk.services.station import Station
from patrol_desk.services.today import Refreshers, back_up, read_alerts
from patrol_desk.storage.marker import Marker
from tests.helpers.tiny import WEEK, Tiny
from tests.services.today.planted import plant

MORNING = datetime.fromisoformat("2026-11-24T09:00")
SATURDAY = datetime.fromisoformat("2026-11-28T09:00")


def test_certificates_that_run_out_within_thirty_days(tiny: Tiny, chief: Actor) -> None:
    """The first of thirty days counts and the last; the earliest is named, to those who may see names."""
    tiny.add(
        tiny.certificate("A", "AID", None, date(2026, 12, 24)),
        tiny.certificate("B", "AID", None, date(2026, 11, 24)),
        tiny.certificate("C", "AID", None, date(2026, 12, 25)),
        tiny.certificate("X", "AID", None, date(2026, 11, 23)),
        tiny.certificate("Y", "AID", None, None),
    )
    found = read_alerts(tiny.station, chief, MORNING).expiring
    assert found is not None
    assert (found.count, found.name, found.skill, found.on) == (2, "甲B", "急救", date(2026, 11, 24))
    assert read_alerts(tiny.station, Actor(None, "审计", Role.AUDITOR), MORNING).expiring is None


def trained(tiny: Tiny, person: str, course: str, last: date | None, **changed: object) -> TrainingRecord:
    """Return a course that somebody took part in."""
    fields: dict[str, object] = {"taken_on": date(2025, 12, 1), "minutes": 120, "result": TrainingResult.PASSED}
    return TrainingRecord(person_id=tiny.ids[person], course=course, expires_on=last, **(fields | changed))


def test_courses_to_refresh_are_counted_by_people(tiny: Tiny, chief: Actor) -> None:
    """The earliest day of each counts: overdue, within sixty days; the newest record of a course settles it."""
    assert read_alerts(tiny.station, chief, MORNING).refreshers is None
    tiny.add(
        trained(tiny, "A", "急救", date(2026, 11, 23)),
        trained(tiny, "A", "驾驶", date(2026, 12, 1)),
        trained(tiny, "B", "急救", date(2026, 11, 24)),
        trained(tiny, "C", "急救", date(2027, 1, 23)),
        trained(tiny, "X", "急救", date(2027, 1, 24)),
        trained(tiny, "Y", "急救", date(2026, 1, 1)),
        trained(tiny, "Y", "急救", date(2028, 1, 1), taken_on=date(2026, 6, 1)),
    )
    found = read_alerts(tiny.station, chief, MORNING).refreshers
    assert found == Refreshers(1, 2, "甲A", date(2026, 11, 23))
    with tiny.station.write(chief, "test.retire") as unit:
        unit.session.get_one(Person, tiny.ids["A"]).status = PersonStatus.INACTIVE
        unit.commit()
    assert read_alerts(tiny.station, chief, MORNING).refreshers == Refreshers(0, 2, "甲B", date(2026, 11, 24))
    assert read_alerts(tiny.station, Actor(None, "审计", Role.AUDITOR), MORNING).refreshers is None


def test_weeks_without_a_plan_and_drafts(tiny: Tiny, chief: Actor) -> None:
    """A week ahead without a plan is mentioned, and a draft with its changes against the version in force."""
    assert read_alerts(tiny.station, chief, MORNING).unplanned == (WEEK,)
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False)], state=VersionState.DRAFT)
    alerts = read_alerts(tiny.station, chief, SATURDAY)
    assert alerts.unplanned == (Week(2026, 49),)
    assert [(item.week, item.changes) for item in alerts.unpublished] == [(WEEK, None)]


def test_changes_count_as_the_roster_counts_them(tiny: Tiny, chief: Actor) -> None:
    """Who loses one duty and gets another has moved once; an unchanged draft is not worth a word."""
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False)])
    plant(tiny, [("A", "P1", "D", 1, True), ("C", "P1", "D", 0, True)], state=VersionState.DRAFT, number=2)
    assert [item.changes for item in read_alerts(tiny.station, chief, MORNING).unpublished] == [3]
    plant(tiny, [("A", "P1", "D", 0, True), ("B", "P1", "D", 0, False)], state=VersionState.DRAFT, number=3)
    assert read_alerts(tiny.station, chief, MORNING).unpublished == ()


def test_people_on_leave_who_are_due(tiny: Tiny, chief: Actor) -> None:
    """A duty on a day of leave is mentioned, the first with its place."""
    plant(tiny, [("A", "P1", "D", 1, True), ("B", "P1", "D", 1, False)])
    assert read_alerts(tiny.station, chief, MORNING).away is None
    tiny.add(tiny.leave("B", date(2026, 11, 24), date(2026, 11, 24)))
    away = read_alerts(tiny.station, chief, MORNING).away
    assert away is not None
    assert (away.count, away.name, away.checkpoint_id, away.on) == (1, "甲B", tiny.ids["P1"], date(2026, 11, 24))


def test_the_last_backup(tiny: Tiny, chief: Actor) -> None:
    """After a backup its time is told, in the station's hours."""
    assert read_alerts(tiny.station, chief, MORNING).backed_up is None
    done = back_up(tiny.station, chief)
    assert not done.patch
    alerts = read_alerts(tiny.station, chief, MORNING)
    assert alerts.backed_up == datetime.fromisoformat("2026-11-22T14:00")
    assert (alerts.kept, alerts.sample) == (1, False)


def test_a_sample_needs_no_backup(tmp_path: Path) -> None:
    """A sample says that it is one."""
    with Station.create(tmp_path / "样例.db", None, marker=Marker.SAMPLE) as station:
        assert read_alerts(station, station.system_actor(), MORNING).sample
