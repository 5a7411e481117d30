"""A grid of lines with all that stands around it: header, names, footer, legend, scroll bars."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.planning.board.squads import SquadWeek
from patrol_desk.ui.pages.roster.grid.corner import Corner
from patrol_desk.ui.pages.roster.grid.footer import CoverageFooter
from patrol_desk.ui.pages.roster.grid.header import DAY_LINE, SHIFT_LINE, ShiftHeader
from patrol_desk.ui.pages.roster.grid.line_model import Line
from patrol_desk.ui.pages.roster.grid.lined import LineGrid
from patrol_desk.ui.pages.roster.grid.strip import NameStrip
from patrol_desk.ui.pages.roster.grid.week_view import SharedBar
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.kpi import Kpi
from patrol_desk.ui.widgets.painting import key_cap, key_cap_size

NAMES = 216
NAMES_COMPACT = 168


@dataclass(frozen=True, slots=True)
class Sample:
    """One entry of a legend.

    Parameters
    ----------
    width
        Of what is painted, px at 100 %.
    draw
        Paints it.
    text
        What it means.
    """

    width: int
    draw: Callable[[QPainter, QRect], None]
    text: str


class SampleLegend(QWidget):
    """What the cells' looks mean, and the keys; what has no room is left out, keys first.

    Parameters
    ----------
    theme
        Gives the look.
    samples, keys
        Return both in the language in force.
    """

    def __init__(
        self, theme: Theme, samples: Callable[[], Sequence[Sample]], keys: Callable[[], Sequence[tuple[str, str]]]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._samples = samples
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setObjectName("line_legend")

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._theme.px(26 if self._theme.compact else 32))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        x, metrics = px(12), QFontMetrics(theme.font("secondary"))
        for sample in self._samples():
            end = x + px(sample.width) + px(5) + metrics.horizontalAdvance(sample.text)
            if end > self.width() - px(8):
                break
            mark = QRect(x, (self.height() - px(18)) // 2, px(sample.width), px(18))
            painter.save()
            sample.draw(painter, mark)
            painter.restore()
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text2"))
            painter.drawText(
                QRect(mark.right() + px(6), 0, end - x, self.height()), Qt.AlignmentFlag.AlignVCenter, sample.text
            )
            x = end + px(12)
        self._paint_keys(painter, x)
        painter.end()

    def _paint_keys(self, painter: QPainter, taken: int) -> None:
        theme, px = self._theme, self._theme.px
        micro, small = theme.font("micro"), theme.font("secondary")
        right = self.width() - px(12)
        for key, words in reversed(self._keys()):
            cap, text = key_cap_size(micro, key), QFontMetrics(small).horizontalAdvance(words)
            left = right - text - px(5) - cap.width()
            if left < taken:
                return
            key_cap(
                painter, micro, QRect(left, (self.height() - cap.height()) // 2, cap.width(), cap.height()), key,
                theme.color("text2"),
            )  # fmt: skip
            painter.setFont(small)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRect(right - text, 0, text + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            right = left - px(12)


class LineView(QWidget):
    """A week of lines; subclasses make the lines, the figures and the words.

    Parameters
    ----------
    grid
        The cells.
    unfolded
        Whether the squads are unfolded at first.
    """

    def __init__(self, grid: LineGrid, *, unfolded: bool) -> None:
        super().__init__()
        self.theme = grid.theme
        self.grid = grid
        self.week: SquadWeek | None = None
        self._unfolded = unfolded
        self._odd: set[str] = set()
        self.names = NameStrip(grid)
        self.header = ShiftHeader(grid)
        self.footer = CoverageFooter(grid)
        theme = self.theme
        self.head_corner = Corner(theme, lambda: theme.px(DAY_LINE) + theme.px(SHIFT_LINE), below=True)
        self.foot_corner = Corner(theme, lambda: theme.row("footer"), below=False)
        self.legend = SampleLegend(theme, self.samples, self.keys)
        self._upright = SharedBar(grid.verticalScrollBar(), Qt.Orientation.Vertical)
        self._level = SharedBar(grid.horizontalScrollBar(), Qt.Orientation.Horizontal)
        self._lay_out()
        grid.fold_asked.connect(self.toggle)
        grid.sized.connect(self._upright.refit)
        grid.sized.connect(self._level.refit)
        theme.changed.connect(self._fit)
        self._fit()
        self.setFocusProxy(grid)

    def _lay_out(self) -> None:
        table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 0)
        table.setSpacing(0)
        table.addWidget(self.head_corner, 0, 0)
        table.addWidget(self.header, 0, 1)
        table.addWidget(self.names, 1, 0)
        table.addWidget(self.grid, 1, 1)
        table.addWidget(self.foot_corner, 2, 0)
        table.addWidget(self.footer, 2, 1)
        table.addWidget(self._level, 3, 1)
        table.addWidget(self._upright, 1, 2)
        table.setColumnStretch(1, 1)
        table.setRowStretch(1, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(table, 1)
        self.column.addWidget(self.legend)

    def _fit(self) -> None:
        self.names.setFixedWidth(self.theme.px(NAMES_COMPACT if self.theme.compact else NAMES))
        for part in (self.header, self.footer, self.head_corner, self.foot_corner, self.legend):
            part.updateGeometry()
            part.update()

    @abstractmethod
    def lines(self) -> list[Line]:
        """Return the lines of the week as it is folded."""
        ...

    @abstractmethod
    def kpis(self) -> list[Kpi]:
        """Return the figures above the lines."""
        ...

    @abstractmethod
    def samples(self) -> Sequence[Sample]:
        """Return the legend."""
        ...

    @abstractmethod
    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the view and what they do."""
        ...

    @abstractmethod
    def say(self) -> None:
        """Set the words around the lines."""
        ...

    @abstractmethod
    def take(self, week: SquadWeek) -> None:
        """Keep what the lines are computed from."""
        ...

    def show_week(self, week: SquadWeek) -> None:
        """Show a week; the current cell and what is unfolded stay where the lines still are."""
        if self.week is week:
            return
        self.week = week
        self.take(week)
        self.relay()
        self.say()

    def relay(self) -> None:
        """Make the lines anew; the current cell stays."""
        week, here, value = self.week, self.grid.here(), self.grid.verticalScrollBar().value()
        if week is None:
            return
        self.grid.cells.set_lines(week.board, self.lines())
        if here is not None and here[1] < len(week.board.shifts):
            line, shift = here
            head = Line("squad", line.group, line.group)
            if self.grid.go_to(line, shift) or self.grid.go_to(head, shift):
                self.grid.verticalScrollBar().setValue(value)
            elif self.grid.cells.lines:
                lines = self.grid.cells.lines
                self.grid.go_to(next((one for one in lines if one.kind == "person"), lines[0]), shift)
        elif self.grid.cells.lines and week.board.shifts:
            first = next((n for n, ended in enumerate(week.board.past) if not ended), 0)
            self.grid.go_to(self.grid.cells.lines[0], first)

    def folded(self, group: int) -> bool:
        """Say whether a squad is folded."""
        return (self._name(group) in self._odd) == self._unfolded

    def _name(self, group: int) -> str:
        return "" if self.week is None else self.week.rows[group].name

    def toggle(self, group: int) -> None:
        """Fold a squad or unfold it."""
        self._odd ^= {self._name(group)}
        self.relay()

    def fold_all(self, folded: bool) -> None:
        """Fold or unfold every squad."""
        self._unfolded = not folded
        self._odd.clear()
        self.relay()

    def set_now(self, now: datetime) -> None:
        """Say which shift is under way."""
        self.header.set_now(now)

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.say()
        self.grid.forget()
        for part in (self.header, self.footer, self.legend, self.names):
            part.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
