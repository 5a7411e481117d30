"""One person beside the list: head, tabs, and a foot that says what is not saved."""

from datetime import date
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import PersonStatus
from patrol_desk.services.people import Choices, PersonDetail
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.basics import BasicsTab
from patrol_desk.ui.pages.people.belonging import BelongingTab
from patrol_desk.ui.pages.people.head import PersonHead
from patrol_desk.ui.pages.people.records import ProofsTab, ServiceTab, expiring
from patrol_desk.ui.pages.people.tabs import Tabs
from patrol_desk.ui.pages.people.times import TimesTab
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label

Mode = Literal["none", "person", "new"]


class PersonPanel(QFrame):
    """Shows and edits one person, or makes a new one.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    editable
        Whether the actor may change people.

    Attributes
    ----------
    save_wanted, discard_wanted
        Sent by the foot's buttons.
    edited
        Sent with the key of a field when something was changed; "" for cells.
    """

    save_wanted = Signal()
    discard_wanted = Signal()
    edited = Signal(str)

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._theme = theme
        self._editable = editable
        self.mode: Mode = "none"
        self.detail: PersonDetail | None = None
        self.head = PersonHead(theme)
        self.tabs = Tabs(theme)
        self.tabs.setObjectName("person_tabs")
        self.basics = BasicsTab(theme)
        self.proofs, self.times, self.service = ProofsTab(theme), TimesTab(theme), ServiceTab(theme)
        self.belonging = BelongingTab(theme)
        self._pages = {
            "basics": self.basics, "proofs": self.proofs, "times": self.times, "service": self.service,
            "belonging": self.belonging,
        }  # fmt: skip
        self._stack = QStackedWidget()
        self._save = Button(theme, "save", "primary", "Ctrl+S")
        self._save.setObjectName("person_save")
        self._discard = Button(theme)
        self._discard.setObjectName("person_discard")
        self._unsaved = Label("warn")
        self._unsaved.setObjectName("person_unsaved")
        self._today = date.min
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        for page in self._pages.values():
            self._stack.addWidget(_scrolled(page))
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self._save)
        row.addWidget(self._discard)
        row.addStretch(1)
        row.addWidget(self._unsaved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        foot.setVisible(self._editable)

    def _connect(self) -> None:
        self.tabs.changed.connect(self._show_tab)
        self.basics.changed.connect(self._edited)
        self.times.changed.connect(lambda: self._edited(""))
        self._save.clicked.connect(self.save_wanted)
        self._discard.clicked.connect(self.discard_wanted)

    # Showing

    def set_choices(self, choices: Choices) -> None:
        """Offer the township's records in the form."""
        self._today = choices.today
        self.basics.set_choices(choices)

    def show_person(self, detail: PersonDetail) -> None:
        """Show a stored person; whatever was not saved is gone."""
        self.mode, self.detail = "person", detail
        self.head.show_person(detail)
        self.head.set_editable(self._editable)
        self.basics.show_person(detail)
        self.basics.setEnabled(self._editable)
        editable = self._editable and not is_retired(detail)
        self.proofs.show_person(detail, self._today, editable=editable)
        self.times.show_person(detail, self._today, editable=editable)
        self.service.show_person(detail)
        self.belonging.show_person(detail, self._today)
        self._name_tabs()
        self._tell()

    def show_nobody(self) -> None:
        """Forget the person in view."""
        self.mode, self.detail = "none", None

    def show_new(self, code: str) -> None:
        """Ask for a new person."""
        self.mode, self.detail = "new", None
        self.head.show_person(None)
        self.basics.setEnabled(True)
        self.basics.show_new(code)
        self._name_tabs()
        self.tabs.choose("basics")
        self._show_tab("basics")
        self.basics.focus_on("name")
        self._tell()

    def discard(self) -> None:
        """Go back to what is stored."""
        if self.detail is not None:
            self.show_person(self.detail)
        elif self.mode == "new":
            self.show_new("")

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self._pages).index(key))

    def _name_tabs(self) -> None:
        names = [("basics", tr("基本信息"), 0)]
        if self.mode != "new":
            count = expiring(self.detail, self._today) if self.detail is not None else 0
            names += [("proofs", tr("资质培训"), count), ("times", tr("可执勤时间"), 0), ("service", tr("执勤记录"), 0)]
            names.append(("belonging", tr("归属"), 0))
        self.tabs.set_tabs(names)

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._save.setText(tr("保存"))
        self._discard.setText(tr("撤销改动"))
        self._name_tabs()
        self._tell()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # What is not saved

    def unsaved(self) -> int:
        """Return how many fields and cells are not saved; of a new person whatever was typed counts."""
        if self.mode == "none":
            return 0
        cells = len(self.times.cells()) + len(self.times.texts()) if self.mode == "person" else 0
        typed = set(self.basics.texts()) - ({"code"} if self.mode == "new" else set())
        return len(typed) + cells

    def _edited(self, key: str) -> None:
        self._tell()
        self.edited.emit(key)

    def _tell(self) -> None:
        count = self.unsaved()
        only_cells = self.mode == "person" and count == len(self.times.cells())
        words = tr("{count} 格未保存", count=count) if only_cells else tr("{count} 处未保存", count=count)
        self._unsaved.setText(words if count else "")
        self._save.setEnabled(bool(count))
        self._discard.setEnabled(bool(count))


def is_retired(detail: PersonDetail) -> bool:
    """Say whether a person is inactive."""
    return detail.ended_on is not None or detail.fields["status"] == PersonStatus.INACTIVE


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
