"""The doctor finds what is wrong, says it in one sentence, and does no harm."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import FixedClock
from patrol_desk.common.errors import ForbiddenError, StorageError
from patrol_desk.common.ids import new_id
from patrol_desk.models import (
    Assignment,
    AssignmentSource,
    Checkpoint,
    CheckpointKind,
    CheckpointStatus,
    Demand,
    Person,
    PersonStatus,
    Plan,
    PlanState,
    PlanVersion,
    Record,
    ResponseTeam,
    Role,
    ShiftPattern,
    Squad,
    SquadMembership,
    SquadRole,
    TeamMembership,
    VersionState,
)
from patrol_desk.services.doctor import DoctorReport, State, doctor, refused
from patrol_desk.services.station import Station
from patrol_desk.storage import bulk
from patrol_desk.storage.connect import connect
from patrol_desk.storage.marker import Marker
from patrol_desk.storage.recognise import PAGE_SIZE
from patrol_desk.storage.unit_of_work import UnitOfWork
from tests.helpers.stations import clock, key_source, person

COLUMNS = "id, row_version, changed_at, code, name, community_id, boundary"
SEATS = {"leader": False, "skill_id": None}


@pytest.fixture
def ticking() -> FixedClock:
    """Return the station's clock."""
    return clock()


@pytest.fixture
def path(tmp_path: Path, ticking: FixedClock) -> Path:
    """Return a closed, plain station with a backup."""
    made = tmp_path / "站.pdesk"
    with Station.create(made, None, clock=ticking) as station:
        station.backup(station.system_actor())
    return made


def examine(path: Path, ticking: FixedClock) -> DoctorReport:
    """Return what the doctor finds in a closed file."""
    with Station.open(path, clock=ticking) as station:
        return doctor(station, station.system_actor())


def findings(report: DoctorReport) -> dict[str, State]:
    """Return check → state, of the checks that are not well."""
    assert json.loads(json.dumps(report.as_dict("zh")))["checks"]
    assert report.as_dict("en")["healthy"] is report.healthy
    return {check.name: check.state for check in report.checks if check.state is not State.OK}


def add(unit: UnitOfWork, model: type[Record], **fields: object) -> str:
    """Insert one row and return its id."""
    made = new_id()
    bulk.insert(unit, model, [{"id": made, **fields}])
    return made


def spoil(path: Path, statement: str) -> None:
    """Do to a file what no program of ours would."""
    connection = connect(path, None)
    for line in ("PRAGMA foreign_keys = OFF", *statement.split(";")):
        connection.execute(line)
    connection.close()


def test_a_healthy_station_has_nothing_wrong(tmp_path: Path, ticking: FixedClock) -> None:
    """Encrypted, backed up, whole: every check is well, and the log's head is named."""
    path = tmp_path / "站.pdesk"
    with Station.create(path, key_source(path), clock=ticking) as station:
        station.backup(station.system_actor())
        report = doctor(station, station.system_actor())
    assert set(findings(report)) <= {"disk"}
    assert report.healthy
    assert len(report.audit_head) == 64
    assert len(report.checks) == 13


def test_a_plain_station_is_a_warning_and_a_sample_is_not(tmp_path: Path, path: Path, ticking: FixedClock) -> None:
    """Real people's data belongs into an encrypted file; a sample needs neither key nor backup."""
    assert findings(examine(path, ticking))["encryption"] is State.WARN
    sample = tmp_path / "样例.pdesk"
    Station.create(sample, None, marker=Marker.SAMPLE).close()
    assert set(findings(examine(sample, ticking))) <= {"disk"}


def test_backups_are_looked_at(tmp_path: Path, path: Path, ticking: FixedClock) -> None:
    """None, old, and changed since."""
    ticking.advance(timedelta(days=8))
    assert findings(examine(path, ticking))["backups"] is State.WARN
    (saved,) = (tmp_path / "站-backups").glob("*.pdesk")
    saved.write_bytes(saved.read_bytes() + b"x")
    assert findings(examine(path, ticking))["backups"] is State.FAIL
    shutil.rmtree(tmp_path / "站-backups")
    assert findings(examine(path, ticking))["backups"] is State.WARN


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("DROP TRIGGER audit_entry_is_not_changed", "schema"),
        ("DROP TRIGGER audit_entry_is_not_changed;UPDATE audit_entry SET account_name = 'x' WHERE number = 2", "audit"),
        ("DROP TRIGGER audit_entry_is_not_deleted;DELETE FROM audit_entry WHERE number = 1", "audit"),
        (f"INSERT INTO grid_cell ({COLUMNS}) VALUES ('1', 1, '2026-01-01', 'c', 'n', 'nobody', '[]')", "references"),
    ],
)
def test_what_somebody_changed_behind_our_back_is_found(
    path: Path, ticking: FixedClock, statement: str, check: str
) -> None:
    """Guards taken away, the log rewritten, references that point nowhere: failures, not warnings."""
    spoil(path, statement)
    report = examine(path, ticking)
    assert findings(report)[check] is State.FAIL
    assert not report.healthy


