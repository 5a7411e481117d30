"""Gaps as cards: what is missing, the best candidate, one click to fill it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from patrol_desk.services.today import TodayGap
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.today.gap_model import GapModel, lack_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import box, cell_of, ring

if TYPE_CHECKING:
    from patrol_desk.services.planning.board import Candidate

Index = QModelIndex | QPersistentModelIndex

CARD = 58
BETWEEN = 6
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GapDelegate(QStyledItemDelegate):
    """Paints a gap's card.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    model
        What is shown.
    """

    def __init__(self, theme: Theme, model: GapModel) -> None:
        super().__init__(model)
        self._theme = theme
        self._model = model

    def fill_rect(self, rect: QRect) -> QRect:
        """Return where the button is that takes the best candidate."""
        px = self._theme.px
        wide = QFontMetrics(self._theme.font("secondary", bold=True)).horizontalAdvance(tr("补位")) + px(16)
        more = self.more_rect(rect)
        return QRect(more.left() - px(4) - wide, more.top(), wide, more.height())

    def more_rect(self, rect: QRect) -> QRect:
        """Return where the button is that shows the other candidates."""
        px = self._theme.px
        return QRect(rect.right() - px(30), rect.top() + px(CARD - 29), px(24), px(24))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(50, self._theme.px(CARD + BETWEEN))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = cell_of(option)
        theme, px = self._theme, self._theme.px
        gap = self._model.gaps[index.row()]
        card = QRect(rect.left(), rect.top(), rect.width(), px(CARD))
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        fill = theme.color("accentSoft" if selected else "surface")
        box(painter, card, fill, theme.color("redLine" if gap.red else "line2"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            ring(painter, theme, card)
        self._gap(painter, QRect(card.left() + px(10), card.top() + px(5), card.width() - px(20), px(22)), gap)
        low = QRect(card.left() + px(10), card.top() + px(29), card.width() - px(20), px(24))
        self._who(painter, card, low, gap)
        painter.restore()

    def _gap(self, painter: QPainter, room: QRect, gap: TodayGap) -> None:
        theme, px = self._theme, self._theme.px
        tone, icon = ("red", "triangle-alert") if gap.red else ("amber", "minus")
        painter.drawPixmap(room.left(), room.center().y() - px(6), theme.pixmap(icon, tone, 14))
        right = lack_text(gap)
        bold = theme.font("secondary", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color(tone))
        painter.drawText(room, _RIGHT, right)
        left = room.adjusted(px(22), 0, -QFontMetrics(bold).horizontalAdvance(right) - px(8), 0)
        when = self._model.when(gap)
        after = QFontMetrics(theme.font("secondary")).horizontalAdvance(when) + px(8)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("text"))
        name = self._elide(painter, gap.place.name, max(px(60), left.width() - after))
        painter.drawText(left, _LEFT, name)
        used = painter.fontMetrics().horizontalAdvance(name) + px(8)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text2"))
        painter.drawText(left.adjusted(used, 0, 0, 0), _LEFT, self._elide(painter, when, left.width() - used))

    def _who(self, painter: QPainter, card: QRect, room: QRect, gap: TodayGap) -> None:
        theme, px = self._theme, self._theme.px
        found = self._model.found(gap)
        best = self._model.best(gap)
        painter.drawPixmap(room.left(), room.center().y() - px(6), theme.pixmap("user-plus", "text3", 14))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        if best is None:
            text = self._model.who(gap) if found is not None else tr("正在找人…")
            free = room.adjusted(px(22), 0, -px(20), 0)
            painter.drawText(free, _LEFT, self._elide(painter, text, free.width()))
        else:
            right = self.fill_rect(card).left() - px(8)
            self._candidate(painter, QRect(room.left() + px(22), room.top(), right - room.left() - px(22),
                                           room.height()), best)  # fmt: skip
            self._button(painter, self.fill_rect(card), filled=gap.red)
        if found is not None:
            more = self.more_rect(card)
            painter.drawPixmap(more.center().x() - px(7), more.center().y() - px(7),
                               theme.pixmap("chevron-down", "text2", 16))  # fmt: skip

    def _candidate(self, painter: QPainter, room: QRect, best: "Candidate") -> None:
        theme, px = self._theme, self._theme.px
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        name = self._elide(painter, best.name, room.width() // 2)
        painter.drawText(room, _LEFT, name)
        x = room.left() + painter.fontMetrics().horizontalAdvance(name) + px(6)
        painter.fillRect(x, room.center().y() - px(6), px(3), px(13), theme.color(squad_colour(best.colour)))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        facts = " · ".join(say(chip.text) for chip in best.chips)
        rest = QRect(x + px(8), room.top(), room.right() - x - px(8), room.height())
        with_squad = f"{best.squad}  {facts}"
        shown = with_squad if painter.fontMetrics().horizontalAdvance(with_squad) <= rest.width() else facts
        painter.drawText(rest, _LEFT, self._elide(painter, shown, rest.width()))

    def _button(self, painter: QPainter, rect: QRect, *, filled: bool) -> None:
        theme = self._theme
        box(painter, rect, theme.color("accent" if filled else "surface"), None if filled else theme.color("line2"))
        painter.setFont(theme.font("secondary", bold=filled))
        painter.setPen(theme.color("onAccent" if filled else "text"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, tr("补位"))

    def _elide(self, painter: QPainter, text: str, width: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))


class GapList(QListView):
    """The list of gaps.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    """

    taken = Signal(object, object)
    """A `TodayGap` and the `Candidate` to put there."""
    opened = Signal(object)
    """A `TodayGap` to look at on the roster."""
    scrolled = Signal()
    """Other rows came into sight."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model_ = GapModel(self)
        self._painter = GapDelegate(theme, self.model_)
        self.setObjectName("today_gaps")
        self.setModel(self.model_)
        self.setItemDelegate(self._painter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.scrolled.emit())
        self.doubleClicked.connect(lambda index: self.opened.emit(self.model_.gaps[index.row()]))
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        self.setAccessibleName(tr("缺口与补位"))
        self.viewport().update()

    def selected(self) -> TodayGap | None:
        """Return the gap that is selected."""
        row = self.currentIndex().row()
        return self.model_.gaps[row] if 0 <= row < len(self.model_.gaps) else None

    def in_sight(self) -> list[TodayGap]:
        """Return the gaps in sight, from above."""
        if not self.model_.gaps:
            return []
        first = self.indexAt(QPoint(4, 4)).row()
        step = self._theme.px(CARD + BETWEEN)
        count = self.viewport().height() // step + 2
        return list(self.model_.gaps[max(0, first) : max(0, first) + count])

    def take_selected(self) -> bool:
        """Take the best candidate for the selected gap, or for the first; say whether there was one."""
        gap = self.selected() or (self.model_.gaps[0] if self.model_.gaps else None)
        best = None if gap is None else self.model_.best(gap)
        if best is None:
            return False
        self.taken.emit(gap, best)
        return True

    def fill_rect(self, row: int) -> QRect:
        """Return where a row's button is that takes the best candidate."""
        return self._painter.fill_rect(self._card(row))

    def more_rect(self, row: int) -> QRect:
        """Return where a row's button is that shows the other candidates."""
        return self._painter.more_rect(self._card(row))

    def show_candidates(self, row: int) -> QMenu | None:
        """Show who else could fill a gap, and the way to the roster."""
        gap = self.model_.gaps[row]
        found = self.model_.found(gap)
        if found is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for number, candidate in enumerate(found.ranked, start=1):
            facts = " · ".join(say(chip.text) for chip in candidate.chips)
            action = menu.addAction(f"{number}  {candidate.name}  {candidate.squad}  {facts}")
            action.setToolTip("\n".join(say(reason) for reason in candidate.reasons))
            action.triggered.connect(lambda _on=False, one=candidate: self.taken.emit(gap, one))
        if found.ranked:
            menu.addSeparator()
        look = menu.addAction(self._theme.icon("calendar-days"), tr("在排班表打开，看谁被挡住"))
        look.triggered.connect(lambda: self.opened.emit(gap))
        menu.popup(self.viewport().mapToGlobal(self.more_rect(row).bottomLeft()))
        return menu

    def _card(self, row: int) -> QRect:
        rect = self.visualRect(self.model_.index(row))
        return QRect(rect.left(), rect.top(), rect.width(), self._theme.px(CARD))

    def _hit(self, point: QPoint) -> tuple[int, str]:
        row = self.indexAt(point).row()
        if row < 0:
            return -1, ""
        gap = self.model_.gaps[row]
        if self.model_.best(gap) is not None and self.fill_rect(row).contains(point):
            return row, "fill"
        if self.model_.found(gap) is not None and self.more_rect(row).contains(point):
            return row, "more"
        return row, ""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        _, part = self._hit(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if part else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row, part = self._hit(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not part:
            return
        if part == "more":
            self.show_candidates(row)
        else:
            gap = self.model_.gaps[row]
            self.taken.emit(gap, self.model_.best(gap))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if plain and row >= 0 and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.show_candidates(row)
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
