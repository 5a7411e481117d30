"""What an audit reads off a window: its stops, their names, roles and order, its contrasts, its cut words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from patrol_desk.app.stage import Stage
from patrol_desk.ui.shell.errors import ErrorWindow
from patrol_desk.ui.shell.finder.frame import FinderFrame
from patrol_desk.ui.theme.sizes import TYPE
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel
from patrol_desk.ui.widgets.table import DataTable
from patrol_desk.ui.widgets.table_paint import PAD

Pixels = NDArray[np.uint32]
MOST_STOPS = 160
LEAST_CONTRAST, LEAST_LARGE = 4.5, 3.0
LARGE_PX, LARGE_BOLD_PX = 24, 18
LEAST_RING = 24
"""Pixels that change clearly when a control gets the focus; the caret of a field has fewer."""
_NO_ROLE = frozenset({QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window})


def told(widget: QWidget) -> str:
    """Return what a widget is, for a fault's sentence."""
    above = widget.parentWidget()
    place = "" if above is None else f" in {type(above).__name__} {above.objectName()}".rstrip()
    return f"{type(widget).__name__} {widget.objectName()!r}{place}"


def scope_of(stage: Stage) -> QWidget:
    """Return what the keys go to: what has popped up, the topmost of what lies over the window, else the window."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup
    over = (Dialog, FinderFrame, ErrorWindow)
    dialogs = [one for kind in over for one in stage.window.findChildren(kind) if one.isVisible()]
    return dialogs[-1] if dialogs else stage.window


def stops_of(scope: QWidget) -> list[QWidget]:
    """Return the controls that Tab should reach."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in scope.findChildren(QWidget)
        if widget.focusPolicy() & tab == tab and widget.isVisible() and widget.isEnabled()
        and widget.focusProxy() is None and not _left_to_arrows(widget)
    ]  # fmt: skip


