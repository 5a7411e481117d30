"""Pictures of the roster by squad and by person."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from patrol_desk.app.stage import Stage


async def squads(stage: Stage) -> None:
    """Show the roster by squad, the third squad open."""
    await stage.page("roster")
    stage.keys("Alt+2")
    await stage.settled()
    for _ in range(3):
        QTest.keyClick(stage.find(QWidget, "squad_grid"), Qt.Key.Key_Down)
    QTest.keyClick(stage.find(QWidget, "squad_grid"), Qt.Key.Key_Space)


async def persons(stage: Stage) -> None:
    """Show the roster by person, on somebody of the first squad."""
    await stage.page("roster")
    stage.keys("Alt+3")
    await stage.settled()
    for _ in range(4):
        QTest.keyClick(stage.find(QWidget, "person_grid"), Qt.Key.Key_Down)


async def filtered(stage: Stage) -> None:
    """Look for people of a name."""
    await persons(stage)
    stage.find(QLineEdit, "person_search").insert("陈")
