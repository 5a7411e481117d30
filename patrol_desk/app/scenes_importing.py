"""The scenes of importing: files chosen, looked at, taken in, and the imports that were made."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from patrol_desk.app.job import FixedPicker
from patrol_desk.app.stage import Stage
from patrol_desk.ui.pages.importing.page import ImportPage


async def choose_files(stage: Stage) -> None:
    """Choose a folder of files to import."""
    page = await stage.page("importing")
    assert isinstance(page, ImportPage)
    page.picker = FixedPicker(stage.files, stage.files)
    _click(stage, "chooseFolder")
    await stage.until(lambda: page.step == "files" and not page.panel.isVisible())


async def preview(stage: Stage) -> None:
    """See what an import will do."""
    page = stage.frame.page
    assert isinstance(page, ImportPage)
    _click(stage, "importNext")
    await stage.until(lambda: page.step == "preview" and not page.panel.isVisible())


async def imported(stage: Stage) -> None:
    """Import, and see what became of the rows."""
    page = stage.frame.page
    assert isinstance(page, ImportPage)
    while page.preview.first_open_question() is not None:
        stage.keys("Space")
        await stage.until(lambda: not page.panel.isVisible())
    _click(stage, "importNext")
    await stage.settled()
    _click(stage, "confirmDo")
    await stage.until(lambda: page.step == "result" and not page.panel.isVisible())


async def past(stage: Stage) -> None:
    """List the imports that were made."""
    await stage.page("importing", tab="past")


def _click(stage: Stage, name: str) -> None:
    QTest.mouseClick(stage.find(QAbstractButton, name), Qt.MouseButton.LeftButton)
