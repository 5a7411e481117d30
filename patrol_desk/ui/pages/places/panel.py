"""What the details of a checkpoint and of a muster point have in common: head, tabs, form, foot, unsaved edits."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import ElidedLabel, Label


class RecordPanel(QFrame):
    """The detail of one record with edits that wait to be saved.

    Parameters
    ----------
    desk
        The open station.
    fields
        Of the tab of basics.
    columns
        How many fields stand side by side.

    Attributes
    ----------
    closed
        Sent when the panel should go.
    reload_wanted
        Sent when the record must be read anew.
    dirty_changed
        Sent when the number of unsaved edits may be another one.
    """

    closed = Signal()
    reload_wanted = Signal()
    dirty_changed = Signal()

    def __init__(self, desk: Desk, fields: Sequence[Field], *, columns: int = 1) -> None:
        super().__init__()
        self.desk = desk
        self.setProperty("panel", "surface")
        theme = desk.theme
        self.mark = QLabel()
        self.name, self.sub = ElidedLabel("object"), ElidedLabel("secondary")
        self.close_button = IconButton(theme, "x")
        self.close_button.setObjectName("close_detail")
        self.close_button.clicked.connect(self.closed)
        self.form = Form(theme, fields, columns=columns, label_width=84)
        self.form.setObjectName("basics")
        self.form.changed.connect(lambda _key: self.dirty_changed.emit())
        self.tabs = QTabBar()
        self.tabs.setObjectName("detail_tabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.stack = QStackedWidget()
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        # The bold word of the chosen tab is wider than it was.
        self.tabs.currentChanged.connect(lambda _place: self.tabs.updateGeometry())
        self.save_button = Button(theme, "save", "primary", "Ctrl+S")
        self.save_button.setObjectName("save")
        self.discard_button = Button(theme)
        self.discard_button.setObjectName("discard")
        self.unsaved = Label("warn")
        self.unsaved.setObjectName("unsaved_count")
        self.discard_button.clicked.connect(self.discard)
        self.save_button.clicked.connect(lambda: desk.tasks.start("save place", self.save(), owner=self))
        self.dirty_changed.connect(self.show_dirty)
        theme.changed.connect(self.restyle)

    # To be given by the two kinds of panel

    def record_id(self) -> str:
        """Return the record shown; empty for none."""
        return ""

    def title(self) -> str:
        """Return the record's name."""
        return ""

    def dirty(self) -> int:
        """Return how many edits are unsaved."""
        return len(self.form.dirty_keys())

    def dirty_text(self) -> str:
        """Return how many edits are unsaved, in words."""
        return tr("{count} 项未保存", count=len(self.form.dirty_keys()))

    async def write(self) -> None:
        """Write every edit."""

    def discard(self) -> None:
        """Forget every edit."""
        self.put_values(self.stored_values(), keep=False)
        self.dirty_changed.emit()

    def stored_values(self) -> Mapping[str, Any]:
        """Return the form's values as they are stored."""
        return {}

    # Edits

    def put_values(self, values: Mapping[str, Any], *, keep: bool) -> None:
        """Show what is stored; edits of the same record stay over it."""
        edits = {key: self.form.value(key) for key in self.form.dirty_keys()} if keep else {}
        self.form.set_values(dict(values))
        for key, value in edits.items():
            self.form.put(key, value)

    async def save(self) -> bool:
        """Write every edit and say whether all were written; refusals are told in words."""
        if not self.dirty():
            return True
        if self.form.dirty_keys() and self.form.errors():
            self.tabs.setCurrentIndex(self.basics_place())
            self.form.show_errors()
            return False
        try:
            await self.write()
        except (ConcurrentChangeError, InvalidDataError) as error:
            self.desk.tell(say(error.message), "warn")
            self.reload_wanted.emit()
            return False
        return True

    def home(self) -> QWidget:
        """Return what has the focus when nothing is unsaved any more."""
        return self.tabs

    def set_narrow(self, narrow: bool) -> None:
        """Make do with little width, or use it again."""

    def basics_place(self) -> int:
        """Return the place of the tab with the form."""
        return 1

    def show_dirty(self) -> None:
        """Show how many edits are unsaved."""
        count = self.dirty()
        if not count and (self.save_button.hasFocus() or self.discard_button.hasFocus()):
            # A button that goes out of use would hand the focus to whatever comes next, perhaps a field that
            # takes Ctrl+Z for its own.
            self.home().setFocus(Qt.FocusReason.OtherFocusReason)
        self.unsaved.setText(self.dirty_text() if count else "")
        self.save_button.setEnabled(count > 0)
        self.discard_button.setEnabled(count > 0)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.close_button.set_name(tr("收起详情"))
        self.tabs.setAccessibleName(tr("详情页签"))
        self.save_button.setText(tr("保存"))
        self.discard_button.setText(tr("撤销改动"))
        self.show_dirty()

    # Layout

    def form_tab(self) -> QWidget:
        """Return the scrolled tab with the form."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 12, 12)
        column.addWidget(self.form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        return scroll

    def head_row(self, named: Sequence[QWidget], *buttons: QWidget) -> QHBoxLayout:
        """Return the head: what names the record, details, buttons, close."""
        row = QHBoxLayout()
        row.setContentsMargins(16, 7, 8, 7)
        row.setSpacing(8)
        for widget in named:
            row.addWidget(widget)
        row.addWidget(self.sub, 1)
        for button in (*buttons, self.close_button):
            row.addWidget(button)
        return row

    def foot_frame(self, *right: QWidget) -> QFrame:
        """Return the foot: save, discard, what is unsaved, and what stands at the right."""
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(self.discard_button)
        row.addWidget(self.unsaved)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        return foot

    def restyle(self) -> None:
        """Paint what was painted once again, after a change of the look."""

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
