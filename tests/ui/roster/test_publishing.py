"""The draft is reviewed and put in force; what stays short must be known first."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QPushButton

from patrol_desk.models import VersionState
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from patrol_desk.ui.pages.roster.publishing.dialog import PublishDialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.roster.steps import board_of, roster, stored

Desk = Callable[[Act], None]


async def review(d: DeskTest) -> PublishDialog:
    """Open the publish dialog by its button."""
    d.click(d.find(QPushButton, "roster_publish"))
    await d.until(lambda: d.window.findChild(PublishDialog) is not None)
    dialog = d.window.findChild(PublishDialog)
    assert dialog is not None
    return dialog


def test_a_draft_is_published_once_its_gaps_are_known(desk_test: Desk) -> None:
    """A draft is published once its gaps are known."""

    async def act(d: DeskTest) -> None:
        page = await roster(d)
        assert board_of(page).figures().shortage_cells
        dialog = await review(d)
        assert dialog.table.changes.rowCount() == len(dialog.review.changes)
        only = d.find(QPushButton, "publish_only")
        assert not only.isEnabled()
        d.keys("Ctrl+Return")
        assert dialog.isVisible()
        d.key(Qt.Key.Key_Space, d.find(QCheckBox, "publish_know"))
        assert only.isEnabled()
        d.click(only)
        await d.settled()
        version = stored(d).version
        assert version is not None
        assert version.state is VersionState.PUBLISHED
        assert not d.find(QPushButton, "roster_publish").isEnabled()
        assert page.isAncestorOf(d.focus())
        assert isinstance(d.focus(), QAbstractItemView), "the keys go on in the roster, not at the button beside"
        assert d.desk.undo.next_undo() is None

    desk_test(act)


def test_going_back_publishes_nothing(desk_test: Desk) -> None:
    """Going back publishes nothing."""

    async def act(d: DeskTest) -> None:
        await roster(d)
        await review(d)
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        version = stored(d).version
        assert version is not None
        assert version.state is VersionState.DRAFT

    desk_test(act)


def test_the_review_is_ordered_by_squad_and_place(desk_test: Desk) -> None:
    """The review is ordered by squad and place."""

    async def act(d: DeskTest) -> None:
        await roster(d)
        dialog = await review(d)
        for key, value in (("squad", "squad"), ("place", "place")):
            dialog.table.order_by(key)
            rows = dialog.table.changes.shown_rows()
            words = [row.change.squad if value == "squad" else row.place for row in rows]
            assert words == sorted(words)
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)


def test_publishing_goes_on_to_the_printer_with_the_squads_touched(desk_test: Desk) -> None:
    """Publishing goes on to the printer with the squads touched."""

    async def act(d: DeskTest) -> None:
        await roster(d)
        dialog = await review(d)
        touched = dialog.review.squads
        d.click(d.find(QCheckBox, "publish_know"), QPoint(8, 8))
        d.keys("Ctrl+Return")
        await d.until(lambda: d.window.findChild(PrintDialog) is not None)
        printing = d.window.findChild(PrintDialog)
        assert printing is not None
        version = stored(d).version
        assert version is not None
        assert version.state is VersionState.PUBLISHED
        assert touched > 1
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)
