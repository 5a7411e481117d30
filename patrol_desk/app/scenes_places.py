"""The scenes of the page of places: its two lists, and equipment that is lent out and taken back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTabBar, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.services.planning.visits import visits_of
from patrol_desk.ui.navigation import Target


async def place(stage: Stage) -> None:
    """Open a checkpoint."""
    await stage.page("places")
    _click(stage, "checkpoints")
    await stage.settled()
    _open_row(stage, "checkpoints", 4)


async def muster(stage: Stage) -> None:
    """Open a muster point."""
    await stage.page("places")
    _click(stage, "muster_points")
    await stage.settled()
    _open_row(stage, "muster_points", 2)


async def new(stage: Stage) -> None:
    """Begin a new checkpoint."""
    await stage.page("places")
    _click(stage, "checkpoints")
    _click(stage, "new")


async def pause(stage: Stage) -> None:
    """Ask before a checkpoint is paused."""
    await place(stage)
    await stage.settled()
    _click(stage, "life")


async def changes(stage: Stage) -> None:
    """Fix a closing for a later day, and show the tab of changes."""
    await pause(stage)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "life_dialog")))
    stage.write("road works")
    stage.keys("Ctrl+Return")
    await stage.settled()
    QTest.keyClick(stage.find(QTabBar, "detail_tabs"), Qt.Key.Key_Right)
    QTest.keyClick(stage.find(QTabBar, "detail_tabs"), Qt.Key.Key_Right)
    # What was told, and the names of the steps, stay in the language in which they were done.
    _click(stage, "notice_close")
    stage.desk.undo.clear()


async def communities(stage: Stage) -> None:
    """Show the first community."""
    await stage.page("places")
    _click(stage, "communities")
    await stage.settled()


async def cells(stage: Stage) -> None:
    """Show the first grid cell."""
    await stage.page("places")
    _click(stage, "grid_cells")
    await stage.settled()


async def on_map(stage: Stage) -> None:
    """Put a checkpoint on the map by click."""
    await place(stage)
    await stage.settled()
    stage.keys("Ctrl+Shift+M")
    await stage.settled()


async def gate(stage: Stage) -> None:
    """Open a joint gate, whose seats are shared with a neighbouring town."""
    await stage.page("places")
    _click(stage, "checkpoints")
    await stage.settled()
    _open_row(stage, "checkpoints", 16)


async def temporary(stage: Stage) -> None:
    """Begin a temporary duty."""
    await new(stage)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "new_record")))
    dialog = stage.find(QWidget, "new_record")
    QTest.keyClick(next(box for box in dialog.findChildren(QWidget, "kind") if box.isVisible()), Qt.Key.Key_End)


async def visits(stage: Stage) -> None:
    """Show the visits of a checkpoint for which some were drawn."""
    await stage.page("places")
    _click(stage, "checkpoints")
    await stage.settled()
    drawn = await stage.desk.read(visits_of, stage.desk.week)
    stage.desk.go(Target("places", drawn.visits[-1].checkpoint_id if drawn.visits else None))
    await stage.settled()
    stage.find(QTabBar, "detail_tabs").setCurrentIndex(3)
    await stage.settled()


async def printed(stage: Stage) -> None:
    """Show the list as it is printed."""
    await stage.page("places")
    _click(stage, "checkpoints")
    await stage.settled()
    _click(stage, "print_places")
    words = "print_page_words"
    await stage.until(lambda: any(label.text() for label in stage.window.findChildren(QLabel, words)), 60)
    await stage.settled()


async def areas(stage: Stage) -> None:
    """Show the first priority area."""
    await stage.page("places")
    _click(stage, "priority_areas")
    await stage.settled()


async def area_add(stage: Stage) -> None:
    """Choose checkpoints for an area's list."""
    await areas(stage)
    _click(stage, "area_add")
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "choose_places")))


async def periods(stage: Stage) -> None:
    """Show the security periods with their year."""
    await stage.page("places")
    _click(stage, "security_periods")
    await stage.settled()


async def period_new(stage: Stage) -> None:
    """Begin a new security period."""
    await periods(stage)
    _click(stage, "new")
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "new_record")))


def _click(stage: Stage, name: str) -> None:
    QTest.mouseClick(stage.find(QAbstractButton, name), Qt.MouseButton.LeftButton)


def _open_row(stage: Stage, name: str, row: int) -> None:
    """Click a row of a table and open it."""
    view = stage.find(QAbstractItemView, name)
    at = view.visualRect(view.model().index(row, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.keyClick(view, Qt.Key.Key_Return)


async def _stock(stage: Stage) -> QWidget:
    """Go to the stock of a muster point."""
    await muster(stage)
    await stage.settled()
    QTest.keyClick(stage.find(QTabBar, "detail_tabs"), Qt.Key.Key_Home)
    stock = stage.find(QWidget, "stock")
    stock.setFocus()
    return stock


async def borrower(stage: Stage) -> None:
    """Ask who takes equipment."""
    stock = await _stock(stage)
    QTest.keyClick(stock, Qt.Key.Key_Home)
    QTest.keyClick(stock, Qt.Key.Key_L)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "borrower")))


async def lend(stage: Stage) -> None:
    """Ask how many and until when."""
    await borrower(stage)
    QTest.keyClick(stage.focus(), Qt.Key.Key_1)
    QTest.keyClick(stage.focus(), Qt.Key.Key_Return)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "new_record")))


async def lent(stage: Stage) -> None:
    """Show what is out after three things were lent."""
    for place in range(3):
        stock = await _stock(stage)
        QTest.keyClick(stock, Qt.Key.Key_Home)
        for _ in range(place):
            QTest.keyClick(stock, Qt.Key.Key_Down)
        QTest.keyClick(stock, Qt.Key.Key_L)
        await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "borrower")))
        QTest.keyClick(stage.focus(), Qt.Key(Qt.Key.Key_1 + place))
        QTest.keyClick(stage.focus(), Qt.Key.Key_Return)
        await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "new_record")))
        stage.keys("Ctrl+Return")
        await stage.settled()
    # What was told, and the names of the steps, stay in the language in which they were done.
    _click(stage, "notice_close")
    stage.desk.undo.clear()


async def history(stage: Stage) -> None:
    """Show the loans of a muster point after three were lent."""
    await lent(stage)
    stage.find(QTabBar, "detail_tabs").setCurrentIndex(3)
    await stage.settled()


async def copying(stage: Stage) -> None:
    """Copy a cell to every checkpoint of the kind, with the numbers of what that changes."""
    await place(stage)
    await stage.settled()
    stage.find(QTabBar, "detail_tabs").setCurrentIndex(0)
    _click(stage, "copy_to")
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "choose_places")))
    _click(stage, "choose_like")
    stage.find(QWidget, "choose_search").setFocus()


async def short(stage: Stage) -> None:
    """Ask what is missing."""
    stock = await _stock(stage)
    QTest.keyClick(stock, Qt.Key.Key_R)
    stage.keys("Shift+R")
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "new_record")))
