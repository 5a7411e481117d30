"""Files of stations: where they are put, which were opened before, and opening one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from patrol_desk.common.clock import Clock
from patrol_desk.security.keys import KeySource, default_key_file
from patrol_desk.services.station import Station
from patrol_desk.storage.recognise import FileKind, recognise

SAMPLE_FILE: Final = "sample-township.db"


@dataclass(frozen=True, slots=True)
class KnownStation:
    """A file that was opened before.

    Parameters
    ----------
    path
        Where it is.
    there
        Whether it still is there.
    encrypted
        Whether it asks for a passphrase.
    """

    path: Path
    there: bool
    encrypted: bool


def suggest_folder() -> Path:
    """Return the folder of this user and this computer in which stations are put unless another is chosen."""
    return Path(platformdirs.user_data_dir("PatrolDesk", appauthor=False))


def sample_path() -> Path:
    """Return where the sample township is: apart from stations."""
    return suggest_folder() / "sample" / SAMPLE_FILE


def recent_stations(paths: Iterable[Path], most: int = 5) -> tuple[KnownStation, ...]:
    """Return what is known of files opened before, in their order, each once."""
    return tuple(_known(path) for path in list(dict.fromkeys(paths))[:most])


def _known(path: Path) -> KnownStation:
    try:
        kind = recognise(path)
    except OSError:
        return KnownStation(path, there=False, encrypted=False)
    return KnownStation(path, kind not in {FileKind.MISSING, FileKind.FOLDER}, kind is FileKind.ENCRYPTED)


def needs_passphrase(path: Path) -> bool:
    """Say whether opening a file needs a passphrase."""
    return _known(path).encrypted


def open_existing(path: Path, passphrase: str | None = None, clock: Clock | None = None) -> Station:
    """Open a station's file.

    Parameters
    ----------
    path
        The file; its key file stands beside it.
    passphrase
        What was typed; None when it was not asked for.
    clock
        Tells the time.

    Raises
    ------
    StorageError, KeyFileError
        It cannot be opened; the sentence says why.
    """
    key = None if passphrase is None else KeySource(default_key_file(path), lambda: passphrase)
    return Station.open(path, key, clock=clock)
