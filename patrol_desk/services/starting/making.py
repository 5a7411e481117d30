"""Making a station's file or a sample township: complete, or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from patrol_desk.common.clock import Clock, SystemClock, station_today
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.common.weeks import Week
from patrol_desk.models import Township
from patrol_desk.security.keys import Cost, KeySource, default_key_file
from patrol_desk.services.starting.checks import NewStation, township_row
from patrol_desk.services.station import Station
from patrol_desk.storage.backup import folder_of
from patrol_desk.storage.marker import Marker

STATION_FILE: Final = "station.db"
_PARTS: Final = ("", "-wal", "-shm", "-journal")
"""Endings of what SQLite keeps beside a database."""

SampleStep = Callable[[Station, Week, Progress, Cancelled], object]
"""One part of making a sample: writes a generated township into an empty file, or plans and publishes its week."""


def create_station(
    wanted: NewStation,
    *,
    clock: Clock | None = None,
    cost: Cost | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> Station:
    """Make a station's encrypted file with its chief and its township, and return it open.

    Nothing is left behind when it fails or is cancelled.

    Parameters
    ----------
    wanted
        What was asked for, as typed.
    clock
        Tells the time.
    cost
        Of one guess of the passphrase; the usual one by default.
    progress, cancelled
        Told of each step; asked before each.

    Raises
    ------
    InvalidDataError
        A field cannot be right; the sentence says which and why.
    StorageError, KeyFileError
        The file cannot be made.
    CancelledByUserError
        The user asked to stop.
    """
    row = township_row(wanted)
    with _folder(wanted.folder):
        path = free_name(wanted.folder / STATION_FILE)
        key = KeySource(default_key_file(path), lambda: wanted.passphrase, cost or Cost())
        raise_if_cancelled(cancelled)
        progress(Message("start.making_key"), 0, 3)
        station = Station.create(path, key, chief=wanted.chief.strip(), clock=clock)
        with _removed_on_failure(station):
            raise_if_cancelled(cancelled)
            progress(Message("start.writing_station"), 1, 3)
            with station.write(station.system_actor(), "station.township") as unit:
                unit.session.add(Township(**row))
                unit.commit()
            raise_if_cancelled(cancelled)
            progress(Message("start.station_made"), 3, 3)
    return station


def make_sample(
    path: Path,
    fill: SampleStep,
    plan: SampleStep,
    *,
    clock: Clock | None = None,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> Station:
    """Make a sample township whose present week is planned and published, and return it open.

    An earlier sample at the path is replaced once the new one is complete; any other file there is left alone.

    Parameters
    ----------
    path
        Where; the folder is made when it is not there.
    fill, plan
        Write the township and plan its week; passed in because they belong to other parts of the program.
    clock
        Tells the time: the present week is the one that is planned.
    progress, cancelled
        Told of each step; asked often.

    Raises
    ------
    CancelledByUserError
        The user asked to stop; nothing new is left.
    StorageError
        The file cannot be made, or what stands there is no sample.
    """
    ticking = clock or SystemClock()
    week = Week.of(station_today(ticking))
    refuse_other(path)
    with _folder(path.parent):
        part = path.with_name(f"new-{path.name}")
        remove_file(part)
        station = Station.create(part, None, marker=Marker.SAMPLE, chief=None, clock=ticking)
        with _removed_on_failure(station):
            fill(station, week, progress, cancelled)
            raise_if_cancelled(cancelled)
            plan(station, week, progress, cancelled)
            raise_if_cancelled(cancelled)
        station.close()
        remove_file(path)
        part.replace(path)
    return Station.open(path, clock=ticking)


def refuse_other(path: Path) -> None:
    """Raise unless the path is free or holds a sample."""
    if not path.exists():
        return
    with Station.open(path) as station:
        if not station.is_sample:
            raise InvalidDataError(Message("start.not_a_sample", {"path": str(path)}))


def free_name(path: Path) -> Path:
    """Return the path, or the same with the first number behind the name for which nothing stands there."""
    number, found = 1, path
    while found.exists() or default_key_file(found).exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def remove_file(path: Path) -> None:
    """Remove a database that is closed, with what SQLite left beside it and its backups."""
    for ending in _PARTS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.rmtree(folder_of(path), ignore_errors=True)


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; take away again what was made when the work in it fails."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidDataError(Message("start.folder_unwritable", {"folder": str(folder)})) from error
    try:
        yield
    except BaseException:
        for place in missing:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        raise


@contextmanager
def _removed_on_failure(station: Station) -> Iterator[None]:
    try:
        yield
    except BaseException:
        station.close()
        remove_file(station.path)
        default_key_file(station.path).unlink(missing_ok=True)
        raise
