"""The section of handover notes: write, change, tick off."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.today import LONGEST, NoteRow
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import short_date
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section

DONE_SHOWN = 3
"""Notes ticked off that stay in sight."""


class NoteField(QLineEdit):
    """A line for a note: Enter sends it, Esc leaves it."""

    sent = Signal(str)
    left = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setMaxLength(LONGEST)
        self.setObjectName("today_note_field")
        self.returnPressed.connect(self._send)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words anew."""
        self.setPlaceholderText(tr("写给下一班，回车保存"))
        self.setAccessibleName(tr("交接班备注"))

    def _send(self) -> None:
        if self.text().strip():
            self.sent.emit(self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class NoteLine(QFrame):
    """One note."""

    ticked = Signal(bool)
    edit_asked = Signal()

    def __init__(self, theme: Theme, note: NoteRow, today: date) -> None:
        super().__init__()
        self.note = note
        self.box = QCheckBox()
        self.box.setChecked(note.done_at is not None)
        self.box.setAccessibleName(tr("办结：{text}", text=note.text))
        self.box.toggled.connect(self.ticked.emit)
        done = note.done_at is not None
        words = Label("muted" if done else "body", note.text, wrap=True)
        if done:
            font = words.font()
            font.setStrikeOut(True)
            words.setFont(font)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        column.addWidget(Label("muted", _by(note, today)))
        self._pen = IconButton(theme, "pencil", small=True)
        self._pen.setObjectName("today_note_edit")
        self._pen.set_name(tr("修改备注"))
        self._pen.clicked.connect(self.edit_asked.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        row.setSpacing(theme.px(8))
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        row.addWidget(self._pen, 0, Qt.AlignmentFlag.AlignTop)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit()


class NoteSection(Section):
    """What one shift leaves to the next.

    Parameters
    ----------
    theme
        Gives sizes.
    """

    added = Signal(str)
    edited = Signal(object, str)
    """A `NoteRow` and its new text."""
    ticked = Signal(object, bool)
    """A `NoteRow` and whether it is done."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._look = theme
        self._notes: tuple[NoteRow, ...] = ()
        self._today: date | None = None
        self._lines: list[NoteLine] = []
        self._field: NoteField | None = None
        self.setObjectName("today_notes")
        self._add = Button(theme, kind="link")
        self._add.setObjectName("today_note_add")
        self._add.clicked.connect(self.write)
        self.add_right(self._add)
        self._none = Label("muted")
        self.add(self._none)
        self.body.setSpacing(2)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_notes(self, notes: Sequence[NoteRow], now: datetime) -> None:
        """Show the notes: all open ones, and the last few ticked off."""
        done = [note for note in notes if note.done_at is not None][:DONE_SHOWN]
        self._notes = (*(note for note in notes if note.done_at is None), *done)
        self._today = now.date()
        self.retranslate()

    def write(self) -> None:
        """Open a line for a new note."""
        self._open(None)

    def retranslate(self) -> None:
        """Make the lines anew in the language and look in force; a note being written stays."""
        for line in self._lines:
            self.body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for note in self._notes:
            line = NoteLine(self._look, note, self._today or note.at.date())
            line.ticked.connect(lambda on, note=note: self.ticked.emit(note, on))
            line.edit_asked.connect(lambda note=note: self._open(note))
            self._lines.append(line)
            self.add(line)
        self.set_title(tr("交接班备注"))
        self._add.setText(tr("添加"))
        self._none.setText(tr("没有备注。"))
        self._none.setVisible(not self._notes and self._field is None)

    def _open(self, note: NoteRow | None) -> None:
        self._close()
        field = NoteField("" if note is None else note.text)
        place = 0 if note is None else self._place(note)
        self.body.insertWidget(place, field)
        self._field = field
        self._none.hide()
        field.sent.connect(lambda text: self._sent(note, text))
        field.left.connect(self._close)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, note: NoteRow) -> int:
        line = next((line for line in self._lines if line.note.id == note.id), None)
        return 0 if line is None else self.body.indexOf(line) + 1

    def _sent(self, note: NoteRow | None, text: str) -> None:
        self._close()
        if note is None:
            self.added.emit(text)
        elif text.strip() != note.text:
            self.edited.emit(note, text)

    def _close(self) -> None:
        if self._field is not None:
            self.body.removeWidget(self._field)
            self._field.hide()
            self._field.deleteLater()
            self._field = None
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)
            self._none.setVisible(not self._notes)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _by(note: NoteRow, today: date) -> str:
    """Return who wrote a note and when; of one ticked off, who did that."""
    who, when = (note.author, note.at) if note.done_at is None else (note.done_by, note.done_at)
    clock = f"{when:%H:%M}" if when.date() == today else f"{short_date(when.date())} {when:%H:%M}"
    return f"{who} · {clock}" if note.done_at is None else tr("{name} {time} 办结", name=who, time=clock)
