"""The first start as services: complete or not at all, and every refusal in words."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from patrol_desk.common.errors import CancelledByUserError, InvalidDataError, PatrolError, StorageError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, raise_if_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.messages import render
from patrol_desk.models import Account, Role, Township
from patrol_desk.security.keys import default_key_file
from patrol_desk.services.starting import (
    NewStation,
    check_passphrase,
    check_start_field,
    create_station,
    make_sample,
    needs_passphrase,
    open_existing,
    recent_stations,
    sample_path,
    suggest_folder,
    suggest_letters,
)
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from tests.helpers.stations import CHEAP, PASSPHRASE, clock


def wanted(folder: Path) -> NewStation:
    """Return a station that may be made."""
    return NewStation(
        "莞溪派出所", "莞溪镇", "441900-121-000", "gx", "", "0769-22110000", " 沈国梁 ", PASSPHRASE, folder
    )


def files(folder: Path) -> list[str]:
    """Return all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_a_station_has_its_township_and_its_chief(tmp_path: Path) -> None:
    """What was typed is stored as an import would store it, encrypted, and opens with the passphrase."""
    folder = tmp_path / "a" / "b"
    create_station(wanted(folder), cost=CHEAP, clock=clock()).close()
    path = folder / "station.db"
    assert needs_passphrase(path)
    with open_existing(path, PASSPHRASE) as station, station.read() as session:
        town = queries.first(session, Township)
        chief = queries.first(session, Account, role=Role.CHIEF)
        assert town is not None
        assert chief is not None
        assert (town.code, town.letters, town.name) == ("441900121000", "GX", "莞溪镇")
        assert (town.station_name, town.parent_office, town.sample_seed) == ("莞溪派出所", "", None)
        assert chief.display_name == "沈国梁"


def test_a_second_station_in_a_folder_gets_a_name_of_its_own(tmp_path: Path) -> None:
    """Nothing that stands in the folder is touched."""
    create_station(wanted(tmp_path), cost=CHEAP).close()
    with create_station(wanted(tmp_path), cost=CHEAP) as second:
        assert second.path.name == "station-2.db"


@pytest.mark.parametrize("asked", [1, 2, 3])
def test_a_cancelled_creation_leaves_nothing(tmp_path: Path, asked: int) -> None:
    """Whenever the user stops, neither file nor key file nor folder stays."""
    times = 0

    def cancelled() -> bool:
        nonlocal times
        times += 1
        return times >= asked

    with pytest.raises(CancelledByUserError):
        create_station(wanted(tmp_path / "new" / "place"), cost=CHEAP, cancelled=cancelled)
    assert files(tmp_path) == []


def test_a_folder_that_was_there_stays_when_creation_fails(tmp_path: Path) -> None:
    """Only what the program made is taken away."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(CancelledByUserError):
        create_station(wanted(tmp_path), cost=CHEAP, cancelled=lambda: True)
    assert files(tmp_path) == ["notes.txt"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way of the folder is named."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InvalidDataError) as refused:
        create_station(wanted(tmp_path / "file" / "below"), cost=CHEAP)
    assert refused.value.message.code == "start.folder_unwritable"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("station_name", "", "start.missing"),
        ("station_name", "x" * 61, "start.wrong"),
        ("name", "莞溪\n镇", "start.wrong"),
        ("code", " ", "start.missing"),
        ("code", "44190012100", "start.wrong"),
        ("code", "441900121001", "start.wrong"),
        ("code", "441900000000", "start.wrong"),
        ("code", "4419OO121000", "start.wrong"),
        ("letters", "G1", "start.wrong"),
        ("letters", "ABCDEFGHI", "start.wrong"),
        ("duty_phone", "12", "start.wrong"),
        ("chief", " ", "start.missing"),
        ("chief", "甲" * 61, "start.wrong"),
        ("chief", "甲\u200b\x07乙", "start.wrong"),
        ("folder", "", "start.missing"),
        ("folder", "relative/place", "start.folder_relative"),
    ],
)
def test_what_cannot_be_right_is_said_in_both_languages(name: str, value: str, code: str) -> None:
    """Each refusal has words that can be read."""
    fault = check_start_field(name, value)
    assert fault is not None
    assert fault.code == code
    for language in ("zh", "en"):
        assert render(fault, language)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("station_name", "莞溪派出所"),
        ("code", "441900121000"),
        ("letters", "hm"),
        ("parent_office", ""),
        ("duty_phone", ""),
        ("duty_phone", "13800002046"),
        ("chief", "阿卜杜拉·买买提"),
    ],
)
def test_what_is_right_is_taken(name: str, value: str) -> None:
    """No complaint about a value that fits."""
    assert check_start_field(name, value) is None


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A path to a file is refused as a place."""
    file = tmp_path / "x"
    file.write_text("x", encoding="utf-8")
    fault = check_start_field("folder", str(file))
    assert fault is not None
    assert fault.code == "start.folder_is_file"
    assert check_start_field("folder", str(tmp_path / "new")) is None


