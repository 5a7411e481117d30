"""The look changes at once, however deep a widget lies."""

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme

DEPTH = 12


class Styled(QObject):
    """Counts how often a widget is styled anew."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.times = 0
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return super().eventFilter(watched, event)


def nested(depth: int) -> tuple[QWidget, QWidget]:
    """Return the outermost and the innermost of widgets in each other."""
    outer = inner = QWidget()
    for _ in range(depth):
        layout = QVBoxLayout(inner)
        inner = QFrame()
        inner.setProperty("panel", "card")
        layout.addWidget(inner)
    return outer, inner


def test_a_widget_is_not_styled_once_for_each_ancestor(theme: Theme) -> None:
    """A switch of the look styles a shallow and a deep widget equally often, and the deep one gets the new look."""
    theme.use(name="light")
    counts = []
    for depth in (1, DEPTH):
        outer, inner = nested(depth)
        outer.show()
        styled = Styled(inner)
        theme.use(name="dark")
        assert inner.palette().window().color() == theme.color("surface")
        theme.use(name="light")
        assert inner.palette().window().color() == theme.color("surface")
        counts.append(styled.times)
        outer.close()
        shiboken6.delete(outer)
    assert counts[0] == counts[1] > 0
