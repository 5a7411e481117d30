"""Coverage or cost and its proven bound over the time of a run. Importing this module imports pyqtgraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme

TOP: Final = 100.0
LEAST_SPAN: Final = 4.0
"""Percent that the axis shows at least."""
MARKS: Final = 3
"""Events told along the curve."""
TICKS_X: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
TICKS_Y: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the curves: seconds, coverage in percent, cost in points (None before a plan), their bounds."""

    seconds: float
    coverage: float | None
    bound: float
    cost: float | None = None
    cost_bound: float = 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: when, at what coverage, in words."""

    seconds: float
    coverage: float
    text: str


class CoverageChart(QWidget):
    """Two step curves that close in on each other: the best coverage so far, and what no plan can pass.

    Parameters
    ----------
    theme
        Gives colours and fonts; the chart follows its changes.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._samples: list[Sample] = []
        self._now = 0.0
        self._limit: float | None = None
        self._draft: float | None = None
        self._cost = False
        self._marks: list[Mark] = []
        # No `PlotItem`: it makes menus and a panel of its own that nobody opens and that outlive the window.
        self._plot = pg.GraphicsView(self)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._axes = {"left": pg.AxisItem("left"), "bottom": pg.AxisItem("bottom")}
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        theme.changed.connect(self.restyle)
        self.restyle()

    def _build(self) -> None:
        layout = pg.GraphicsLayout()
        layout.setSpacing(0)
        layout.addItem(self._axes["left"], 0, 0)
        layout.addItem(self._box, 0, 1)
        layout.addItem(self._axes["bottom"], 1, 1)
        self._plot.setCentralItem(layout)
        for axis in self._axes.values():
            axis.linkToView(self._box)
            axis.setZValue(-1)
        self._bound = pg.PlotDataItem(antialias=True)
        self._best = pg.PlotDataItem(antialias=True)
        self._dots = pg.PlotDataItem(antialias=True, pen=None, symbol="o", symbolSize=6)
        self._under = pg.PlotDataItem()
        self._room = pg.FillBetweenItem(self._bound, self._under)
        self._draft_line = pg.InfiniteLine(0.0, 0)
        self._now_line = pg.InfiniteLine(0.0, 90)
        self._labels = {name: pg.TextItem(anchor=anchor) for name, anchor in _ANCHORS.items()}
        self._told = [pg.TextItem(anchor=(0.0, 0.0)) for _ in range(MARKS)]
        for told in self._told:
            self._box.addItem(told, ignoreBounds=True)
        for part in (self._room, self._draft_line, self._now_line, self._bound, self._under, self._best, self._dots):
            self._box.addItem(part, ignoreBounds=True)
        for label in self._labels.values():
            self._box.addItem(label, ignoreBounds=True)

    def set_frame(self, draft: float | None, limit: float | None) -> None:
        """Set what the curves are held against.

        Parameters
        ----------
        draft
            Coverage of the present draft in percent, a dotted line; None for none.
        limit
            Seconds the run may take; None: the axis grows.
        """
        self._draft, self._limit = draft, limit

    def show_samples(self, samples: Sequence[Sample], now: float) -> None:
        """Show the curves up to a moment."""
        self._samples = list(samples)
        self._now = now
        self.refresh()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Set what is told along the curve of coverage; at most `MARKS` of them, the first ones."""
        self._marks = list(marks[:MARKS])

    def show_cost(self, cost: bool) -> None:
        """Show the cost and its bound in place of coverage, or coverage again."""
        self._cost = cost
        self.refresh()

    def marks(self) -> Sequence[Mark]:
        """Return what is told along the curve."""
        return self._marks

    def curve_shown(self) -> tuple[Sequence[float], Sequence[float]]:
        """Return seconds and values of the best plan's curve as it is drawn."""
        return _steps(self._curves()[0], max(self._now, 0.001))

    def bound_shown(self) -> tuple[Sequence[float], Sequence[float]]:
        """Return seconds and values of the bound's curve as it is drawn."""
        return _steps(self._curves()[1], max(self._now, 0.001))

    def samples(self) -> Sequence[Sample]:
        """Return what is shown."""
        return self._samples

    def restyle(self) -> None:
        """Take colours and fonts anew from the theme."""
        color = self._theme.color
        self._plot.setBackground(color("surface"))
        for axis in self._axes.values():
            axis.setPen(color("line2"))
            axis.setTextPen(color("text2"))
            axis.setTickFont(self._theme.font("micro"))
            axis.setStyle(tickLength=0, tickTextOffset=self._theme.px(6), autoExpandTextSpace=False)
        self._axes["bottom"].setHeight(self._theme.px(24))
        self._axes["left"].setGrid(60)
        self._bound.setPen(pg.mkPen(color("text"), width=1.8, style=Qt.PenStyle.DashLine))
        self._best.setPen(pg.mkPen(color("accentText"), width=2.0))
        self._dots.setSymbolBrush(color("surface"))
        self._dots.setSymbolPen(pg.mkPen(color("accentText"), width=1.5))
        self._under.setPen(pg.mkPen(QColor(0, 0, 0, 0)))
        self._room.setBrush(color("accentSoft"))
        self._draft_line.setPen(pg.mkPen(color("text3"), style=Qt.PenStyle.DotLine))
        self._now_line.setPen(pg.mkPen(color("accentText")))
        for name, label in self._labels.items():
            label.setFont(self._theme.font("secondary", bold=name in {"best", "bound"}))
            label.setColor(color(_INKS[name]))
            # The draft's words may stand where the bound falls: they hide it behind themselves.
            fills = {"now": QBrush(color("accent")), "draft": QBrush(color("surface"))}
            label.fill = fills.get(name, QBrush(Qt.BrushStyle.NoBrush))
        for told in self._told:
            told.setFont(self._theme.font("micro"))
            told.setColor(color("text2"))
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew: after a point, and in another language."""
        last = max(self._now, 0.001)
        best, limits = self._curves()
        bound, covered = _steps(limits, last), _steps(best, last)
        self._bound.setData(*bound)
        self._under.setData(*(covered if covered[0] else ([], [])))
        self._best.setData(*covered)
        self._dots.setData(*_corners(best))
        self._axes["left"].setWidth(self._theme.px(84 if self._cost else 44))
        right = max(self._limit or 0.0, last * 1.12, 10.0)
        if self._cost:
            self._show_cost_range(right, covered[1], bound[1])
        else:
            self._show_range(right, covered[1])
        self._show_time(right)
        self._show_labels(last, covered[1], bound[1])
        self._show_told()

    def _curves(self) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
        """Return the points of the best plan's curve and of the bound's."""
        if self._cost:
            best = [(sample.seconds, sample.cost) for sample in self._samples if sample.cost is not None]
            return best, [(sample.seconds, sample.cost_bound) for sample in self._samples if sample.cost_bound > 0]
        covered = [(sample.seconds, sample.coverage) for sample in self._samples if sample.coverage is not None]
        return covered, [(sample.seconds, sample.bound) for sample in self._samples]

    def _show_cost_range(self, right: float, costs: Sequence[float], bounds: Sequence[float]) -> None:
        """Show from the bound to somewhat above the best cost: the first plans may lie far above."""
        now = costs[-1] if costs else 1.0
        low = max(bounds, default=now)
        high = min(max(costs, default=now), now + 3 * max(now - low, now * 0.01))
        span = max(high - low, 1.0) * 1.25
        power = 10.0 ** floor(log10(span / 4))
        step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= 5)
        bottom = max(0.0, floor((low - span * 0.1) / step) * step)
        top = ceil((high + span * 0.1) / step) * step
        self._box.setRange(xRange=(0.0, right), yRange=(bottom, top), padding=0)
        count = round((top - bottom) / step)
        self._axes["left"].setTicks([[(bottom + n * step, f"{bottom + n * step:,.0f}") for n in range(count + 1)]])

    def _show_told(self) -> None:
        shown = [] if self._cost else self._marks
        for place, item in enumerate(self._told):
            mark = shown[place] if place < len(shown) else None
            _put(item, "" if mark is None else mark.text, 0.0 if mark is None else mark.seconds,
                 0.0 if mark is None else mark.coverage)  # fmt: skip

    def _show_range(self, right: float, covered: Sequence[float]) -> None:
        lowest = min([*covered, self._draft if self._draft is not None else TOP])
        if not covered and self._draft is None:
            lowest = TOP - 10.0
        span = max(TOP - lowest, LEAST_SPAN) * 1.12
        step = next((tick for tick in TICKS_Y if span / tick <= 7), TICKS_Y[-1])
        bottom = max(0.0, floor((TOP - span) / step) * step)
        self._box.setRange(xRange=(0.0, right), yRange=(bottom, TOP + (TOP - bottom) * 0.06), padding=0)
        count = round((TOP - bottom) / step)
        self._axes["left"].setTicks([[(bottom + n * step, f"{bottom + n * step:g}%") for n in range(count + 1)]])

    def _show_time(self, right: float) -> None:
        pace = next((tick for tick in TICKS_X if right / tick <= 8), TICKS_X[-1])
        self._axes["bottom"].setTicks([[(n * pace, clock(n * pace)) for n in range(int(right / pace) + 1)]])

    def _show_labels(self, last: float, covered: Sequence[float], bound: Sequence[float]) -> None:
        (left, right), (bottom, _top) = self._box.viewRange()
        gap = (right - left) * 0.012
        running = bool(self._samples)
        flip = last > (left + right) / 2
        for name in ("best", "bound"):
            above = _ANCHORS[name][1]
            self._labels[name].setAnchor((1.0 if flip else 0.0, 1.0 - above if self._cost else above))
        place = last - gap if flip else last + gap
        best, limit = self._words(covered, bound)
        _put(self._labels["best"], best, place, covered[-1] if covered else 0.0)
        _put(self._labels["bound"], limit, place, bound[-1] if bound else 0.0)
        self._now_line.setVisible(running)
        self._now_line.setValue(last)
        _put(self._labels["now"], clock(last) if running else "", last, bottom)
        self._draft_line.setVisible(self._draft is not None and not self._cost)
        if self._draft is not None and not self._cost:
            self._draft_line.setValue(self._draft)
            # Beside the labels at the end of the curves it would lie over them.
            self._labels["draft"].setAnchor((0.0 if flip else 1.0, 1.0))
            words = tr("当前草稿 {value}", value=f"{self._draft:.1f}%")
            _put(self._labels["draft"], words, left + gap if flip else right - gap, self._draft)
        else:
            self._labels["draft"].setText("")

    def _words(self, covered: Sequence[float], bound: Sequence[float]) -> tuple[str, str]:
        """Return what stands at the ends of both curves."""
        if self._cost:
            best = tr("当前最好 {value}", value=f"{covered[-1]:,.0f}") if covered else ""
            return best, tr("已证明下界 {value}", value=f"{bound[-1]:,.0f}") if bound else ""
        best = tr("当前最好 {value}", value=f"{covered[-1]:.1f}%") if covered else ""
        return best, tr("已证明上界 {value}", value=f"{bound[-1]:.1f}%") if bound else ""


_ANCHORS: Final = {"bound": (0.0, 1.0), "best": (0.0, 0.0), "draft": (1.0, 1.0), "now": (0.5, 1.0)}
_INKS: Final = {"bound": "text2", "best": "accentText", "draft": "text2", "now": "onAccent"}


def clock(seconds: float) -> str:
    """Return seconds as ``1:36``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _put(label: pg.TextItem, text: str, x: float, y: float) -> None:
    label.setVisible(bool(text))
    if text:
        label.setText(text)
        label.setPos(x, y)


def _steps(points: Sequence[tuple[float, float]], last: float) -> tuple[list[float], list[float]]:
    """Return a curve that keeps its height until the next point, and the last one until now."""
    xs: list[float] = []
    ys: list[float] = []
    for x, y in points:
        if ys and ys[-1] == y:
            continue
        if ys:
            xs.append(x)
            ys.append(ys[-1])
        xs.append(x)
        ys.append(y)
    if xs and last > xs[-1]:
        xs.append(last)
        ys.append(ys[-1])
    return xs, ys


def _corners(points: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Return the points at which the curve rises."""
    rises = [point for number, point in enumerate(points) if number == 0 or point[1] != points[number - 1][1]]
    return [x for x, _ in rises], [y for _, y in rises]
