"""Where everybody has gone: a bar for those whom each rule leaves, a dashed line at the need."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.planning.doctor.words import kind_text, left_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import GapGroup

ROW: Final = (26, 22)
"""Height of a step, and when compact."""
BAR: Final = 14
MOST_NEEDS: Final = 4
"""The bars' room is at most so many times the need: among thousands of people it could not be seen otherwise."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: what those who are left have in common, how many they are and were, and who has gone."""

    name: str
    left: int
    before: int
    gone: str = ""


def steps_of(group: "GapGroup") -> tuple[Step, ...]:
    """Return the bars of a gap: everybody, then rule by rule."""
    all_of = tr("全镇有“{kind}”", kind=kind_text(group)) if group.capability else tr("全镇人员")
    rules = [Step(left_text(step.rule), step.left, step.left + step.kept, say(step.message)) for step in group.funnel]
    return (Step(all_of, group.pool, group.pool), *rules)


class Funnel(QWidget):
    """Paints the bars.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self._need = 0
        self.setObjectName("doctor_funnel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_group(self, group: "GapGroup") -> None:
        """Show where the people of a gap have gone."""
        self._steps, self._need = steps_of(group), group.needed
        spoken = [f"{step.name} {step.left:,} {step.gone}".strip() for step in self._steps]
        self.setAccessibleName("; ".join([*spoken, tr("需要 {count}", count=self._need)]))
        self._restyle()

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown."""
        return self._steps

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _row(self) -> int:
        return self._theme.px(ROW[self._theme.compact])

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(420), self._row() * len(self._steps) + self._theme.px(4))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px, row = self._theme, self._theme.px, self._row()
        painter = QPainter(self)
        names = px(112 if theme.compact else 124)
        notes = min(px(250), self.width() * 2 // 5)
        room = QRect(names, 0, max(self.width() - names - notes - px(58), px(40)), row)
        most = min(max((step.before for step in self._steps), default=1), MOST_NEEDS * self._need) or 1
        for place, step in enumerate(self._steps):
            bar = room.translated(0, place * row)
            self._paint_step(painter, bar, step, most, last=place == len(self._steps) - 1)
        need = room.x() + round(room.width() * min(self._need / most, 1.0))
        painter.setPen(QPen(theme.color("red"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(need, 0, need, row * len(self._steps))
        painter.end()

    def _paint_step(self, painter: QPainter, room: QRect, step: Step, most: int, *, last: bool) -> None:
        theme, px = self._theme, self._theme.px
        body, small = theme.font("body"), theme.font("secondary")
        painter.setFont(body)
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        name = QFontMetrics(body).elidedText(step.name, elide, room.x() - px(8))
        painter.drawText(QRect(0, room.y(), room.x(), room.height()), _LEFT, name)
        height = px(BAR)
        wide = [round(room.width() * min(count / most, 1.0)) for count in (step.before, step.left)]
        whole = QRect(room.x(), room.center().y() - height // 2, wide[0], height)
        there = QRect(whole.x(), whole.y(), max(wide[1], 2 if step.left else 0), height)
        if step.before > step.left:
            gone = QRect(there.right() + 1, whole.y(), max(whole.width() - there.width(), 2), height)
            box(painter, gone, None, theme.color("line2"), 0)
            painter.fillRect(gone.adjusted(1, 1, -1, -1), QBrush(theme.color("line2"), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(there, theme.color("accent" if last else "accentLine"))
        if step.before > most:
            # Longer than the room: broken, as on paper.
            painter.fillRect(whole.right() - px(9), whole.y(), px(5), height, theme.color("surface"))
        bold = theme.font("body", bold=True)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        count = QRect(room.right() + px(4), room.y(), px(50), room.height())
        painter.drawText(count, _RIGHT, f"{step.left:,}")
        painter.setFont(small)
        painter.setPen(theme.color("text2"))
        left = count.right() + px(10)
        note = QFontMetrics(small).elidedText(step.gone, elide, self.width() - left)
        painter.drawText(QRect(left, room.y(), self.width() - left, room.height()), _LEFT, note)
