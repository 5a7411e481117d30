"""Tab goes as one reads: from the top down, from the left to the right in a row, whatever was made first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QLineEdit, QScrollArea, QWidget

_LAP: Final = 2
"""Pixels that neighbours in a row or a column may overlap."""
_AROUND: Final = 24
"""Pixels that are to be seen above and below what has the focus."""
_Placed = tuple[QRect, list[QWidget]]


def begin_at(widget: QWidget) -> None:
    """Give the focus to the first stop of what opens; what is typed takes the place of what is proposed."""
    widget.setFocus(Qt.FocusReason.PopupFocusReason)
    if isinstance(widget, QAbstractSpinBox | QLineEdit):
        widget.selectAll()


def tab_on(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next stop within a widget, after the last the first; say whether there is one."""
    stops = stops_within(root)
    if not stops:
        return False
    now = QApplication.focusWidget()
    if now is not None and now not in stops and root.isAncestorOf(now):
        # Qt asks for the next one, too, when what has the focus is hidden or disabled: the keys stay near it.
        _nearest(now, root, stops).setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    place = stops.index(now) if now in stops else (-1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop = stops[(place + (1 if forward else -1)) % len(stops)]
    stop.setFocus(reason)
    _bring_to_sight(stop)
    return True


def _nearest(gone: QWidget, root: QWidget, stops: list[QWidget]) -> QWidget:
    """Return the first stop within the smallest widget around one that can no longer have the focus."""
    around = gone.parentWidget()
    while around is not None and around is not root:
        near = [stop for stop in stops if around.isAncestorOf(stop)]
        if near:
            return near[0]
        around = around.parentWidget()
    return stops[0]


def _bring_to_sight(stop: QWidget) -> None:
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop, 0, _AROUND)
        above = above.parentWidget()


def stops_within(root: QWidget) -> list[QWidget]:
    """Return what Tab stops at in a widget, in the order of reading; of buttons that exclude each other only one."""
    held = [
        (child.geometry(), inside)
        for child in root.children()
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow() and (inside := stops_within(child))
    ]
    own = [root] if _stops_at(root) else []
    return [*own, *(stop for _, inside in _in_order(held) for stop in inside)]


def _stops_at(widget: QWidget) -> bool:
    policy = Qt.FocusPolicy.TabFocus
    # The line inside a number box hands its focus back to the box, and Tab would never get past it.
    if widget.focusPolicy() & policy != policy or widget.focusProxy() is not None or not widget.isEnabled():
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    chosen = group.checkedButton() if group is not None and group.exclusive() else None
    return chosen is None or chosen is widget


def _in_order(placed: list[_Placed]) -> Sequence[_Placed]:
    """Cut what stands in a box into rows, each row into columns, each column into rows, and so on."""
    if len(placed) < 2:
        return placed
    for cut in (_rows, _columns):
        parts = cut(placed)
        if len(parts) > 1:
            return [one for part in parts for one in _in_order(part)]
    return sorted(placed, key=lambda one: (one[0].top(), one[0].left()))


def _rows(placed: list[_Placed]) -> list[list[_Placed]]:
    return _cut([(one[0].top(), one[0].bottom(), one) for one in placed])


def _columns(placed: list[_Placed]) -> list[list[_Placed]]:
    return _cut([(one[0].left(), one[0].right(), one) for one in placed])


def _cut(spans: list[tuple[int, int, _Placed]]) -> list[list[_Placed]]:
    """Return the groups of spans that do not touch each other."""
    spans.sort(key=lambda span: span[:2])
    parts: list[list[_Placed]] = []
    end = 0
    for first, last, one in spans:
        if not parts or first > end - _LAP:
            parts.append([])
            end = last
        parts[-1].append(one)
        end = max(end, last)
    return parts