def test_damaged_pages_are_found(tmp_path: Path, ticking: FixedClock) -> None:
    """In a file that still opens."""
    path = tmp_path / "站.pdesk"
    with Station.create(path, None, clock=ticking) as station, station.write(station.system_actor(), "t") as unit:
        bulk.insert(unit, Person, [person(number) for number in range(2000)])
        unit.commit()
    content = bytearray(path.read_bytes())
    last = len(content) // PAGE_SIZE - 1
    content[last * PAGE_SIZE : last * PAGE_SIZE + 60] = b"\xee" * 60
    path.write_bytes(content)
    assert findings(examine(path, ticking))["pages"] is State.FAIL


def planned(unit: UnitOfWork) -> dict[str, str]:
    """Put one duty into a draft and return the ids of everything."""
    ids = {
        "person_id": add(unit, Person, **person(1, status=PersonStatus.INACTIVE)),
        "checkpoint_id": add(
            unit, Checkpoint, code="C1", name="东门", short_name="东门", kind=CheckpointKind.FIXED_POST,
            status=CheckpointStatus.ACTIVE, address="",
        ),
        "pattern_id": add(unit, ShiftPattern, code="N", name="夜班", mark="夜", start_minute=1320, length_minutes=240),
    }  # fmt: skip
    plan = add(unit, Plan, week="2026-W48", state=PlanState.DRAFT)
    version = add(
        unit, PlanVersion, plan_id=plan, number=1, state=VersionState.DRAFT, made_at=unit.now, published_by="",
        figures={},
    )  # fmt: skip
    add(unit, Assignment, version_id=version, on_date=date(2026, 11, 23), source=AssignmentSource.HAND, **ids, **SEATS)
    return ids


def test_a_published_version_that_changed_is_found(path: Path, ticking: FixedClock) -> None:
    """Its hash no longer stands for its duties."""
    with Station.open(path, clock=ticking) as station, station.write(station.system_actor(), "t") as unit:
        planned(unit)
        unit.commit()
    spoil(path, f"UPDATE plan_version SET state = 'published', content_hash = '{'0' * 64}'")
    report = examine(path, ticking)
    assert findings(report)["published"] is State.FAIL
    assert "2026-W48 #1" in str(report.as_dict())


def test_what_the_people_of_the_station_should_mend_is_a_warning(path: Path, ticking: FixedClock) -> None:
    """Two squads at once, members of an ended squad, duties of the inactive, demand said twice."""
    with Station.open(path, clock=ticking) as station, station.write(station.system_actor(), "t") as unit:
        ids = planned(unit)
        squads = [add(unit, Squad, code=f"S{n}", name=f"{n}组", ended_on=date(2026, 6, 1)) for n in range(2)]
        team = add(unit, ResponseTeam, code="T1", name="先莞一队")
        spans = [(date(2026, 1, 1), date(2026, 3, 1)), (date(2026, 3, 1), None)]
        for squad, (first, last) in zip(squads, spans, strict=True):
            bulk.insert(
                unit, SquadMembership,
                [{"person_id": ids["person_id"], "squad_id": squad, "role": SquadRole.MEMBER, "from_on": first,
                  "until_on": last}],
            )  # fmt: skip
        add(
            unit, TeamMembership, person_id=ids["person_id"], team_id=team, role=SquadRole.MEMBER,
            from_on=date(2026, 1, 1), until_on=None,
        )  # fmt: skip
        seat = {"checkpoint_id": ids["checkpoint_id"], "pattern_id": ids["pattern_id"], "weekday": 1, **SEATS}
        for _ in range(2):
            add(unit, Demand, minimum=1, desired=2, **seat)
        unit.commit()
    report = examine(path, ticking)
    wrong = findings(report)
    expected = {"memberships", "ended_squads", "inactive_duties", "demand"}
    assert expected <= {name for name, state in wrong.items() if state is State.WARN}
    assert report.healthy


def test_little_room_is_a_warning(path: Path, ticking: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which a backup may not fit."""
    usage = shutil.disk_usage(path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    assert findings(examine(path, ticking))["disk"] is State.WARN


def test_a_file_that_does_not_open_is_a_report_too(tmp_path: Path) -> None:
    """The one sentence there is to say."""
    with pytest.raises(StorageError) as caught:
        Station.open(tmp_path / "没有.pdesk")
    report = refused(caught.value)
    assert findings(report) == {"file": State.FAIL}
    assert not report.healthy


def test_only_who_may_read_the_log_may_examine(path: Path) -> None:
    """A clerk is told so; an auditor may."""
    with Station.open(path) as station:
        with pytest.raises(ForbiddenError):
            doctor(station, Actor(None, "内勤", Role.CLERK))
        assert doctor(station, Actor(None, "审计员", Role.AUDITOR)).checks
