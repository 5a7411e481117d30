"""A theme and a place to show widgets in."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from patrol_desk.ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """Return the light theme, in force."""
    del qapp
    theme = Theme("light", compact=False)
    theme.apply()
    return theme


@pytest.fixture
def host(theme: Theme) -> Iterator[QWidget]:
    """Return an active window to put widgets into; nothing of it is left afterwards."""
    del theme
    window = QWidget()
    QVBoxLayout(window)
    window.resize(800, 600)
    window.show()
    window.activateWindow()
    QCoreApplication.processEvents()
    yield window
    window.close()
    window.deleteLater()
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    assert not shiboken6.isValid(window)
    assert not QApplication.topLevelWidgets()


def put(host: QWidget, *widgets: QWidget) -> None:
    """Show widgets in the window."""
    layout = host.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
        widget.show()
    QCoreApplication.processEvents()
