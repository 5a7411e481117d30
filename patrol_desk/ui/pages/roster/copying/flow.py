"""Copying days and weeks, and cells to and from a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from patrol_desk.common.errors import PatrolError
from patrol_desk.services.planning import edits
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.edits import PastedCell, Span
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.roster.copying.clipboard import as_table, from_table
from patrol_desk.ui.pages.roster.copying.dialog import CopyDialog
from patrol_desk.ui.pages.roster.copying.paste_dialog import PasteDialog

if TYPE_CHECKING:
    from patrol_desk.ui.pages.roster.page import RosterPage

_ACROSS = Qt.Orientation.Horizontal


class Copying(QObject):
    """What the page does to copy and to paste.

    Parameters
    ----------
    page
        Whose week.
    """

    def __init__(self, page: "RosterPage") -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        add = page.command
        add("roster.copy", lambda: tr("复制选中的格子"), "copy", "Ctrl+C", self.copy)
        add("roster.copy_names", lambda: tr("连同表头复制"), "copy", "Ctrl+Shift+C", partial(self.copy, heads=True))
        add("roster.paste", lambda: tr("粘贴姓名或编号"), "file-spreadsheet", "Ctrl+V", self.paste)
        add("roster.copy_day", lambda: tr("复制一天…"), "copy", "", self.copy_day)
        add("roster.copy_week", lambda: tr("复制上周到本周…"), "copy", "", self.copy_week)

    # To and from a spreadsheet

    def copy(self, *, heads: bool = False) -> None:
        """Put the selected cells on the clipboard, as names or as what the view shows."""
        rows = self._chosen(heads=heads)
        if not rows:
            self._desk.tell(tr("先选中要复制的格子。"))
            return
        QApplication.clipboard().setMimeData(as_table(rows))
        width = len(rows[0]) - (1 if heads else 0)
        self._desk.tell(tr("已复制 {count} 格，可粘贴到 Excel 或 WPS。", count=(len(rows) - heads) * width), "ok")

    def _chosen(self, *, heads: bool) -> list[list[str]]:
        view, board = self._page.views.view, self._page.board
        if board is None:
            return []
        if view is not None:
            block = view.grid.block()
            if block is None:
                return []
            lines, shifts, model = block[0], block[1], view.grid.cells
            texts = [[model.words(model.lines[line], shift) for shift in shifts] for line in lines]
            names = [model.name(model.lines[line]) for line in lines]
        else:
            cells = self._page.grid.picked_cells()
            if not cells:
                return []
            rows, shifts = sorted({row for row, _ in cells}), _span([shift for _, shift in cells])
            texts = [
                [self._names(board, row, shift) if (row, shift) in cells else "" for shift in shifts] for row in rows
            ]
            names = [board.rows[row].name for row in rows]
        if not heads:
            return texts
        head = [self._page.grid.cells.headerData(shift, _ACROSS) for shift in shifts]
        return [["", *map(str, head)], *([name, *line] for name, line in zip(names, texts, strict=True))]

    @staticmethod
    def _names(board: Board, row: int, shift: int) -> str:
        return tr("、|列举").join(holder.name for holder in board.holders(row, shift))

    def paste(self) -> None:
        """Put the names of the clipboard into the cells from the current one on."""
        board, here = self._page.board, self._page.grid.current()
        if self._page.views.view is not None or board is None or here is None:
            self._desk.tell(tr("在“按点位”里选一格，再粘贴姓名或编号。"))
            return
        table = from_table(QApplication.clipboard().text())
        lines = self._page.grid.cells.lines
        rows = [lines[n].row for n in range(lines.of_row(here[0]), len(lines)) if not lines[n].head]
        cells = [
            PastedCell(row, here[1] + right, text)
            for row, line in zip(rows, table, strict=False)
            for right, text in enumerate(line)
            if here[1] + right < len(board.shifts)
        ]
        if not any(cell.text.strip() for cell in cells):
            self._desk.tell(tr("剪贴板里没有姓名。"))
            return
        editing = self._page.actions_.editing
        editing.start("roster.paste", self._pasted(cells))

    async def _pasted(self, cells: list[PastedCell]) -> None:
        board = await self._desk.boards.get(self._desk.week)
        names = await self._desk.read(edits.read_names, board, cells)
        dialog = PasteDialog(self._desk.host, self._desk.theme, board, names)

        def asked() -> tuple[list[tuple[int, int]], list[tuple[int, int, str]]]:
            untouched = dialog.untouched()
            return [place for place in map(_place, cells) if place not in untouched], dialog.people()

        async def preview() -> None:
            dialog.show_preview(await self._desk.read(edits.preview_paste, board, *asked()))

        def ask() -> None:
            self._desk.tasks.start("roster.preview", preview(), owner=dialog, exclusive="roster.preview")

        dialog.asked.connect(ask)
        ask()
        # The dialog is freed once it is closed: who is meant is asked of it while it is open.
        chosen = []
        dialog.finished.connect(lambda _accepted: chosen.append(asked()))
        if not await dialog.ask():
            return
        places, people = chosen[0]
        done = await self._desk.write(tr("粘贴 {count} 格", count=len(places)), edits.paste, board, places, people)
        words = tr("已安排 {count} 人次。", count=len(done.added))
        if done.refused:
            words += tr("{count} 人次因规则没有安排。", count=len(done.refused))
        self._desk.tell(words, "ok")

    # Days and weeks

    def copy_day(self) -> None:
        """Copy a day of the week to another, after showing what would happen."""
        board = self._page.board
        if board is None or not board.shifts:
            return
        days = tuple(dict.fromkeys(shift.on_date for shift in board.shifts))
        index = self._page.grid.currentIndex()
        here = days.index(board.shifts[max(index.column(), 0)].on_date)
        to = days[here + 1] if here + 1 < len(days) else days[here - 1]
        editing = self._page.actions_.editing
        editing.start("roster.copy", self._copied(Span(days[here], to), days))

    def copy_week(self) -> None:
        """Copy the week before into the week in view, after showing what would happen."""
        week = self._desk.week
        editing = self._page.actions_.editing
        editing.start("roster.copy", self._copied(Span.weeks(week.plus(-1), week), ()))

    async def _copied(self, first: Span, days: Sequence[date]) -> None:
        title = tr("复制一天") if days else tr("复制上周到本周")
        dialog = CopyDialog(self._desk.host, self._desk.theme, days, first, title)

        async def preview(span: Span) -> None:
            try:
                told = await self._desk.read(edits.preview_copy, span)
            except PatrolError as error:
                dialog.show_preview(span, None, say(error.message))
            else:
                dialog.show_preview(span, told)

        def ask(span: Span) -> None:
            self._desk.tasks.start("roster.preview", preview(span), owner=dialog, exclusive="roster.preview")

        chosen: list[Span] = []
        dialog.asked.connect(ask)
        dialog.finished.connect(lambda _accepted: chosen.append(dialog.span))
        dialog.ask_first()
        if not await dialog.ask():
            return
        span = chosen[0]
        step = tr("复制 {source} 到 {target}", source=day_text(span.first), target=day_text(span.to))
        copied = await self._desk.write(step, edits.copy_days, span)
        words = tr("已复制 {count} 个班次。", count=copied.copied)
        if copied.left_out:
            words += tr("另有 {count} 个因规则或请假没有复制。", count=copied.left_out)
        self._desk.tell(words, "ok")


def _place(cell: PastedCell) -> tuple[int, int]:
    return cell.row, cell.shift


def _span(numbers: list[int]) -> range:
    return range(min(numbers), max(numbers) + 1)
