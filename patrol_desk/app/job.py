"""The weekly job in the open window by keys and clicks: files in, week planned, put right, published, printed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.app.watchdog import Watchdog
from patrol_desk.ui.pages.page import Page
from patrol_desk.ui.shell.pages import numbered

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.page import RosterPage

P = TypeVar("P", bound=Page)

LONG = 900.0
"""Seconds that reading files, planning and printing may take at township size."""
SHOWN = 60.0
"""Seconds until a page stands there, with or without its data."""
GAPS_TRIED = 12
"""Gaps gone to until one is found that somebody can fill."""
PRINTED = "squad-weeks.pdf"


@dataclass(frozen=True, slots=True)
class FixedPicker:
    """Answers every question for a path with the same ones, because a script has no file dialog of the system's.

    Parameters
    ----------
    source
        Folder of the files to be imported.
    target
        Where a file is to be written.
    """

    source: Path
    target: Path

    async def file(self, host: QWidget, title: str, folder: Path, pattern: str) -> Path | None:
        """Return the first file of the source."""
        return next(iter(await self.files(host, title, folder, pattern)), None)

    async def files(self, host: QWidget, title: str, folder: Path, pattern: str) -> list[Path]:
        """Return the files of the source."""
        del host, title, folder, pattern
        return sorted(self.source.iterdir())

    async def folder(self, host: QWidget, title: str, folder: Path) -> Path | None:
        """Return the source."""
        del host, title, folder
        return self.source

    async def save(self, host: QWidget, title: str, suggestion: Path, pattern: str) -> Path | None:
        """Return the target."""
        del host, title, suggestion, pattern
        return self.target


async def weekly_job(stage: Stage, dog: Watchdog, folder: Path, exported: Path) -> dict[str, float]:
    """Do the weekly job on an open, empty station and return the seconds of each step.

    Parameters
    ----------
    stage
        The window, with the station open.
    dog
        Watches the window; is told which step it is.
    folder
        Where `PRINTED` is written.
    exported
        Folder of CSV files as `export_folder` writes them.

    Raises
    ------
    TimeoutError
        A step did not come to its end.
    LookupError
        The window has not what the step needs.
    """
    job = WeeklyJob(stage, dog, FixedPicker(exported, folder / PRINTED))
    await job.bring_in()
    await job.plan()
    await job.put_right()
    await job.publish()
    await job.print_out()
    dog.during = ""
    return job.seconds


class WeeklyJob:
    """The steps of the job.

    Parameters
    ----------
    stage, dog
        The window and its watchdog.
    picker
        Answers for paths.
    """

    def __init__(self, stage: Stage, dog: Watchdog, picker: FixedPicker) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = stage
        self._dog = dog
        self._picker = picker

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step, and let pauses of the window meanwhile be put down to it."""
        self._dog.during = name
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 3)

    # Files in

    async def bring_in(self) -> None:
        """Import the folder: choose, look at what was recognised, look at what will happen, confirm."""
        from patrol_desk.ui.pages.importing.page import ImportPage

        stage = self._stage
        with self.step("import page"):
            page = await self._go("importing", ImportPage)
            page.picker = self._picker
        with self.step("import files"):
            self._click("chooseFolder")
            await stage.until(lambda: page.step == "files" and not page.panel.isVisible(), LONG)
        with self.step("import preview"):
            await self._press(QPushButton, "importNext", "Ctrl+Return")
            await stage.until(lambda: page.step == "preview" and not page.panel.isVisible(), LONG)
            while page.preview.first_open_question() is not None:
                stage.keys("Space")
                await stage.until(lambda: not page.panel.isVisible(), LONG)
        with self.step("import"):
            await self._press(QPushButton, "importNext", "Ctrl+Return")
            await self._press(QPushButton, "confirmDo", "Ctrl+Return")
            await stage.until(lambda: page.step == "result" and not page.panel.isVisible(), LONG)
            await stage.settled()

    # The week

    async def plan(self) -> None:
        """Plan the week in view from nothing, wait for the end of the run and take it as the draft."""
        from patrol_desk.ui.pages.planning.page import PlanningPage
        from patrol_desk.ui.pages.planning.session import Stage as Planning
        from patrol_desk.ui.pages.roster.page import RosterPage

        stage = self._stage
        with self.step("roster empty"):
            await self._go("roster", RosterPage)
        with self.step("plan page"):
            self._click("empty_plan")
            page = await self._shown(PlanningPage)
        with self.step("plan"):
            await self._press(QPushButton, "plan_start", "Ctrl+R")
            await stage.until(lambda: page.session.stage is Planning.ENDED, LONG)
            await stage.settled()
        with self.step("accept"):
            await self._press(QPushButton, "candidate_accept", "Ctrl+Return")
            await stage.until(lambda: page.session.stage is Planning.ACCEPTED, LONG)
            await stage.settled()
        with self.step("roster"):
            self._click("candidate_leave")
            await self._shown(RosterPage)

    async def put_right(self) -> None:
        """Go to gaps until one can be filled and fill it; remove somebody, lock a cell, undo that and do it again."""
        from patrol_desk.ui.pages.roster.page import RosterPage

        stage = self._stage
        page = await self._shown(RosterPage)
        page.grid.setFocus()
        with self.step("next gap"):
            found = await self._fillable_gap(page)
        if found:
            await self._edit("fill", "Return")
        with self.step("walk"):
            await self._walk_to(page, locked=False)
        with self.step("remove"):
            stage.keys("Del")
            await stage.until(lambda: self._heads(page) == 0 or self._shows("confirmDo"))
            if self._shows("confirmDo"):
                await self._press(QPushButton, "confirmDo", "Ctrl+Return")
            await stage.until(lambda: self._heads(page) == 0)
            await stage.settled()
        if not found:
            await self._edit("fill", "Return")
        with self.step("walk back"):
            await self._walk_to(page, locked=False)
        await self._edit("lock", "L")
        await self._edit("undo", "Ctrl+Z")
        await self._edit("redo", "Ctrl+Y")

    async def publish(self) -> None:
        """Review the draft, say that what stays short is known, and publish it."""
        stage = self._stage
        with self.step("publish review"):
            await self._press(QPushButton, "roster_publish")
            await stage.until(lambda: self._shows("publish_only"), LONG)
            know = stage.find(QCheckBox, "publish_know") if self._shows("publish_know") else None
            if know is not None:
                stage.keys("Space")
        with self.step("publish"):
            await self._press(QPushButton, "publish_only")
            await stage.settled()

    async def print_out(self) -> None:
        """Print the week of every squad into a PDF."""
        from patrol_desk.ui.dialogs.printing.dialog import PrintDialog

        stage = self._stage
        with self.step("print preview"):
            stage.keys("Ctrl+P")
            await stage.until(lambda: self._shows("print_dialog"), LONG)
            dialog = stage.find(PrintDialog, "print_dialog")
            dialog.picker = self._picker
            await stage.until(lambda: dialog.choice.model.rowCount() > 0, LONG)
            self._click("print_all")
            await stage.until(dialog.save_button.isEnabled, LONG)
            await stage.settled()
        with self.step("print"):
            stage.keys("Ctrl+S")
            await stage.until(lambda: self._shows("print_folder_button"), LONG)
        with self.step("end"):
            stage.keys("Esc")
            await stage.settled()

    # Doing

    async def _go(self, name: str, kind: type[P]) -> P:
        self._stage.keys(numbered()[name])
        return await self._shown(kind)

    async def _shown(self, kind: type[P]) -> P:
        """Wait until a page is shown and has its data."""
        stage = self._stage
        await stage.until(lambda: isinstance(stage.frame.page, kind), SHOWN)
        await stage.settled()
        page = stage.frame.page
        assert isinstance(page, kind)
        return page

    async def _press(self, kind: type[QPushButton], name: str, keys: str = "") -> None:
        """Wait until a button can be pressed, then press its keys, or click it when it has none."""
        stage = self._stage
        await stage.until(lambda: self._shows(name) and stage.find(kind, name).isEnabled(), LONG)
        if keys:
            stage.keys(keys)
        else:
            self._click(name)

    def _click(self, name: str) -> None:
        QTest.mouseClick(self._stage.find(QPushButton, name), Qt.MouseButton.LeftButton)

    def _shows(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self._stage.window.findChildren(QWidget, name))

    async def _edit(self, name: str, keys: str) -> None:
        """Press the keys of an edit and wait until it is written and shown."""
        stage = self._stage
        before = stage.desk.undo.next_undo()

        def done() -> bool:
            return stage.desk.undo.next_undo() is not before

        with self.step(name):
            stage.keys(keys)
            await stage.until(lambda: done() or self._shows("conflict_do"))
            if self._shows("conflict_do"):
                stage.keys("Return")
            await stage.until(done)
            await stage.settled()

    # The roster's cells

    async def _fillable_gap(self, page: "RosterPage") -> bool:
        """Go from gap to gap until somebody can take a seat; say whether one was found."""
        stage, inspector = self._stage, page.inspector
        for _ in range(GAPS_TRIED):
            before = page.grid.current()
            stage.keys("F8")
            if page.grid.current() == before:
                return False
            await stage.until(lambda: inspector.found is not None)
            if inspector.found is not None and inspector.found.ranked:
                return True
        return False

    async def _walk_to(self, page: "RosterPage", *, locked: bool) -> None:
        """Walk with the arrow keys to the next cell in which somebody stands, locked or not as asked."""
        stage = self._stage
        for keys in ("Right", "Down", "Left", "Up"):
            for _ in range(len(page.grid.cells.lines)):
                before = page.grid.currentIndex()
                stage.keys(keys)
                if page.grid.currentIndex() == before:
                    break
                if self._heads(page) and self._locked(page) is locked:
                    await stage.settled()
                    return
        raise LookupError("cell")

    def _heads(self, page: "RosterPage") -> int:
        here = page.grid.current()
        return 0 if here is None or page.board is None else page.board.cell(*here).heads

    def _locked(self, page: "RosterPage") -> bool:
        here = page.grid.current()
        return here is not None and page.board is not None and page.board.cell(*here).some_locked


__all__ = ["PRINTED", "weekly_job"]
