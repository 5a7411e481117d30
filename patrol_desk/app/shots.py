"""Pictures of every page and dialog from the running window."""

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from patrol_desk.app.display import real_windows
from patrol_desk.app.empty_station import WEDNESDAY
from patrol_desk.app.run import Options, run
from patrol_desk.app.scenes import SCENES, Scene
from patrol_desk.app.stage import Stage
from patrol_desk.app.stations import Stations
from patrol_desk.common.clock import FixedClock
from patrol_desk.services.station import Station
from patrol_desk.ui.settings import LANGUAGE, THEME, Settings
from patrol_desk.ui.shell.window import Window

SIZES = ((1440, 900), (1366, 768))


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at the desk: language, theme and size of the window."""

    language: str
    theme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """Folder of its pictures."""
        return f"{self.language}-{self.theme}-{self.size[0]}x{self.size[1]}"


LOOKS = tuple(Look(*each) for each in product(("zh", "en"), ("light", "dark"), SIZES))


def shoot_all(options: Mapping[str, object]) -> int:
    """Take the pictures and return how many.

    Parameters
    ----------
    options
        ``out``: folder; ``db``: sample file or None; ``only``: parts of scene names; ``quick``: one look only;
        ``offscreen``: without a real window.
    """
    only = options["only"]
    assert isinstance(only, Sequence)
    scenes = [scene for scene in SCENES if not only or any(part in scene.name for part in only)]
    out = Path(str(options["out"]))
    if options["offscreen"]:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with nullcontext() if options["offscreen"] else real_windows(), tempfile.TemporaryDirectory() as folder:
        source = Path(str(options["db"])) if options["db"] else make_source(Path(folder))
        looks = LOOKS[:1] if options["quick"] else LOOKS
        return sum(shoot(source, out if options["quick"] else out / look.name, look, scenes) for look in looks)


def make_source(folder: Path) -> Path:
    """Make a planned sample township and return its file."""
    from patrol_desk.services.starting import make_sample
    from patrol_desk.ui.pages.start.sample import filler, plan

    path = folder / "sample-township.db"
    make_sample(path, filler("township"), plan, clock=FixedClock(WEDNESDAY)).close()
    return path


def shoot(source: Path, out: Path, look: Look, scenes: Sequence[Scene]) -> int:
    """Take the pictures of one look on a copy of the sample, and return how many."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        shutil.copy(source, path)
        file = Path(folder) / "desk.ini"
        kept = Settings(file)
        kept.set(LANGUAGE, look.language)
        kept.set(THEME, look.theme)
        kept.close()

        async def script(window: Window) -> None:
            stage = Stage(window)
            window.resize(*look.size)
            stations = Stations(stage, path, lambda: Station.open(path, clock=FixedClock(WEDNESDAY)))
            for scene in scenes:
                await stations.open_for(scene)
                await scene.act(stage)
                await stage.settled()
                # One more round for what a task painted last.
                await stage.settled()
                stage.shoot(out / f"{scene.name}.png")
                await _clear(stage, scene)

        run(Options(settings=file, compact=look.size[1] <= 768, bare=True), script)
    return len(scenes)


async def _clear(stage: Stage, scene: Scene) -> None:
    if scene.dialog:
        QTest.keyClick(stage.focus(), Qt.Key.Key_Escape)
    await stage.settled()
