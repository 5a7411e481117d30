"""The scenes of the page of people beyond its list: squads, response teams, and moving people."""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QPlainTextEdit, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.common.actor import Actor
from patrol_desk.services.handon.unanswered import FORM
from patrol_desk.services.people import reveal_phone
from patrol_desk.services.people.pauses import pause_people
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.memory import PAPER, remember
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done
from patrol_desk.ui.pages.people.enrol.dialog import EnrolDialog
from patrol_desk.ui.pages.people.filters import PAUSED
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.pages.people.pausing import PauseDialog
from patrol_desk.ui.pages.people.squads.board import Board
from patrol_desk.ui.pages.people.squads.group_list import GroupList
from patrol_desk.ui.pages.people.squads.view import SquadsView


async def squads(stage: Stage) -> None:
    """Show the squads, the fifth of them in full."""
    await stage.page("people")
    QTest.mouseClick(stage.find(QAbstractButton, "squads"), Qt.MouseButton.LeftButton)
    await stage.settled()
    groups = stage.find(GroupList, "group_list")
    groups.go_to(groups.groups.shown()[4].id)
    await stage.settled()


async def teams(stage: Stage) -> None:
    """Show a response team."""
    await squads(stage)
    groups = stage.find(GroupList, "group_list")
    groups.go_to(next(line for line in groups.groups.shown() if line.kind == "team").id)
    await stage.settled()


async def proofs(stage: Stage) -> None:
    """Show a squad's certificates."""
    await squads(stage)
    tabs = stage.find(QWidget, "group_tabs")
    QTest.keyClick(tabs, Qt.Key.Key_Home)
    QTest.keyClick(tabs, Qt.Key.Key_Right)


async def changes(stage: Stage) -> None:
    """Show who came to a squad and left it."""
    await squads(stage)
    QTest.keyClick(stage.find(QWidget, "group_tabs"), Qt.Key.Key_End)


async def drag(stage: Stage) -> None:
    """Hold a member over another squad."""
    await squads(stage)
    QTest.keyClick(stage.find(QWidget, "group_tabs"), Qt.Key.Key_Home)
    board, groups = stage.find(Board, "members"), stage.find(GroupList, "group_list")
    start = board.rect_of(board.cards()[4].id).center()
    target = groups.visualRect(groups.currentIndex().siblingAtRow(groups.currentIndex().row() + 2)).center()
    there = board.mapFromGlobal(groups.viewport().mapToGlobal(target))
    QTest.mousePress(board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(board, start + QPoint(30, 0))
    QTest.mouseMove(board, there)


async def move(stage: Stage) -> None:
    """Ask where to move somebody by key."""
    board = stage.find(Board, "members")
    QTest.keyClick(board, Qt.Key.Key_Escape)
    board.setFocus()
    QTest.keyClick(board, Qt.Key.Key_M)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "transfer_dialog")))
    QTest.keyClick(stage.focus(), Qt.Key.Key_Down)
    QTest.keyClick(stage.focus(), Qt.Key.Key_Down)


async def edit(stage: Stage) -> None:
    """Edit a squad."""
    await squads(stage)
    QTest.mouseClick(stage.find(QAbstractButton, "group_edit"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "group_dialog")))


async def forms(stage: Stage) -> None:
    """Show the squads that have not given their availability form back."""
    await squads(stage)
    groups = stage.find(GroupList, "group_list").groups
    codes = tuple(line.code for line in groups.shown()[2:14] if line.kind == "squad")
    await stage.desk.write_for_good(_hand_out, codes)
    await squads(stage)


def _hand_out(station: Station, actor: Actor, codes: tuple[str, ...]) -> Done[int]:
    """Remember the forms of some squads as printed."""
    return remember(station, actor, printed_sheets(station, actor, FORM, Ask(squads=codes)), PAPER)


async def enrol(stage: Stage) -> None:
    """Paste a factory's list: new people, somebody on the books, and a phone that is too short."""
    await squads(stage)
    known = await _member(stage)
    page = stage.frame.page
    assert isinstance(page, PeoplePage)
    names = [row.name for row in page.model.all_rows()[200:215]]
    QTest.mouseClick(stage.find(QAbstractButton, "people_enrol"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "enrol_dialog")))
    form = stage.find(EnrolDialog, "enrol_dialog").form
    form.put("organisation", "金龙电子厂")
    rows = [f"{name}\t1391760{at:04}\t{'组长' if at == 1 else ''}" for at, name in enumerate(names, 1)]
    rows[3] = f"{names[3]}\t139 1760\t"
    rows.insert(5, f"{known[0]}\t{known[1]}\t")
    stage.find(QPlainTextEdit, "enrol_text").setPlainText("\n".join(["姓名\t手机号\t职务", *rows]))
    await stage.settled()


async def _member(stage: Stage) -> tuple[str, str]:
    """Return name and phone of a squad's member."""
    view = stage.find(SquadsView, "squads_view")
    assert view.detail is not None
    card = view.detail.members[-1]
    return card.row.name, await stage.desk.write_for_good(reveal_phone, card.id)


async def bulk(stage: Stage) -> None:
    """Change three ticked people at once."""
    await stage.page("people")
    QTest.mouseClick(stage.find(QAbstractButton, "books"), Qt.MouseButton.LeftButton)
    await stage.settled()
    view = stage.find(QAbstractItemView, "people_table")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Space)
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.mouseClick(stage.find(QAbstractButton, "bulk_edit"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "bulk_dialog")))
    box = stage.find(QComboBox, "all_status")
    box.setCurrentIndex(box.findData("vetted"))
    box.activated.emit(box.currentIndex())


async def export(stage: Stage) -> None:
    """Choose the columns of a list of the ticked people."""
    await stage.page("people")
    QTest.mouseClick(stage.find(QAbstractButton, "bulk_export"), Qt.MouseButton.LeftButton)
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "export_dialog")))
    box = stage.find(QComboBox, "export_form")
    box.setCurrentIndex(box.findData("xlsx"))
    box.activated.emit(box.currentIndex())
    await stage.settled()


async def pause(stage: Stage) -> None:
    """Pause somebody who has duties, until a day."""
    page = await stage.page("people")
    assert isinstance(page, PeoplePage)
    QTest.mouseClick(stage.find(QAbstractButton, "books"), Qt.MouseButton.LeftButton)
    await stage.settled()
    busy = next(row for row in page.model.all_rows() if row.duties)
    stage.desk.tasks.start("scene", page.deeds.pause([busy]))
    await stage.until(lambda: any(w.isVisible() for w in stage.window.findChildren(QWidget, "pause_dialog")))
    form = stage.find(PauseDialog, "pause_dialog").form
    form.put("pause_until", form.value("pause_from") + timedelta(days=30))
    form.put("pause_reason", "外出务工")
    await stage.settled()


async def paused(stage: Stage) -> None:
    """Show those who are paused, one of them in full."""
    page = await stage.page("people")
    assert isinstance(page, PeoplePage)
    today = stage.desk.now.date()
    people = [row.id for row in page.model.all_rows() if row.duties][:6]
    await stage.desk.write_for_good(pause_people, people[:4], today, None, "孩子出生")
    await stage.desk.write_for_good(pause_people, people[4:], today, today + timedelta(days=20), "外出务工")
    await stage.settled()
    action = next(a for a in page.filters.findChildren(QAction) if a.data() == ("status", PAUSED))
    action.trigger()
    await stage.settled()
    page.table.go_to(people[5])
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    await stage.settled()
    tabs = stage.find(QWidget, "person_tabs")
    QTest.keyClick(tabs, Qt.Key.Key_End)
