"""The scenes of planning: a run at its end, the gaps of a week, and ways chosen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.common.weeks import Week
from patrol_desk.ui.pages.planning.doctor.page import DoctorPage


async def run(stage: Stage) -> None:
    """Let the planner run to its end."""
    await stage.page("planning")
    await stage.settled()
    QTest.mouseClick(stage.find(QAbstractButton, "plan_start"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: "plan" not in " ".join(stage.window.tasks.running), 120)


async def keep(stage: Stage) -> None:
    """Ask by what name the candidate shall be kept."""
    stage.keys("Ctrl+S")
    await stage.until(lambda: stage.window.findChild(QWidget, "name_dialog") is not None)


async def saved(stage: Stage) -> None:
    """Keep the candidate, and hold it beside the draft."""
    await keep(stage)
    QTest.keyClick(stage.focus(), Qt.Key.Key_Return)
    await stage.settled()
    stage.keys("Ctrl+Shift+S")
    await stage.until(lambda: stage.window.findChild(QWidget, "saved_dialog") is not None)
    await stage.settled()


async def doctor(stage: Stage) -> None:
    """Look at why the present week cannot be filled."""
    await stage.page("doctor", week=Week.of(stage.desk.now.date()))
    await stage.settled()


async def chosen(stage: Stage) -> None:
    """Choose the two cheapest ways and see what they do together."""
    page = await stage.page("doctor")
    assert isinstance(page, DoctorPage)
    for card in page.ways.cards[:2]:
        QTest.mouseClick(stage.find(QCheckBox, card.box.objectName()), Qt.MouseButton.LeftButton)
    await stage.settled()