def _left_to_arrows(widget: QWidget) -> bool:
    """Say whether Tab passes a button because another one of its group is chosen: arrows go there."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and group.checkedButton() not in {None, widget}


def nameless(stops: Sequence[QWidget]) -> Iterator[str]:
    """Yield the controls of which a screen reader cannot say what they are called."""
    for widget in stops:
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip():
            yield told(widget)


def without_role(stops: Sequence[QWidget]) -> set[str]:
    """Return the object names of the controls of which a screen reader cannot say what they are."""
    return {stop.objectName() for stop in stops if QAccessible.queryAccessibleInterface(stop).role() in _NO_ROLE}


# The way of Tab


def walk(stage: Stage, wanted: Sequence[QWidget], key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press Tab from the first stop until the way begins again, and return the stops on it."""
    way: list[QWidget] = []
    if wanted:
        min(wanted, key=lambda one: (_place(one).left() // 80, _place(one).top())).setFocus()
    for _ in range(MOST_STOPS):
        now = QApplication.focusWidget()
        if now is not None and now in wanted:
            if way and now is way[0] and len(way) > 1:
                break
            if not way or now is not way[-1]:
                way.append(now)
        QTest.keyClick(now or stage.window, key)
    return way


def against_reading(way: Sequence[QWidget]) -> Iterator[str]:
    """Yield the steps that go up, or to the left in a row: between two stops, or between the boxes that hold them."""
    for first, second in pairwise(filter(isValid, way)):
        before, after = _branches(first, second)
        if before is None or after is None:
            continue
        one, two = _place(before), _place(after)
        rises = two.bottom() <= one.top() and two.left() < one.right() and one.left() < two.right()
        returns = two.right() <= one.left() and min(one.bottom(), two.bottom()) - max(one.top(), two.top()) > 4
        if rises or returns:
            yield f"order: {told(first)} -> {told(second)}"


def disorder(way: Sequence[QWidget]) -> list[str]:
    """Return the steps against the order of reading on a way that goes round; the one back to its start is none."""
    round_ = [*way, way[0]] if way else []
    faults = list(against_reading(round_))
    return faults if len(faults) > 1 else []


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def _branches(first: QWidget, second: QWidget) -> tuple[QWidget | None, QWidget | None]:
    """Return the two widgets below their nearest common ancestor that hold one each."""
    line = [first]
    while (above := line[-1].parentWidget()) is not None:
        line.append(above)
    at: QWidget | None = second
    below: QWidget | None = None
    while at is not None and at not in line:
        below, at = at, at.parentWidget()
    if at is None or below is None or at is first:
        return None, None
    return line[line.index(at) - 1], below


# Contrast


@dataclass(frozen=True, slots=True)
class Faint:
    """A text that stands out too little."""

    place: str
    text: str
    ratio: float


GHOSTS = ("carry_ghost", "drag_ghost")
"""What is carried by hand from one place to another."""


def faint(window: QWidget, scope: QWidget | None = None) -> Iterator[Faint]:
    """Yield the texts (those of a dialog that lies over the window) whose ink is too close to the ground around it."""
    pixels, ratio = pixels_of(window)
    for widget, rect, text, least in _texts(scope or window):
        top = widget.mapTo(window, rect.topLeft())
        shown = widget.visibleRegion().boundingRect()
        if not shown.contains(rect) or not widget.isEnabled():
            continue
        if _covered(window, widget, top + rect.center()) or _carried_over(window, QRect(top, rect.size())):
            continue
        x, y = round(top.x() * ratio), round(top.y() * ratio)
        part = pixels[y : y + round(rect.height() * ratio), x : x + round(rect.width() * ratio)]
        if part.size and (found := contrast_in(part)) < least:
            yield Faint(told(widget), text, round(found, 2))


def _covered(window: QWidget, widget: QWidget, at: QPoint) -> bool:
    """Say whether something else lies over a place of a widget, as a notice does for some seconds."""
    found = window.childAt(at)
    return found is not None and found is not widget and not found.isAncestorOf(widget)


def _carried_over(window: QWidget, rect: QRect) -> bool:
    """Say whether what goes along with the mouse lies over a part of the window; the mouse looks through it."""
    ghosts = (ghost for name in GHOSTS for ghost in window.findChildren(QWidget, name) if ghost.isVisible())
    return any(QRect(ghost.mapTo(window, QPoint()), ghost.size()).intersects(rect) for ghost in ghosts)


def pixels_of(widget: QWidget, part: QRect | None = None) -> tuple[Pixels, float]:
    """Return the picture of a widget or a part (height, width; each 0xRRGGBB) and its pixels a unit of length."""
    picture = widget.grab() if part is None else widget.grab(part)
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    return raw[:, : image.width()] & np.uint32(0xFFFFFF), picture.devicePixelRatio()


def contrast_in(part: Pixels) -> float:
    """Return the contrast (WCAG 2: 1 to 21) of the ground, the colour most seen, and the ink, the farthest from it."""
    colours, counts = np.unique(part, return_counts=True)
    light = _light(colours)
    return float(_ratios(light, light[int(counts.argmax())]).max())


def _light(colours: Pixels) -> NDArray[np.float64]:
    """Return the relative luminance (WCAG 2) of colours; the last axis is new."""
    channel = np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=-1) / 255
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    light: NDArray[np.float64] = linear @ np.array([0.2126, 0.7152, 0.0722])
    return light


def _ratios(some: NDArray[np.float64], others: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    ratios: NDArray[np.float64] = (np.maximum(some, others) + 0.05) / (np.minimum(some, others) + 0.05)
    return ratios


# The focus


def ringless(stage: Stage, way: Sequence[QWidget], known: set[str]) -> Iterator[str]:
    """Yield the controls that look much the same with and without the focus; `known` are those looked at before."""
    for stop, other in pairwise([*way, *way[:1]]):
        name = told(stop) if isValid(stop) else ""
        if not name or name in known or not (stop.isVisible() and isValid(other) and other.isVisible()):
            continue
        known.add(name)
        with_ring, without = _in_focus(stage, stop, stop), _in_focus(stage, stop, other)
        changed = with_ring != without
        seen = _ratios(_light(with_ring[changed]), _light(without[changed])) >= LEAST_LARGE
        if int(seen.sum()) < LEAST_RING:
            yield name


def _in_focus(stage: Stage, stop: QWidget, held: QWidget) -> Pixels:
    """Return the picture of a control, brought into sight, while it or another one has the focus."""
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop)
        above = above.parentWidget()
    held.setFocus(Qt.FocusReason.TabFocusReason)
    window = stop.window() if stop.window().isVisible() else stage.window
    part = QRect(stop.mapTo(window, QPoint()), stop.size()).adjusted(-3, -3, 3, 3).intersected(window.rect())
    return pixels_of(window, part)[0] if not part.isEmpty() else np.zeros((1, 1), dtype=np.uint32)


def _texts(window: QWidget) -> Iterator[tuple[QWidget, QRect, str, float]]:
    """Yield what says something, where in it, what, and the contrast it needs."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        large = widget.font().pixelSize() >= (LARGE_BOLD_PX if widget.font().bold() else LARGE_PX)
        least = LEAST_LARGE if large else LEAST_CONTRAST
        if isinstance(widget, QLabel | QPushButton | QRadioButton | Chip) and widget.text().strip():
            yield widget, widget.rect(), widget.text(), least
        elif isinstance(widget, QTabBar):
            for place in range(widget.count()):
                yield widget, widget.tabRect(place), widget.tabText(place), least
        elif isinstance(widget, DataTable):
            yield from ((widget.viewport(), rect, text, least) for rect, text in _cells(widget))


def _cells(view: DataTable) -> Iterator[tuple[QRect, str]]:
    model = view.model()
    for row in range(min(model.rowCount(QModelIndex()), 6)):
        for column in range(view.horizontalHeader().count()):
            index = model.index(row, column)
            text = index.data()
            rect = view.visualRect(index)
            if isinstance(text, str) and text.strip(" –—") and not rect.isEmpty():
                yield rect.adjusted(2, 2, -2, -2), text


# Words that are cut


def cut(window: QWidget) -> Iterator[str]:
    """Yield what has less room than its words need: buttons, labels, tabs, headings, boxes to choose from.

    Labels that end in an ellipsis on purpose tell the rest in their tip, and are left out.
    """
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield from (f"{text!r}: {told(widget)}" for text in _cut(widget))


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton | Chip) and widget.text():
        if widget.width() < widget.minimumSizeHint().width():
            yield widget.text()
    elif isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedLabel):
        if _label_cut(widget):
            yield widget.text()
    elif isinstance(widget, QTabBar):
        room = sum(widget.tabRect(place).width() for place in range(widget.count()))
        if room > widget.width():
            yield widget.tabText(widget.count() - 1)
    elif isinstance(widget, QComboBox):
        if widget.width() < widget.sizeHint().width():
            yield widget.currentText()
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        yield from _headings_cut(widget)


def _label_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width()) - 1
    room = label.contentsRect().width() - label.indent() if label.indent() > 0 else label.contentsRect().width()
    return room < QFontMetrics(label.font()).horizontalAdvance(label.text()) and not label.text().startswith("<")


def _headings_cut(header: QHeaderView) -> Iterator[str]:
    font = QFont(header.font())
    font.setPixelSize(TYPE["secondary"][0])
    model = header.model()
    for place in range(header.count()):
        text = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        need = QFontMetrics(font).horizontalAdvance(text) + 2 * PAD
        if text and not header.isSectionHidden(place) and header.sectionSize(place) < need:
            yield text
