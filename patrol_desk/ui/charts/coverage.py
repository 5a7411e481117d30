"""Coverage and its proven bound over the time of a run. Importing this module imports pyqtgraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
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
TICKS_X: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
TICKS_Y: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of both curves: seconds, coverage in percent (None before there is a plan), bound in percent."""

    seconds: float
    coverage: float | None
    bound: float


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
        self._axes["left"].setWidth(self._theme.px(44))
        self._axes["bottom"].setHeight(self._theme.px(24))
        self._axes["left"].setGrid(60)
        self._bound.setPen(pg.mkPen(color("text2"), width=1.5, style=Qt.PenStyle.DashLine))
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
            label.fill = QBrush(color("accent")) if name == "now" else QBrush(Qt.BrushStyle.NoBrush)
        self.refresh()

    def refresh(self) -> None:
        """Show everything anew: after a point, and in another language."""
        last = max(self._now, 0.001)
        bound = _steps([(sample.seconds, sample.bound) for sample in self._samples], last)
        best = [(sample.seconds, sample.coverage) for sample in self._samples if sample.coverage is not None]
        covered = _steps(best, last)
        self._bound.setData(*bound)
        self._under.setData(*(covered if covered[0] else ([], [])))
        self._best.setData(*covered)
        self._dots.setData(*_corners(best))
        self._show_range(last, covered[1])
        self._show_labels(last, covered[1], bound[1])

    def _show_range(self, last: float, covered: Sequence[float]) -> None:
        right = max(self._limit or 0.0, last * 1.12, 10.0)
        lowest = min([*covered, self._draft if self._draft is not None else TOP])
        if not covered and self._draft is None:
            lowest = TOP - 10.0
        span = max(TOP - lowest, LEAST_SPAN) * 1.12
        step = next((tick for tick in TICKS_Y if span / tick <= 7), TICKS_Y[-1])
        bottom = max(0.0, floor((TOP - span) / step) * step)
        self._box.setRange(xRange=(0.0, right), yRange=(bottom, TOP + (TOP - bottom) * 0.06), padding=0)
        count = round((TOP - bottom) / step)
        self._axes["left"].setTicks([[(bottom + n * step, f"{bottom + n * step:g}%") for n in range(count + 1)]])
        pace = next((tick for tick in TICKS_X if right / tick <= 8), TICKS_X[-1])
        self._axes["bottom"].setTicks([[(n * pace, clock(n * pace)) for n in range(int(right / pace) + 1)]])

    def _show_labels(self, last: float, covered: Sequence[float], bound: Sequence[float]) -> None:
        (left, right), (bottom, _top) = self._box.viewRange()
        gap = (right - left) * 0.012
        running = bool(self._samples)
        flip = last > (left + right) / 2
        for name in ("best", "bound"):
            self._labels[name].setAnchor((1.0 if flip else 0.0, _ANCHORS[name][1]))
        place = last - gap if flip else last + gap
        _put(self._labels["best"], tr("当前最好 {value}", value=f"{covered[-1]:.1f}%") if covered else "",
             place, covered[-1] if covered else 0.0)  # fmt: skip
        _put(self._labels["bound"], tr("已证明上界 {value}", value=f"{bound[-1]:.1f}%") if bound else "",
             place, bound[-1] if bound else 0.0)  # fmt: skip
        self._now_line.setVisible(running)
        self._now_line.setValue(last)
        _put(self._labels["now"], clock(last) if running else "", last, bottom)
        self._draft_line.setVisible(self._draft is not None)
        if self._draft is not None:
            self._draft_line.setValue(self._draft)
            _put(self._labels["draft"], tr("当前草稿 {value}", value=f"{self._draft:.1f}%"), right - gap, self._draft)
        else:
            self._labels["draft"].setText("")


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
