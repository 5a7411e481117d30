"""The table of who is due: a row per checkpoint, columns for now and next."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from patrol_desk.services.today import Column, Head, Place, Post, PostState, TodayView
from patrol_desk.ui.i18n import tr

COMMUNITY, PLACE, FIRST_SHIFT = 0, 1, 2

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row as shown.

    Parameters
    ----------
    number
        Row of the view.
    group
        Its community.
    first, last
        Whether it is the first or last shown of its community.
    """

    number: int
    group: int
    first: bool
    last: bool


class Show(StrEnum):
    """Which checkpoints are shown: those on duty now or next, those with a gap then, or all."""

    DUE = "due"
    GAPS = "gaps"
    ALL = "all"


class DutyModel(QAbstractTableModel):
    """Rows of a `TodayView`: as a rule those on duty now or next."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TodayView | None = None
        self.showing = Show.DUE
        self.lines: list[Line] = []

    def show_day(self, view: TodayView) -> None:
        """Show another state of the day; rows are told apart only when they changed."""
        same = self.view is not None and self.view.rows == view.rows and len(self.view.columns) == len(view.columns)
        lines = _lines(view, self.showing)
        if same and lines == self.lines:
            self.view = view
            if lines:
                self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        self.beginResetModel()
        self.view, self.lines = view, lines
        self.endResetModel()

    def show_only(self, showing: Show) -> None:
        """Show other checkpoints."""
        if showing is self.showing:
            return
        self.beginResetModel()
        self.showing = showing
        self.lines = [] if self.view is None else _lines(self.view, showing)
        self.endResetModel()

    def count(self, showing: Show) -> int:
        """Return how many checkpoints would be shown."""
        return 0 if self.view is None else len(_lines(self.view, showing))

    def place(self, row: int) -> Place:
        """Return the checkpoint of a row."""
        assert self.view is not None
        return self.view.rows[self.lines[row].number]

    def column(self, section: int) -> Column:
        """Return the shift of a column."""
        assert self.view is not None
        return self.view.columns[section - FIRST_SHIFT]

    def post(self, row: int, section: int) -> tuple[Post, tuple[Head, ...]]:
        """Return how a checkpoint stands in a column's shift, and who is due."""
        column, number = self.column(section), self.lines[row].number
        return column.shift.posts[number], column.people[number]

    def leaders(self, row: int) -> tuple[Head, ...]:
        """Return the squad leaders on duty in the row's community in the first column's shift."""
        if self.view is None or not self.view.columns:
            return ()
        return self.view.columns[0].leaders[self.lines[row].group]

    def row_of(self, checkpoint_id: str) -> int:
        """Return the row of a checkpoint; -1 when it is not shown."""
        if self.view is None:
            return -1
        rows = self.view.rows
        return next((n for n, line in enumerate(self.lines) if rows[line.number].checkpoint_id == checkpoint_id), -1)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        columns = 0 if self.view is None else len(self.view.columns)
        return 0 if parent.isValid() else FIRST_SHIFT + columns

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() >= FIRST_SHIFT:
            return self._tip(index.row(), index.column())
        return None

    def _text(self, row: int, section: int) -> str:
        if section == COMMUNITY:
            return self.place(row).community
        if section == PLACE:
            return self.place(row).name
        post, people = self.post(row, section)
        if post.state is PostState.NOT_STAFFED:
            return tr("不设岗")
        return f"{' '.join(head.name for head in people)} {post.heads}/{post.desired}".strip()

    def _tip(self, row: int, section: int) -> str | None:
        post, people = self.post(row, section)
        if post.state is PostState.NOT_STAFFED:
            return None
        lines = [f"{head.name}  {head.squad}" for head in people]
        lines.append(tr("最低 {minimum} 人，期望 {desired} 人", minimum=post.minimum, desired=post.desired))
        return "\n".join(lines)


def _lines(view: TodayView, showing: Show) -> list[Line]:
    found: list[Line] = []
    posts = [column.shift.posts for column in view.columns]
    for number, group in enumerate(view.groups):
        members = [row for row in range(group.first, group.first + group.count) if _shown(posts, row, showing)]
        last = len(members) - 1
        found += [Line(row, number, place == 0, place == last) for place, row in enumerate(members)]
    return found


def _shown(posts: Sequence[Sequence[Post]], row: int, showing: Show) -> bool:
    if showing is Show.ALL:
        return True
    if showing is Show.GAPS:
        return any(column[row].wanting for column in posts)
    return any(column[row].state is not PostState.NOT_STAFFED for column in posts)
