"""Lucide icons, recoloured."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from patrol_desk.ui.resources import resource

_STROKE = 'stroke-width="2"'


@lru_cache(maxsize=256)
def source(name: str) -> str:
    """Return the drawing of an icon, read once."""
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def read_ahead() -> None:
    """Read the file of every icon, so that a page is not held up by its icons when it is first painted."""
    for file in resource("icons").glob("*.svg"):
        source(file.stem)


def draw_icon(name: str, color: QColor, size: int, ratio: float) -> QPixmap:
    """Return an icon in one colour.

    Parameters
    ----------
    name
        Lucide's name.
    color
        Of the strokes.
    size
        Edge in logical pixels.
    ratio
        Device pixels per logical pixel.

    Raises
    ------
    FileNotFoundError
        No such icon is shipped: a fault of the program.
    """
    from PySide6.QtSvg import QSvgRenderer

    width = 1.6 if size >= 20 else 1.75
    svg = source(name).replace("currentColor", color.name()).replace(_STROKE, f'stroke-width="{width * 24 / size:.2f}"')
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def make_icon(normal: QPixmap, muted: QPixmap) -> QIcon:
    """Return an icon with its look when disabled."""
    icon = QIcon(normal)
    icon.addPixmap(muted, QIcon.Mode.Disabled)
    return icon
