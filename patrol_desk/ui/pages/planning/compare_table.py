"""A candidate's figures beside the draft's, and whether each became better."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.numbers import percent
from patrol_desk.ui.pages.planning.texts import distance, signed
from patrol_desk.ui.theme import Theme

if TYPE_CHECKING:
    from patrol_desk.services.planning.live_figures import Standing

SHARES = (0.35, 0.56, 0.79, 1.0)
"""Right edges of the columns."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: its name, both values, the change, and the colour of the change."""

    name: str
    draft: str
    candidate: str
    change: str = ""
    tone: str = "text3"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A figure: its name, its value, how it is written, and whether more of it is better."""

    name: str
    value: Callable[["Standing"], float]
    text: Callable[["Standing"], str]
    digits: int = 0
    better: int = 1


def _kinds() -> tuple[_Kind, ...]:
    return (
        _Kind(tr("覆盖率"), lambda plan: plan.coverage * 100, lambda plan: f"{percent(plan.coverage)}%", 1),
        _Kind(tr("最低缺口"), lambda plan: plan.short, lambda plan: str(plan.short), 0, -1),
        _Kind(tr("低于期望（格）"), lambda plan: plan.below_desired, lambda plan: str(plan.below_desired), 0, -1),
        _Kind(tr("公平度"), lambda plan: plan.fairness, lambda plan: f"{plan.fairness:.2f}", 2),
        _Kind(
            tr("平均距离"),
            lambda plan: (plan.mean_distance_m or 0) / 1000,
            lambda plan: distance(plan.mean_distance_m),
            1,
            -1,
        ),
        _Kind(tr("最多班次"), lambda plan: plan.most_duties, lambda plan: str(plan.most_duties), 0, -1),
    )


def compare_figures(draft: "Standing | None", candidate: "Standing | None") -> tuple[Figure, ...]:
    """Return the lines of the table; a dash where there is no draft, or no candidate yet."""
    return tuple(_figure(kind, draft, candidate) for kind in _kinds())


def _figure(kind: _Kind, draft: "Standing | None", candidate: "Standing | None") -> Figure:
    old = "–" if draft is None else kind.text(draft)
    new = "–" if candidate is None else kind.text(candidate)
    if draft is None or candidate is None:
        return Figure(kind.name, old, new)
    change = round(kind.value(candidate), kind.digits) - round(kind.value(draft), kind.digits)
    tone = "text3" if not round(change, kind.digits) else "green" if change * kind.better > 0 else "amber"
    return Figure(kind.name, old, new, signed(change, kind.digits), tone)


class CompareTable(QWidget):
    """Paints the figures of draft and candidate.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heads: tuple[str, str] = ("", "")
        self._figures: tuple[Figure, ...] = ()
        self.setObjectName("plan_compare")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_figures(self, draft_name: str, candidate_name: str, figures: tuple[Figure, ...]) -> None:
        """Show these, under the two names."""
        self._heads, self._figures = (draft_name, candidate_name), figures
        spoken = [f"{figure.name} {figure.draft} → {figure.candidate} {figure.change}".strip() for figure in figures]
        self.setAccessibleName("; ".join(spoken))
        self._restyle()

    def figures(self) -> tuple[Figure, ...]:
        """Return what is shown."""
        return self._figures

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _row(self) -> int:
        return self._theme.px(24 if self._theme.compact else 27)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._row() * (len(self._figures) + 1))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, row = self._theme, self._row()
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), row, theme.color("sunken"))
        self._paint_row(painter, 0, (tr("指标|plan"), *self._heads, tr("变化|plan")), "text2", bold=False)
        for place, figure in enumerate(self._figures, 1):
            painter.fillRect(0, row * (place + 1) - 1, self.width(), 1, theme.color("line"))
            words = (figure.name, figure.draft, figure.candidate, figure.change)
            self._paint_row(painter, row * place, words, figure.tone, bold=True)
        painter.end()

    def _paint_row(self, painter: QPainter, y: int, words: tuple[str, str, str, str], tone: str, *, bold: bool) -> None:
        theme, left, row = self._theme, 0, self._row()
        for column, text in enumerate(words):
            right = round(self.width() * SHARES[column])
            font = theme.font("secondary", bold=bold and column == 2)
            painter.setFont(font)
            painter.setPen(theme.color(_ink(column, tone, bold=bold)))
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            room = QRect(left, y, right - left - (0 if column == 3 else theme.px(4)), row)
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
            left = right


def _ink(column: int, tone: str, *, bold: bool) -> str:
    if not bold:
        return "text2"
    return ("text", "text2", "text", tone)[column]
