"""How somebody came into their statuses: one entry below the other along a line, the latest first."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.people import StatusLine
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import full_moment_text
from patrol_desk.ui.pages.people.words import STATUSES
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.layouts import clear

ORIGINS: Final[Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "import": lambda: tr("导入"),
        "person.bulk": lambda: tr("批量修改"),
        "person.merge": lambda: tr("合并"),
        "squad.enrol": lambda: tr("整建制加入"),
        "undo.import": lambda: tr("撤销导入"),
    }
)
"""What was done there, where it was more than a change of one person."""


class Timeline(QWidget):
    """The entries, each with the status, its first day, why, and who noted it when.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("status_timeline")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_entries(self, entries: Sequence[StatusLine]) -> None:
        """Show these entries, the latest first."""
        clear(self._column)
        told = []
        for place, entry in enumerate(entries):
            texts = _texts(entry)
            self._column.addWidget(self._entry(texts, now=place == 0, last=place == len(entries) - 1))
            told.append(" ".join(text for text in texts if text))
        self.setAccessibleName(tr("状态经过"))
        self.setAccessibleDescription("\n".join(told))

    def _entry(self, texts: tuple[str, str, str, str], *, now: bool, last: bool) -> QWidget:
        status, since, reason, noted = texts
        holder, words, head = QWidget(), QVBoxLayout(), QHBoxLayout()
        head.addWidget(Label("strong" if now else "body", status))
        head.addStretch(1)
        head.addWidget(Label("secondary", since))
        words.setContentsMargins(0, 0, 0, self._theme.px(10))
        words.setSpacing(self._theme.px(2))
        words.addLayout(head)
        if reason:
            words.addWidget(Label("secondary", reason, wrap=True))
        words.addWidget(Label("muted", noted, wrap=True))
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addWidget(_Rail(self._theme, now=now, last=last))
        row.addLayout(words, 1)
        return holder


class _Rail(QWidget):
    """The dot of an entry, filled where the status holds, and the line to the one before."""

    def __init__(self, theme: Theme, *, now: bool, last: bool) -> None:
        super().__init__()
        self._theme, self._now, self._last = theme, now, last
        self.setFixedWidth(theme.px(14))
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(14), self._theme.px(20))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre, radius = QPointF(px(7), px(10)), px(4)
        if not self._last:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(centre.x(), centre.y() + radius + 2), QPointF(centre.x(), self.height()))
        colour = theme.color("accentText" if self._now else "text3")
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if self._now else theme.color("surface"))
        painter.drawEllipse(centre, radius, radius)
        painter.end()


def _texts(entry: StatusLine) -> tuple[str, str, str, str]:
    """Return status, since when, why, and who noted it when."""
    since = tr("{day} 起", day=entry.on_date)
    at = full_moment_text(entry.at)
    noted = tr("{by} 登记于 {at}", by=entry.by, at=at) if entry.by else tr("登记于 {at}", at=at)
    if entry.origin in ORIGINS:
        noted = tr("{noted} · {origin}", noted=noted, origin=ORIGINS[entry.origin]())
    return STATUSES[entry.status](), since, entry.reason, noted
