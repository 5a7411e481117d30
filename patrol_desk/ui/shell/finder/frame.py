"""The surface of find-anything: line above, hits and preview, hints below."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListView, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.shell.finder.preview_pane import PreviewPane
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Kbd, Label
from patrol_desk.ui.widgets.painting import box
from patrol_desk.ui.widgets.sections import line

HEAD = 54
FOOT = 36
PREVIEW = 308


class _Inside(QWidget):
    """What covers all but the rounded corners: opaque, so that typing repaints nothing behind it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("raised"))
        painter.end()


class FinderFrame(QWidget):
    """The surface.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    hits
        The list of hits.
    """

    def __init__(self, theme: Theme, hits: QListView, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told: tuple[str, int, int, bool] = ("", 0, 0, False)
        self.field = QLineEdit()
        self.field.setObjectName("finder_field")
        self.field.setFrame(False)
        self.field.setStyleSheet("QLineEdit, QLineEdit:focus { border: none; background: transparent; padding: 0; }")
        self.preview = PreviewPane(theme)
        self._icon = QLabel()
        self._count = Label("muted")
        self._count.setObjectName("finder_count")
        self._empty = Label("secondary", wrap=True)
        self._empty.setObjectName("finder_empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hints: list[tuple[Kbd, Label]] = []
        self._inside = _Inside(theme, self)
        self._results = QWidget(self._inside)
        self._left = QStackedLayout(self._results)
        self._left.addWidget(hits)
        self._left.addWidget(self._empty)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def tell(self, typed: str, total: int, spent: int, *, building: bool) -> None:
        """Say how many were found and how long that took, or why nothing was.

        Parameters
        ----------
        typed
            What was typed.
        total
            Hits.
        spent
            Milliseconds.
        building
            The index is not ready yet.
        """
        self._told = (typed, total, spent, building)
        self._say()

    def retranslate(self) -> None:
        """Set the words anew."""
        self.field.setPlaceholderText(tr("查人员、点位、小组、命令：汉字、拼音、首字母、编号、手机尾号"))
        self.field.setAccessibleName(tr("查找"))
        words = (tr("选择"), tr("打开"), tr("动作"), tr("只找人"), tr("只找点位"), tr("只找命令"), tr("尾号"))
        for (_, label), text in zip(self._hints, words, strict=True):
            label.setText(text)
        self._say()

    def _say(self) -> None:
        typed, total, spent, building = self._told
        query = typed.strip()
        self._count.setText(tr("{count} 项 · {ms} ms", count=total, ms=spent) if query else "")
        self._left.setCurrentIndex(0 if total else 1)
        if building:
            self._empty.setText(tr("正在读取…"))
        elif query:
            self._empty.setText(tr("没有找到“{typed}”。试试姓名、拼音首字母或尾号。", typed=query))
        else:
            self._empty.setText(tr("输入就开始找。@ 只找人，# 只找点位，> 列出命令。"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._icon)
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        head.addWidget(Kbd("Esc"))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._results, 1)
        middle.addWidget(self.preview)
        foot = QHBoxLayout()
        for number, keys in enumerate(("↑↓", "Enter", "Tab", "@", "#", ">", "0–9")):
            if number == 3:
                foot.addStretch(1)
            pair = (Kbd(keys), Label("muted"))
            self._hints.append(pair)
            foot.addWidget(pair[0])
            foot.addWidget(pair[1])
            foot.addSpacing(8)
        self._rows = (head, foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2, 2, 2, 2)
        whole.addWidget(self._inside)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line(self._theme))
        column.addLayout(middle, 1)
        column.addWidget(line(self._theme))
        column.addLayout(foot)

    def _restyle(self) -> None:
        px = self._theme.px
        head, foot = self._rows
        head.setContentsMargins(px(16), px(8), px(16), px(8))
        head.setSpacing(px(12))
        foot.setContentsMargins(px(16), px(6), px(16), px(6))
        foot.setSpacing(px(6))
        self._icon.setPixmap(self._theme.pixmap("search", "accentText", 18))
        self._icon.setFixedHeight(px(HEAD - 16))
        self.field.setFont(self._theme.font("kpi", bold=False))
        self.preview.setFixedWidth(px(PREVIEW))
        for cap, _ in self._hints:
            cap.setFixedHeight(px(FOOT - 16))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        box(painter, self.rect(), theme.color("raised"), theme.color("line2"), 6)
        painter.end()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