def test_a_wrong_field_stops_the_creation(tmp_path: Path) -> None:
    """The service checks again what the form checks."""
    for broken in (replace(wanted(tmp_path), code="1"), replace(wanted(tmp_path), passphrase="short")):
        with pytest.raises(PatrolError):
            create_station(broken, cost=CHEAP)
    assert files(tmp_path) == []


def test_passphrases_are_judged() -> None:
    """Length, variety and names count; a long sentence is stronger than a short one."""
    weak, even = check_passphrase("short"), check_passphrase("aaaaaaaaaaaaaaaa")
    named = check_passphrase("莞溪派出所的大门朝南开着", ["莞溪派出所", "甲"])
    good, better = check_passphrase("quiet river 26"), check_passphrase("a quiet river behind 7 old houses, 2026")
    assert (weak.long, weak.fault is not None) == (False, True)
    assert (even.varied, even.steps) == (False, 1)
    assert not named.own
    assert named.fault == Message("start.passphrase_holds_name")
    assert good.fault is None
    assert better.fault is None
    assert good.steps < better.steps == 5


def test_letters_are_suggested_from_the_name() -> None:
    """The kind of township is not part of its initials."""
    assert suggest_letters("虎门镇") == "HM"
    assert suggest_letters("东城街道") == "DC"
    assert suggest_letters("") == ""


def test_files_opened_before_are_described(tmp_path: Path) -> None:
    """Gone, plain and encrypted files are told apart; each is listed once."""
    create_station(wanted(tmp_path), cost=CHEAP).close()
    Station.create(tmp_path / "plain.db", None).close()
    paths = [tmp_path / "station.db", tmp_path / "gone.db", tmp_path / "plain.db", tmp_path / "station.db"]
    known = recent_stations(paths)
    assert [(one.path.name, one.there, one.encrypted) for one in known] == [
        ("station.db", True, True),
        ("gone.db", False, False),
        ("plain.db", True, False),
    ]
    assert not needs_passphrase(tmp_path)


def test_an_existing_file_opens_only_as_it_must(tmp_path: Path) -> None:
    """A wrong passphrase, a missing one and a missing file each say what is wrong."""
    create_station(wanted(tmp_path), cost=CHEAP).close()
    path = tmp_path / "station.db"
    for passphrase, code in ((None, "storage.key_needed"), ("nothing right", "security.wrong_passphrase")):
        with pytest.raises(PatrolError) as refused:
            open_existing(path, passphrase)
        assert refused.value.message.code == code
    with pytest.raises(StorageError):
        open_existing(tmp_path / "gone.db")


def test_the_suggested_places_are_the_users_own() -> None:
    """The sample stands apart from stations."""
    assert suggest_folder().is_absolute()
    assert sample_path().parent.parent == suggest_folder()


# The sample


def fill(station: Station, week: Week, progress: Progress, cancelled: Cancelled) -> None:
    """Write the least that is a township."""
    raise_if_cancelled(cancelled)
    progress(Message("start.generating"), 0, 1)
    row = {"code": str(week), "name": "样例", "letters": "YL", "station_name": "样例派出所", "sample_seed": 1}
    with station.write(station.system_actor(), "sample.write", record_patch=False) as unit:
        unit.session.add(Township(**row, parent_office="", duty_phone=""))
        unit.commit()


def no_plan(_station: Station, _week: Week, _progress: Progress, _cancelled: Cancelled) -> None:
    """Plan nothing."""


def test_a_sample_is_marked_and_can_be_made_afresh(tmp_path: Path) -> None:
    """The new sample takes the place of the old one, of which nothing stays."""
    path = tmp_path / "sample" / "town.db"
    with make_sample(path, fill, no_plan, clock=clock()) as station:
        assert station.is_sample
        assert station.path == path
    with make_sample(path, fill, no_plan, clock=clock()) as station, station.read() as session:
        town = queries.first(session, Township)
        assert town is not None
        assert town.code == "2026-W48"
    assert [name for name in files(tmp_path / "sample") if "new-" in name] == []


def test_a_sample_that_is_stopped_keeps_the_old_one(tmp_path: Path) -> None:
    """Stopping leaves what was there, and nothing of the new one."""
    path = tmp_path / "town.db"
    make_sample(path, fill, no_plan).close()
    for stop in (1, 2, 3):
        answers = [False] * (stop - 1)
        with pytest.raises(CancelledByUserError):
            make_sample(path, fill, no_plan, cancelled=partial(next, iter(answers), True))
        assert files(tmp_path) == ["town.db"]
    Station.open(path).close()


def test_a_real_station_is_never_replaced_by_a_sample(tmp_path: Path) -> None:
    """A file that is no sample is left alone, in words."""
    path = tmp_path / "town.db"
    Station.create(path, None).close()
    with pytest.raises(InvalidDataError) as refused:
        make_sample(path, fill, no_plan)
    assert refused.value.message.code == "start.not_a_sample"
    assert path.exists()
    assert not default_key_file(path).exists()
