"""The scenes of planning: a run at its end, the gaps of a week, and ways chosen."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.common.weeks import Week
from patrol_desk.ui.pages.planning.doctor.page import DoctorPage
from patrol_desk.ui.pages.planning.page import PlanningPage


async def run(stage: Stage) -> None:
    """Let the planner run to its end."""
    await unasked(stage)
    await stage.settled()
    QTest.mouseClick(stage.find(QAbstractButton, "plan_start"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: "plan" not in " ".join(stage.window.tasks.running), 120)


async def squads(stage: Stage) -> None:
    """Choose the squads among which one run plans, with one rule switched."""
    page = await stage.page("planning")
    assert isinstance(page, PlanningPage)
    await stage.settled()
    box = stage.find(QComboBox, "plan_rule_rest_minutes")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    page.choose_squads()
    await stage.until(lambda: stage.window.findChild(QWidget, "plan_squads_dialog") is not None)
    await stage.settled()
    for _ in range(3):
        QTest.keyClick(stage.focus(), Qt.Key.Key_Space)
        QTest.keyClick(stage.focus(), Qt.Key.Key_Down)


async def asked(stage: Stage) -> None:
    """Show what the next run is asked for."""
    page = await stage.page("planning")
    assert isinstance(page, PlanningPage)
    page.setup.choose_squads(frozenset({"1", "2", "3"}))
    await stage.settled()


async def unasked(stage: Stage) -> None:
    """Ask for nothing again."""
    page = await stage.page("planning")
    assert isinstance(page, PlanningPage)
    page.setup.ask_nothing()


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


async def printed(stage: Stage) -> None:
    """Show the findings as they are printed."""
    await doctor(stage)
    stage.keys("Ctrl+P")
    words = "print_page_words"
    await stage.until(lambda: any(label.text() for label in stage.window.findChildren(QLabel, words)), 60)
    await stage.settled()
