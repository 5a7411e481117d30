"""The first step: which files; they may be dropped anywhere on the page."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.importing import import_tables
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label


class ChooseView(QWidget):
    """A place to drop files, and the buttons that ask for them.

    Parameters
    ----------
    theme
        Gives colours.

    Attributes
    ----------
    files_wanted, folder_wanted
        Sent when files or a folder are to be chosen.
    """

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._over = False
        self._mark = QLabel()
        self._title, self._about = Label("object"), Label("secondary", wrap=True)
        self._tables_title, self._tables = Label("strong"), Label("secondary", wrap=True)
        for label in (self._title, self._about, self._tables):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.files_button = Button(theme, "file-spreadsheet", "primary", keys="Ctrl+O")
        self.files_button.setObjectName("chooseFiles")
        self.files_button.clicked.connect(self.files_wanted)
        self.folder_button = Button(theme, "folder-open")
        self.folder_button.setObjectName("chooseFolder")
        self.folder_button.clicked.connect(self.folder_wanted)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.files_button)
        buttons.addWidget(self.folder_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(buttons)
        column.addStretch(1)
        column.addWidget(self._tables_title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._tables)
        column.addStretch(2)

    def set_over(self, over: bool) -> None:
        """Look ready to take what is dragged over the page."""
        self._over = over
        self.update()

    def _restyle(self) -> None:
        self._mark.setPixmap(self._theme.pixmap("folder-input", "text3", 32))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accentText" if self._over else "line2"
        painter.setPen(QPen(self._theme.color(token), 2 if self._over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(self._theme.color("accentSoft" if self._over else "sunken"))
        painter.drawRoundedRect(self.rect().adjusted(16, 16, -16, -16), 6, 6)
        painter.end()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._title.setText(tr("把文件拖到这里"))
        self._about.setText(
            tr("CSV、TXT 或 Excel（xlsx）；UTF-8 与 GBK 都认得。先看会怎样，确认以后才写入；整次导入可以撤销。")
        )
        self.files_button.setText(tr("选择文件…"))
        self.folder_button.setText(tr("选择文件夹…"))
        self._tables_title.setText(tr("能导入的表"))
        self._tables.setText(" · ".join(say(table.word) for table in import_tables()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
