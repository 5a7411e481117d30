"""The head of a person's panel: who it is, and the number that shows for ten seconds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import PersonStatus
from patrol_desk.services.people import PersonDetail
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.words import ROLES, STATUSES, pause_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Label, SquadTick
from patrol_desk.ui.widgets.painting import box

_NAME: Final = 150
"""Room that a name has before all else, at 100 %."""
SHOWN_MS: Final = 10_000
"""How long a number stays in sight."""


class _Portrait(QWidget):
    """The first character of a name in a box."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._letter = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_name(self, name: str) -> None:
        """Show whose it is."""
        self._letter = name[:1].upper()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(40))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box(painter, self.rect(), self._theme.color("accentSoft"), None, 4)
        painter.setFont(self._theme.font("kpi"))
        painter.setPen(self._theme.color("accentText"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class _Code(ElidedLabel):
    """A code, of which the end tells more than the beginning where there is no room for all."""

    ELIDE = Qt.TextElideMode.ElideLeft


class PersonHead(QFrame):
    """Name, code, state, squad and number.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    reveal_wanted
        Sent when the whole number is asked for; `reveal` shows it.
    closed
        Sent when the panel is to be closed.
    chosen
        Sent with what was chosen from the menu.
    menu
        What else can be done with the person; filled by `offer` when it is about to show.
    """

    reveal_wanted = Signal()
    closed = Signal()
    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._theme = theme
        self._detail: PersonDetail | None = None
        self._portrait = _Portrait(theme)
        self._name = ElidedLabel("object")
        self._name.setObjectName("person_name")
        self._code = _Code("muted")
        self._state = Chip(theme)
        self._tick = SquadTick(theme, 0)
        self._group = ElidedLabel("secondary")
        self._phone = Label("secondary")
        self._phone.setObjectName("person_phone")
        self._reveal = Button(theme, kind="link", small=True)
        self._reveal.setObjectName("reveal_phone")
        self._reveal.clicked.connect(self.reveal_wanted)
        self.menu = QMenu(self)
        self._more = IconButton(theme, "ellipsis")
        self._more.setObjectName("person_more")
        self._more.clicked.connect(self._drop)
        self._close = IconButton(theme, "x")
        self._close.setObjectName("person_close")
        self._close.clicked.connect(self.closed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self._mask)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, widgets in (
            (first, (self._name, self._code, self._state)),
            (second, (self._tick, self._group, self._phone, self._reveal)),
        ):
            row.setSpacing(6)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        first.addWidget(self._more)
        first.addWidget(self._close)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(first)
        lines.addLayout(second)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 8, 10, 8)
        whole.setSpacing(10)
        whole.addWidget(self._portrait)
        whole.addLayout(lines, 1)

    def show_person(self, detail: PersonDetail | None) -> None:
        """Show somebody; None for a person who is being made."""
        same = detail is not None and self._detail is not None and detail.id == self._detail.id
        self._detail = detail
        if not same:
            self._timer.stop()
        self.retranslate()

    def reveal(self, number: str) -> None:
        """Show the whole number for ten seconds."""
        self._phone.setText(number)
        self._reveal.hide()
        self._timer.start()

    def offer(self, acts: Sequence[tuple[str, str, object]]) -> None:
        """Fill the menu: icon, words and what `chosen` then tells."""
        self.menu.clear()
        for icon, words, act in acts:
            action = self.menu.addAction(self._theme.icon(icon), words)
            action.triggered.connect(lambda _on=False, act=act: self.chosen.emit(act))

    def set_editable(self, editable: bool) -> None:
        """Offer what changes the person, or not."""
        self._more.setVisible(editable and self._detail is not None)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._more.set_name(tr("更多"))
        self._close.set_name(tr("关闭面板"), "Esc")
        self._reveal.setText(tr("显示号码"))
        detail = self._detail
        for widget in (self._code, self._state, self._tick, self._group, self._phone, self._more):
            widget.setVisible(detail is not None)
        if detail is None:
            self._portrait.show_name("+")
            self._name.setText(tr("新增人员"))
            self._name.setMinimumWidth(0)
            self._reveal.hide()
            return
        self._show_words(detail)
        if not self._timer.isActive():
            self._mask()

    def _show_words(self, detail: PersonDetail) -> None:
        name, status = detail.fields["name"], PersonStatus(detail.fields["status"])
        self._portrait.show_name(name)
        self._name.setText(name)
        self._name.ensurePolished()
        self._name.setMinimumWidth(0)
        # The code gives way before the name does.
        self._name.setMinimumWidth(min(self._name.sizeHint().width() + 2, self._theme.px(_NAME)))
        self._code.setText(detail.fields["code"])
        retired = detail.ended_on is not None or status is PersonStatus.INACTIVE
        self._state.set_text(STATUSES[PersonStatus.INACTIVE if retired else status]())
        self._state.set_tone("plain" if retired else "green" if status is PersonStatus.ACTIVE else "amber")
        if detail.paused is not None and not retired:
            first = detail.paused.from_on
            self._state.set_text(pause_text(first, detail.paused.until_on, first))
            self._state.set_tone("amber")
        self._tick.setVisible(detail.squad is not None)
        if detail.squad is not None:
            self._tick.set_colour(detail.squad.colour)
        words = [detail.squad.name if detail.squad else tr("未编组")]
        words += [ROLES[detail.role]()] if detail.role else []
        words += [detail.team] if detail.team else []
        self._group.setText("  ".join(words))

    def _mask(self) -> None:
        number = self._detail.fields["phone"] if self._detail is not None else ""
        self._phone.setText(number)
        self._reveal.setVisible(bool(number))

    def _drop(self) -> None:
        self.menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
