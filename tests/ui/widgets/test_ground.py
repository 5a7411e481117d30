"""What an overlay covers is not painted with it, and shows again when it has gone."""

from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.ground import Ground
from tests.ui.widgets.conftest import put
from tests.ui.widgets.test_dialog import Asking


class Page(QWidget):
    """A page that knows where it was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted.append(event.region().boundingRect())
        painter = QPainter(self)
        painter.fillRect(event.rect(), "red")
        painter.end()


def paged(host: QWidget) -> Page:
    """Return a page that stands in the window."""
    page = Page()
    put(host, page)
    return page


def test_typing_into_a_dialog_leaves_the_page_alone(host: QWidget, theme: Theme) -> None:
    """A field of an open dialog is painted without the page behind it; so is the page without what is covered."""
    page = paged(host)
    dialog = Asking(host, theme)
    dialog.open()
    QCoreApplication.processEvents()
    page.painted.clear()
    dialog.word.setText("新名")
    dialog.word.repaint()
    assert page.painted == []
    dialog.repaint()
    assert page.painted


def test_the_page_is_back_when_the_dialog_has_gone(host: QWidget, theme: Theme) -> None:
    """Closing takes the ground away with the dialog: the page is whole, and nothing is left over it."""
    paged(host)
    before = host.grab().toImage()
    dialog = Asking(host, theme)
    dialog.open()
    QCoreApplication.processEvents()
    (ground,) = host.findChildren(Ground)
    assert ground.isVisible()
    dialog.reject()
    assert not ground.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert host.findChildren(Ground) == []
    assert host.grab().toImage() == before


def test_it_stays_right_under_its_overlay(host: QWidget, theme: Theme) -> None:
    """A second overlay lies over the first with all of it, and the first comes to the front with its ground."""
    paged(host)
    overlays = []
    for _ in range(2):
        overlay = QLabel(host)
        ground = Ground(theme, overlay, "raised")
        ground.cover(QRect(50, 50, 100, 100))
        overlay.setGeometry(host.rect())
        overlay.show()
        overlays.append((overlay, ground))
    (first, under_first), (second, under_second) = overlays

    def order() -> list[QWidget]:
        return [child for child in host.children() if child in {first, under_first, second, under_second}]

    assert order() == [under_first, first, under_second, second]
    first.raise_()
    assert order() == [under_second, second, under_first, first]
    first.hide()
    assert under_first.isHidden()
    assert not under_second.isHidden()
