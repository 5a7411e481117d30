"""Scenes of find-anything, of help and of the tour."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextBrowser

from patrol_desk.app.stage import Stage


async def finder(stage: Stage, text: str = "chen") -> None:
    """Open find-anything and type."""
    await stage.page("today")
    stage.keys("Ctrl+K")
    await stage.settled()
    QTest.keyClicks(stage.find(QLineEdit, "finder_field"), text)


async def finder_nothing(stage: Stage) -> None:
    """Look for what nobody has."""
    await finder(stage, "zzqq")


async def guide(stage: Stage) -> None:
    """Open help on the page of people."""
    await stage.page("people")
    # Once more: on a screen without a window manager the page's first filling can take the focus out of the window.
    await stage.page("people")
    stage.keys("F1")


async def sought(stage: Stage) -> None:
    """Look for a word in all of the guide."""
    await stage.page("roster")
    stage.keys("F1")
    QTest.keyClicks(stage.find(QLineEdit, "help_search"), "Ctrl+Z")
    stage.find(QTextBrowser, "help_text").setFocus()


async def tour(stage: Stage) -> None:
    """Begin the tour."""
    await stage.page("today")
    stage.desk.commands.start("tour")


async def tour_on(stage: Stage) -> None:
    """Go on to where a gap is filled."""
    for _ in range(2):
        stage.keys("Alt+Right")
        await stage.settled()


async def tour_end(stage: Stage) -> None:
    """Go to the last station."""
    for _ in range(4):
        stage.keys("Alt+Right")
        await stage.settled()
