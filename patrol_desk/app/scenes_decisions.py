"""Pictures of what duty officers decide: overrides."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from patrol_desk.app.stage import Stage
from patrol_desk.services.planning.board import Board
from patrol_desk.ui.pages.roster.moving.verdict import Mover
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.today.page import TodayPage


async def override(stage: Stage) -> None:
    """Draw somebody to a second duty of the day, against a rule of the station's own, with a reason and a sentence."""
    page = await stage.page("roster")
    assert isinstance(page, RosterPage)
    board = await stage.desk.boards.get(stage.desk.week)
    row, shift, mover = kept_away(board)
    page.grid.setFocus()
    page.grid.go_to(row, shift)
    await stage.settled()
    page.actions_.editing.start("roster.fill", page.actions_.editing.place(mover, row, shift))
    await stage.until(lambda: stage.window.findChild(QWidget, "conflict_dialog") is not None)
    await stage.settled()
    QTest.keyClick(stage.focus(), Qt.Key.Key_2)
    stage.find(QWidget, "override_words").setProperty("text", "本人电话同意，午班后在岗休整 30 分钟")


def kept_away(board: Board) -> tuple[int, int, Mover]:
    """Return a gap to come, and somebody near it in place and time whom only rules of the station keep away."""
    for gap in board.gaps(board.now, board.shifts[-1].ends_at):
        for row in range(max(0, gap.row - 10), min(len(board.rows), gap.row + 10)):
            for shift in range(max(0, gap.shift - 2), min(len(board.shifts), gap.shift + 3)):
                for holder in board.holders(row, shift):
                    found = board.conflicts(holder.person_id, gap.row, gap.shift)
                    blocks = [one for one in found if one.severity == "block"]
                    if blocks and all(one.overridable for one in blocks):
                        mover = Mover(holder.person_id, holder.name, holder.squad, holder.colour)
                        return gap.row, gap.shift, mover
    raise LookupError


async def request(stage: Stage) -> None:
    """Ask for a swap of two duties."""
    await stage.page("today")
    await stage.settled()
    stage.keys("F3")
    await stage.until(lambda: stage.window.findChild(QWidget, "request_dialog") is not None)
    await stage.settled()
    QTest.mouseClick(stage.find(QWidget, "swap"), Qt.MouseButton.LeftButton)


async def arrivals(stage: Stage) -> None:
    """Write down who came: five patrols, one of them late, one absent."""
    page = await stage.page("today")
    assert isinstance(page, TodayPage)
    await stage.settled()
    stage.keys("F2")
    for key in (Qt.Key.Key_A,) * 4 + (Qt.Key.Key_Right, Qt.Key.Key_L, Qt.Key.Key_X):
        QTest.keyClick(page.duty, key)
        await stage.settled()
    # What was told, and the names of the steps, stay in the language in which they were done.
    for close in stage.window.findChildren(QPushButton, "notice_close"):
        close.click()
    stage.desk.undo.clear()


async def stand_in(stage: Stage) -> None:
    """Propose somebody for those who have not come."""
    await stage.page("today")
    await stage.settled()
    stage.keys("Shift+F2")
    await stage.until(lambda: stage.window.findChild(QWidget, "stand_in_dialog") is not None)
    await stage.settled()


async def telling(stage: Stage) -> None:
    """Show which squads were told of the week."""
    await stage.page("roster")
    stage.desk.commands.start("roster.telling")
    await stage.until(lambda: stage.window.findChild(QWidget, "telling_dialog") is not None)
    await stage.settled()
