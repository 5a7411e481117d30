"""The list of squads and response teams: two lines each, and a frame around the one something is dropped on."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from patrol_desk.services.people.squads import LEAD, NIGHT, GroupLine, Level
from patrol_desk.ui.pages.people.squads.model import LINE_ROLE, GroupModel
from patrol_desk.ui.pages.people.squads.words import count_text, head_text, level_icon, vacancy_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import box, cell_of, ring
from patrol_desk.ui.widgets.search_field import SearchField

ROW: Final = 54
HEADING: Final = 26
MOST_LEVELS: Final = 3
EDGE: Final = 26
"""How near to its edge a drag makes the list scroll."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class GroupList(QListView):
    """Groups to choose from; arrows move, "/" goes to the search field.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.

    Attributes
    ----------
    chosen
        Sent with the `GroupLine` that is chosen.
    opened
        Sent by Enter.
    search
        The field that "/" goes to.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.groups = GroupModel(self)
        self.search: SearchField | None = None
        self.target = ""
        self.target_words = ""
        self.setModel(self.groups)
        self.setItemDelegate(_Delegate(theme, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.selectionModel().currentChanged.connect(self._current)
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def go_to(self, group_id: str) -> bool:
        """Choose a group; say whether it is shown."""
        place = self.groups.place_of(group_id)
        if place is None:
            return False
        index = self.groups.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def line(self) -> GroupLine | None:
        """Return the group chosen."""
        return self.groups.line_at(self.currentIndex())

    def _current(self, index: QModelIndex) -> None:
        line = self.groups.line_at(index)
        if line is not None:
            self.chosen.emit(line)

    # Something is dragged over it

    def line_under(self, point: QPoint) -> GroupLine | None:
        """Return the group at a global position; near the edge the list scrolls."""
        here = self.viewport().mapFromGlobal(point)
        if not self.viewport().rect().contains(here):
            return None
        edge, bar = self.theme.px(EDGE), self.verticalScrollBar()
        if here.y() < edge:
            bar.setValue(bar.value() - edge)
        elif here.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge)
        return self.groups.line_at(self.indexAt(here))

    def mark(self, group_id: str, words: str = "") -> None:
        """Frame a group and write in it what a drop would do; no id takes the frame away."""
        if (group_id, words) != (self.target, self.target_words):
            self.target, self.target_words = group_id, words
            self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "/" and self.search is not None:
            self.search.focus()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    """Paints headings and groups."""

    def __init__(self, theme: Theme, parent: GroupList) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = parent

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._theme.px(ROW if index.data(LINE_ROLE) is not None else HEADING))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = cell_of(option)
        theme, px = self._theme, self._theme.px
        line = index.data(LINE_ROLE)
        painter.save()
        if not isinstance(line, GroupLine):
            painter.fillRect(rect, theme.color("sunken"))
            painter.setFont(theme.font("secondary", bold=True))
            painter.setPen(theme.color("text2"))
            painter.drawText(rect.adjusted(px(16), 0, -px(8), 0), _LEFT, str(index.data()))
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            under = bool(state & QStyle.StateFlag.State_MouseOver)
            fill = "accentSoft" if chosen else "sunken" if under else "surface"
            painter.fillRect(rect, theme.color(fill))
            if chosen:
                painter.fillRect(rect.x(), rect.y(), px(3), rect.height(), theme.color("accent"))
            self._paint_line(painter, rect, line)
            if line.id == self._list.target:
                box(painter, rect.adjusted(1, 1, -1, -1), None, theme.color("accent"), 2, 2)
            elif chosen and self._list.hasFocus():
                ring(painter, theme, rect.adjusted(px(3), 0, 0, -1), 0)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, line: GroupLine) -> None:
        theme, px = self._theme, self._theme.px
        if line.kind == "squad":
            tick = QRect(rect.x() + px(16), rect.y() + px(9), px(4), rect.height() - px(18))
            painter.fillRect(tick, theme.color(squad_colour(line.colour)))
        else:
            painter.drawPixmap(rect.x() + px(11), rect.y() + px(9), theme.pixmap("siren", "text2", 15))
        room = rect.adjusted(px(30), px(5), -px(12), -px(5))
        upper = QRect(room.x(), room.y(), room.width(), room.height() // 2)
        lower = QRect(room.x(), room.y() + room.height() // 2, room.width(), room.height() // 2)
        self._paint_names(painter, upper, line)
        if line.id == self._list.target and self._list.target_words:
            painter.setFont(theme.font("secondary", bold=True))
            painter.setPen(theme.color("accentText"))
            metrics = QFontMetrics(theme.font("secondary", bold=True))
            words = metrics.elidedText(self._list.target_words, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, _LEFT, words)
        else:
            self._paint_figures(painter, lower, line)

    def _paint_names(self, painter: QPainter, room: QRect, line: GroupLine) -> None:
        theme, px = self._theme, self._theme.px
        missing = vacancy_text(line)
        small, bold = theme.font("secondary"), theme.font("body", bold=True)
        heavy = theme.font("secondary", bold=True)
        width = QFontMetrics(heavy).horizontalAdvance(missing)
        painter.setFont(heavy if line.vacancies else small)
        painter.setPen(theme.color("amber" if line.vacancies else "text3"))
        painter.drawText(room, _RIGHT, missing)
        left = room.width() - width - px(8)
        if line.form_out is not None:
            at = QPoint(room.right() - width - px(22), room.y() + (room.height() - px(14)) // 2)
            painter.drawPixmap(at, theme.pixmap("inbox", "amber", 14))
            left -= px(22)
        name = QFontMetrics(bold).elidedText(line.name, Qt.TextElideMode.ElideRight, left)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        painter.drawText(room, _LEFT, name)
        shift = QFontMetrics(bold).horizontalAdvance(name) + px(8)
        rest = QRect(room.x() + shift, room.y(), max(left - shift, 0), room.height())
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        names = QFontMetrics(small).elidedText(head_text(line), Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, _LEFT, names)

    def _paint_figures(self, painter: QPainter, room: QRect, line: GroupLine) -> None:
        theme, px = self._theme, self._theme.px
        small = theme.font("secondary")
        metrics = QFontMetrics(small)
        whole = max(line.strength or 0, line.members, 1)
        bar = QRect(room.x(), room.y() + (room.height() - px(6)) // 2, px(70), px(6))
        painter.fillRect(bar, theme.color("line"))
        filled = QRect(bar.x(), bar.y(), bar.width() * min(line.members, whole) // whole, bar.height())
        role = squad_colour(line.colour) if line.kind == "squad" else "accent"
        painter.fillRect(filled, theme.color(role))
        if line.vacancies:
            box(painter, QRect(filled.right() + 1, bar.y(), bar.right() - filled.right(), bar.height()), None,
                theme.color("amber"), 0)  # fmt: skip
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        x = bar.right() + px(8)
        painter.drawText(QRect(x, room.y(), px(44), room.height()), _LEFT, count_text(line))
        x += px(46)
        for level in _shown_levels(line):
            words = f"{level.have}/{level.need}" if level.need is not None else str(level.have)
            wide = px(18) + metrics.horizontalAdvance(words) + px(10)
            if x + wide > room.right() + px(10):
                break
            tone = "amber" if level.short else "text2"
            y = room.y() + (room.height() - px(14)) // 2
            painter.drawPixmap(x, y, theme.pixmap(level_icon(level), tone, 14))
            painter.setFont(theme.font("secondary", bold=bool(level.short)))
            painter.setPen(theme.color(tone))
            painter.drawText(QRect(x + px(18), room.y(), wide, room.height()), _LEFT, words)
            x += wide


def _shown_levels(line: GroupLine) -> list[Level]:
    """Return the levels worth a place: those that fall short first, then skills."""
    skills = [level for level in line.levels if level.key not in {NIGHT, LEAD}]
    short = [level for level in line.levels if level.short]
    rest = [level for level in skills if not level.short]
    return (short + rest)[:MOST_LEVELS]
