"""What the tests of the page of people share."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from patrol_desk.models import (
    Person,
)
from patrol_desk.storage import queries
from patrol_desk.ui.pages.people.page import PeoplePage
from tests.helpers.desk import Act, DeskTest

Start = Callable[[Act], None]
TODAY = date(2026, 11, 25)


async def open_page(d: DeskTest) -> PeoplePage:
    """Go to the page; the table has the focus."""
    page = await d.page("people")
    assert isinstance(page, PeoplePage)
    assert d.focus() is page.table
    return page


def stored(d: DeskTest, person_id: str) -> Person:
    """Return a person as a new session reads it."""
    with d.fresh() as station, station.read() as session:
        found = queries.first(session, Person, id=person_id)
    assert found is not None
    return found


def current(page: PeoplePage) -> str:
    """Return the id of the person in the panel."""
    assert page.panel.detail is not None
    return page.panel.detail.id


def text_of(d: DeskTest, name: str) -> str:
    """Return what a label says."""
    return d.find(QLabel, name).text()


async def pick(d: DeskTest, menu: QMenu, words: str) -> None:
    """Click an entry of an open menu; the screen gives the window the focus back, which the test's must be told."""
    action = next(action for action in menu.actions() if action.text() == words)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    d.window.activateWindow()
    await d.until(lambda: QApplication.activeWindow() is d.window)


async def shown(d: DeskTest, name: str) -> QWidget:
    """Wait until a dialog is open and return it."""
    await d.until(lambda: any(w.isVisible() for w in d.window.findChildren(QWidget, name)))
    return d.find(QWidget, name)
