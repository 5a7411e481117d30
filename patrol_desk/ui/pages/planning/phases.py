"""The phases of a run side by side: done, going on, still to come."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.planning.session import Session, Stage
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.painting import box

OVER: Final = frozenset({Stage.ENDED, Stage.ACCEPTED})
ORDER: Final = ("read", "first", "cover", "prove", "improve", "done")


@dataclass(frozen=True, slots=True)
class PhaseState:
    """One phase: its name, ``done``, ``now`` or ``later``, and the line below."""

    name: str
    state: str
    note: str


def phase_name(phase: str) -> str:
    """Return a phase's name."""
    names = {
        "read": tr("读取数据"),
        "first": tr("初始方案"),
        "cover": tr("补齐缺员"),
        "prove": tr("证明上界"),
        "improve": tr("改进|phase"),
        "done": tr("生成候选"),
    }
    return names[phase]


def phases_of(session: Session) -> tuple[PhaseState, ...]:
    """Return where the run stands."""
    reached = 0 if session.stage is not Stage.IDLE else -1
    first = session.phase_began
    if session.point is not None:
        reached = ORDER.index(session.point.phase.value)
    if session.stage in OVER:
        reached = len(ORDER)
    return tuple(_phase(session, place, reached, first) for place in range(len(ORDER)))


def _phase(session: Session, place: int, reached: int, first: dict[str, float]) -> PhaseState:
    name = ORDER[place]
    if place > reached or (place == reached and reached == -1):
        return PhaseState(phase_name(name), "later", tr("等待|phase"))
    if place == reached:
        return PhaseState(phase_name(name), "now", tr("进行中|phase"))
    if name == "read":
        return PhaseState(phase_name(name), "done", f"{session.read_seconds:.1f} s")
    later = [first[other] for other in ORDER[place + 1 :] if other in first]
    if name not in first or not later:
        return PhaseState(phase_name(name), "done", "")
    return PhaseState(phase_name(name), "done", f"{max(0.0, min(later) - first[name]):.1f} s")


class PhaseStrip(QWidget):
    """Paints the phases.

    Parameters
    ----------
    theme
        Gives colours and fonts.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._phases: tuple[PhaseState, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._restyle)

    def show_phases(self, phases: tuple[PhaseState, ...]) -> None:
        """Show these."""
        if phases != self._phases:
            self._phases = phases
            self.setAccessibleName("; ".join(f"{phase.name} {phase.note}" for phase in phases))
            self.update()

    def phases(self) -> tuple[PhaseState, ...]:
        """Return what is shown."""
        return self._phases

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(40 if self._theme.compact else 46))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
        left = theme.px(12)
        for place, phase in enumerate(self._phases):
            x = left + (self.width() - left) * place // len(self._phases)
            end = left + (self.width() - left) * (place + 1) // len(self._phases)
            self._paint_phase(painter, QRect(x, 0, end - x, self.height()), phase)
        painter.end()

    def _paint_phase(self, painter: QPainter, rect: QRect, phase: PhaseState) -> None:
        theme, px = self._theme, self._theme.px
        side = px(18)
        mark = QRect(rect.x(), rect.center().y() - side // 2, side, side)
        self._paint_mark(painter, mark, phase.state)
        room = rect.adjusted(side + px(7), px(4), -px(4), -px(4))
        name, small = theme.font("secondary", bold=phase.state == "now"), theme.font("secondary")
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(name)
        painter.setPen(theme.color({"done": "text", "now": "accentText"}.get(phase.state, "text3")))
        text = QFontMetrics(name).elidedText(phase.name, elide, room.width())
        painter.drawText(room.adjusted(0, 0, 0, -room.height() // 2), Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(small)
        painter.setPen(theme.color("text3"))
        note = QFontMetrics(small).elidedText(phase.note, elide, room.width())
        painter.drawText(room.adjusted(0, room.height() // 2, 0, 0), Qt.AlignmentFlag.AlignVCenter, note)

    def _paint_mark(self, painter: QPainter, mark: QRect, state: str) -> None:
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state == "done":
            box(painter, mark, theme.color("greenSoft"), theme.color("greenLine"), mark.width() / 2)
            inset = (mark.width() - px(12)) // 2
            painter.drawPixmap(mark.x() + inset, mark.y() + inset, theme.pixmap("check", "green", 12))
        elif state == "now":
            box(painter, mark, theme.color("accentSoft"), theme.color("accentLine"), mark.width() / 2)
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawArc(QRectF(mark).adjusted(5, 5, -5, -5), 90 * 16, -270 * 16)
        else:
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(QRectF(mark).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()
