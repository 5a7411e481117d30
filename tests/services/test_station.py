"""A station's file and its key belong together."""

from pathlib import Path

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, StorageError
from patrol_desk.models import Account, AuditEntry, Role
from patrol_desk.security.errors import KeyFileError
from patrol_desk.security.keys import default_key_file
from patrol_desk.services.station import PROGRAM, Station
from patrol_desk.storage import bulk
from patrol_desk.storage.marker import Marker
from tests.helpers.stations import chain_of, clock, key_source


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a station's file is to be."""
    return tmp_path / "东坑派出所.pdesk"


def never() -> str:
    """Fail when a passphrase is asked for."""
    raise AssertionError


def test_a_station_is_made_encrypted_with_its_chief(path: Path) -> None:
    """File, key file and the chief's account; the account is in the log."""
    with Station.create(path, key_source(path), clock=clock()) as made:
        assert made.marker is Marker.STATION
        chief = made.system_actor()
        assert (chief.name, chief.role) == ("所长", Role.CHIEF)
    assert sorted(file.name for file in path.parent.iterdir()) == [path.name, default_key_file(path).name]
    with Station.open(path, key_source(path)) as again:
        assert again.system_actor() == chief
        assert again.path == path
        assert chain_of(again.database).whole
        with again.read() as session:
            actions = bulk.rows(session, AuditEntry, ("action",), order_by=("number",))
    assert actions == [("station.create",)] * 2


def test_a_wrong_passphrase_opens_nothing(path: Path) -> None:
    """It is told from a wrong file."""
    Station.create(path, key_source(path)).close()
    with pytest.raises(KeyFileError) as caught:
        Station.open(path, key_source(path, "not the passphrase"))
    assert caught.value.message.code == "security.wrong_passphrase"
    with pytest.raises(StorageError) as refused:
        Station.open(path)
    assert refused.value.message.code == "storage.key_needed"


def test_another_stations_key_file_is_told(path: Path) -> None:
    """The right passphrase of the wrong key file."""
    other = path.with_name("别处.pdesk")
    Station.create(path, key_source(path)).close()
    Station.create(other, key_source(other)).close()
    with pytest.raises(StorageError) as caught:
        Station.open(path, key_source(other))
    assert caught.value.message.code == "storage.wrong_key"


def test_a_plain_file_asks_for_no_passphrase(path: Path) -> None:
    """Also when a key's place is given."""
    Station.create(path, None).close()
    source = type(key_source(path))(default_key_file(path), never)
    with Station.open(path, source) as opened:
        assert opened.marker is Marker.PLAIN_STATION
        opened.refuse_real_people()


def test_a_plain_file_in_an_encrypted_ones_place_is_refused(path: Path) -> None:
    """Its key file gives it away."""
    Station.create(path, key_source(path)).close()
    path.unlink()
    other = path.with_name("样例.pdesk")
    Station.create(other, None).close()
    other.rename(path)
    with pytest.raises(StorageError) as caught:
        Station.open(path, key_source(path))
    assert caught.value.message.code == "storage.plain_not_encrypted"


def test_a_file_of_another_kind_asks_for_no_passphrase(path: Path) -> None:
    """Nobody types a passphrase into a wrong file."""
    path.write_bytes("姓名,手机\n".encode() * 1000)
    source = type(key_source(path))(default_key_file(path), never)
    with pytest.raises(StorageError) as caught:
        Station.open(path, source)
    assert caught.value.message.code == "storage.foreign"
    with pytest.raises(StorageError) as caught:
        Station.open(path.with_name("没有.pdesk"), source)
    assert caught.value.message.code == "storage.missing"


def test_a_sample_takes_no_real_people(path: Path) -> None:
    """And has no account unless one is made."""
    with Station.create(path, None, marker=Marker.SAMPLE, chief=None) as made:
        assert made.system_actor() == PROGRAM
        with pytest.raises(StorageError) as caught:
            made.refuse_real_people()
        assert caught.value.message.code == "storage.sample_takes_no_data"


def test_what_cannot_be_made_leaves_nothing(path: Path) -> None:
    """Neither a file without a key nor a key without a file."""
    path.write_bytes(b"here")
    with pytest.raises(StorageError):
        Station.create(path, key_source(path))
    path.unlink()
    default_key_file(path).write_bytes(b"a key of something else")
    with pytest.raises(KeyFileError):
        Station.create(path, key_source(path))
    assert [file.name for file in path.parent.iterdir()] == [default_key_file(path).name]
    assert default_key_file(path).read_bytes() == b"a key of something else"


def test_a_key_file_goes_with_a_file_that_failed(path: Path) -> None:
    """A folder in the way of the unfinished file: the new key file is taken back."""
    path.with_name(path.name + ".part").mkdir()
    with pytest.raises(StorageError):
        Station.create(path, key_source(path))
    assert not default_key_file(path).exists()


def test_a_backup_is_permitted_and_logged(path: Path) -> None:
    """A viewer may not; a clerk's is in the log and in the copy."""
    with Station.create(path, None, clock=clock()) as station:
        with pytest.raises(ForbiddenError):
            station.backup(Actor(None, "访客", Role.VIEWER))
        saved = station.backup(Actor(None, "内勤", Role.CLERK), "manual")
    with Station.open(saved) as copy, copy.read() as session:
        (entry,) = bulk.dicts(session, AuditEntry, where={"action": "backup", "kind": ""}, order_by=("number",))[1:]
        assert (entry["account_name"], entry["details"]) == ("内勤", {"reason": "manual"})


def test_the_oldest_chief_speaks_for_the_command_line(path: Path) -> None:
    """Later accounts and retired ones do not."""
    ticking = clock()
    with Station.create(path, None, clock=ticking) as station:
        chief = station.system_actor()
        with station.write(chief, "account.add") as unit:
            unit.session.add_all(
                Account(code=f"c{number}", display_name=f"副所长{number}", role=Role.CHIEF) for number in range(3)
            )
            unit.commit()
        assert station.system_actor() == chief
