"""Opens what a scene plays in."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from patrol_desk.app.empty_station import empty_station
from patrol_desk.app.scenes import EMPTY, NOTHING, SAMPLE, Scene
from patrol_desk.app.stage import Stage
from patrol_desk.services.exporting import export_folder
from patrol_desk.services.station import Station


class Stations:
    """The sample, an empty station with the sample's files beside it, or nothing.

    Parameters
    ----------
    stage
        The window.
    sample
        The sample's file; what is made for the scenes stands beside it.
    open_sample
        Opens it.
    """

    def __init__(self, stage: Stage, sample: Path, open_sample: Callable[[], Station]) -> None:
        self._stage = stage
        self._sample = sample
        self._open_sample = open_sample
        self._open = NOTHING
        stage.files = sample.with_name("files")

    async def open_for(self, scene: Scene) -> None:
        """Open the scene's station unless it is open."""
        if scene.station == self._open:
            return
        window = self._stage.window
        if window.frame is not None:
            window.leave_station()
            await self._stage.until(lambda: window.frame is None)
        self._open = scene.station
        if scene.station == SAMPLE:
            window.open_station(await asyncio.to_thread(self._open_sample))
        elif scene.station == EMPTY:
            self._stage.files = await asyncio.to_thread(self._write_files)
            window.open_station(await asyncio.to_thread(empty_station, self._sample.with_name("empty.db")))
        await self._stage.settled()

    def _write_files(self) -> Path:
        """Write the sample's files, with some dates of birth that cannot be."""
        folder = self._sample.with_name("files")
        with self._open_sample() as station:
            export_folder(station, station.system_actor(), folder)
        people = max(folder.glob("*.csv"), key=lambda file: file.stat().st_size * ("-06-" in _head(file)))
        text = people.read_text(encoding="utf-8-sig").replace("-06-", "-36-", 3)
        people.write_text(text, encoding="utf-8-sig")
        return folder


def _head(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")[:20_000]
