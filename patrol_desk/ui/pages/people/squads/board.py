"""Cards of people that are chosen by mouse and key, and dragged to a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.services.people.squads import GroupKind, MemberCard
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.card_paint import describe, paint_card, paint_vacancy
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.heard import Role

CARD: Final = 50
VACANCY: Final = 48
HEADING: Final = 30
GAP: Final = 6
WIDE: Final = 440
"""Width at 100 % from which cards stand in two columns."""
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Block:
    """A titled group of cards; `vacancies` are drawn after them, each with a suggestion."""

    title: str
    cards: tuple[MemberCard, ...]
    vacancies: tuple[tuple[str, str], ...] = ()


class Board(QWidget):
    """Cards in one or two columns under titles.

    Arrows move, Space chooses several, Enter opens; a press and a drag sends where the pointer is.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    kind
        Words of the roles.

    Attributes
    ----------
    opened
        Sent with the card to open.
    chosen_changed
        Sent when others are chosen.
    dragged, dropped
        Sent with the global position of a drag under way, and of its end.
    drag_cancelled
        Sent when Esc ends a drag.
    move_wanted
        Sent when M asks where to move those chosen.
    menu_wanted
        Sent with a global position.
    vacancy_chosen
        Sent when a vacancy is to be filled.
    """

    heard_as: ClassVar = Role.List

    opened = Signal(object)
    chosen_changed = Signal()
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    drag_cancelled = Signal()
    move_wanted = Signal()
    menu_wanted = Signal(QPoint)
    vacancy_chosen = Signal()

    def __init__(self, theme: Theme, kind: GroupKind = "squad", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind: GroupKind = kind
        self.today = date.min
        self._blocks: tuple[Block, ...] = ()
        self._places: list[tuple[QRect, MemberCard]] = []
        self._empty: list[tuple[QRect, tuple[str, str]]] = []
        self._titles: list[tuple[QRect, str]] = []
        self._chosen: set[str] = set()
        self._at = 0
        self._height = 1
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay_out)

    # Content

    def show_blocks(self, blocks: Sequence[Block], today: date) -> None:
        """Show these cards; who was chosen and is still there stays chosen."""
        held = self.current()
        self._blocks, self.today = tuple(blocks), today
        ids = [card.id for block in blocks for card in block.cards]
        self._chosen &= set(ids)
        self._at = ids.index(held.id) if held is not None and held.id in ids else 0
        self._lay_out()
        self._say()

    def cards(self) -> list[MemberCard]:
        """Return every card in order."""
        return [card for _, card in self._places]

    def current(self) -> MemberCard | None:
        """Return the card with the focus."""
        return self._places[self._at][1] if self._at < len(self._places) else None

    def chosen(self) -> list[MemberCard]:
        """Return those chosen, else the one with the focus."""
        found = [card for _, card in self._places if card.id in self._chosen]
        current = self.current()
        return found or ([current] if current is not None else [])

    def has_chosen(self) -> bool:
        """Say whether somebody is chosen, besides the card with the focus."""
        return bool(self._chosen)

    def rect_of(self, person_id: str) -> QRect:
        """Return where somebody's card is."""
        return next(rect for rect, card in self._places if card.id == person_id)

    def go_to(self, person_id: str) -> None:
        """Give somebody's card the focus."""
        ids = [card.id for _, card in self._places]
        if person_id in ids:
            self._at = ids.index(person_id)
            self._say()
            self.update()

    def let_go(self) -> None:
        """Choose nobody."""
        self._chosen.clear()
        self.chosen_changed.emit()
        self.update()

    def _lay_out(self) -> None:
        px = self._theme.px
        columns = 2 if self.width() >= px(WIDE) else 1
        gap = px(GAP)
        width = (self.width() - gap * (columns - 1)) // columns
        self._places, self._empty, self._titles = [], [], []
        y = 0
        for block in self._blocks:
            if block.title:
                self._titles.append((QRect(0, y, self.width(), px(HEADING)), block.title))
                y += px(HEADING)
            count = len(block.cards) + len(block.vacancies)
            for place in range(count):
                left = (place % columns) * (width + gap)
                rect = QRect(left, y + place // columns * (px(CARD) + gap), width, px(CARD))
                if place < len(block.cards):
                    self._places.append((rect, block.cards[place]))
                else:
                    self._empty.append((rect, block.vacancies[place - len(block.cards)]))
            y += -(-count // columns) * (px(CARD) + gap)
        self._height = y
        self.setFixedHeight(max(y, 1))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), max(1, self._height))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for rect, title in self._titles:
            painter.setFont(self._theme.font("body", bold=True))
            painter.setPen(self._theme.color("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, title)
        for place, (rect, card) in enumerate(self._places):
            if event.rect().intersects(rect):
                focus = self.hasFocus() and place == self._at
                lifted = self._dragging and card in self.chosen()
                look = (card.id in self._chosen, focus, lifted)
                paint_card(painter, self._theme, rect, card, self.kind, self.today, look)
        for rect, words in self._empty:
            paint_vacancy(painter, self._theme, rect, words)
        painter.end()

    # Mouse

    def _hit(self, point: QPoint) -> int:
        return next((place for place, (rect, _) in enumerate(self._places) if rect.contains(point)), -1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place = self._hit(point)
        if event.button() != Qt.MouseButton.LeftButton:
            if place >= 0:
                self._at = place
                self.update()
            return
        if place < 0:
            if any(rect.contains(point) for rect, _ in self._empty):
                self.vacancy_chosen.emit()
            return
        self._at = place
        card = self._places[place][1]
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._chosen ^= {card.id}
        elif card.id not in self._chosen:
            self._chosen = {card.id}
        self._pressed = point
        self._say()
        self.chosen_changed.emit()
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        point = event.position().toPoint()
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging or far:
            self._dragging = True
            self.update()
            self.dragged.emit(event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging = self._dragging
        self._pressed, self._dragging = None, False
        self.update()
        if dragging:
            self.dropped.emit(event.globalPosition().toPoint())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._hit(event.position().toPoint())
        if place >= 0:
            self.opened.emit(self._places[place][1])

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current() is not None:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            rect = self._places[self._at][0]
            self.menu_wanted.emit(self.mapToGlobal(rect.center()) if by_key else event.globalPos())

    # Keys

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._dragging:
            self._pressed, self._dragging = None, False
            self.drag_cancelled.emit()
            self.update()
        elif key == Qt.Key.Key_Escape and self._chosen:
            self.let_go()
        elif key in _STEPS or key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._step(key)
        elif not self._act(key):
            super().keyPressEvent(event)

    def _act(self, key: Qt.Key) -> bool:
        card = self.current()
        if card is None:
            return False
        if key == Qt.Key.Key_Space:
            self._chosen ^= {card.id}
            self.chosen_changed.emit()
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(card)
        elif key == Qt.Key.Key_M:
            self.move_wanted.emit()
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> None:
        count = len(self._places)
        if not count:
            return
        if key in _STEPS:
            self._at = min(max(self._at + _STEPS[key], 0), count - 1)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._at = 0 if key == Qt.Key.Key_Home else count - 1
        else:
            self._at = self._beside(down=key == Qt.Key.Key_Down)
        self._say()
        self.update()

    def _beside(self, *, down: bool) -> int:
        """Return the card below or above in the same column, else the one with the focus."""
        here = self._places[self._at][0]
        column = [
            (rect.y(), place)
            for place, (rect, _) in enumerate(self._places)
            if rect.x() == here.x() and (rect.y() > here.y() if down else rect.y() < here.y())
        ]
        return (min(column) if down else max(column))[1] if column else self._at

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._say()
            self.update()
        super().changeEvent(event)

    def _say(self) -> None:
        """Name the card with the focus for a screen reader."""
        card = self.current()
        self.setAccessibleName(tr("成员"))
        self.setAccessibleDescription(describe(card, self.kind, self.today) if card is not None else "")
