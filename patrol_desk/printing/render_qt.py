"""The one renderer: paints a page of the layout tree onto any QPainter, so that preview, PDF and print are alike.

Everything is painted in twips (1/20 point): type sizes of the layout are whole numbers of these. Text goes out as
glyphs at the positions that the layout computed, unshaped and unhinted: what fits in the layout fits on every machine.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from math import ceil, floor

from PySide6.QtCore import QBuffer, QByteArray, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QGlyphRun,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
)

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message
from patrol_desk.printing.fonts import PrintFont
from patrol_desk.printing.layout.tree import Area, Hatch, Matrix, Page, Panel, Rule, TextRun

TWIPS_PER_INCH = 1440
TWIPS_PER_MM = TWIPS_PER_INCH / 25.4
MOST_RUNS = 1000
"""Texts whose glyphs are kept at a time."""
_TWIPS_PER_POINT = 20
_DARK = re.compile("#+")


def ensure_gui_application() -> None:
    """See to it that there is an application to paint with: the running one, or one of its own without a display."""
    if QGuiApplication.instance() is None:
        _own_application()


@cache
def _own_application() -> QGuiApplication:
    """Return an application that lives as long as the process: Qt bears no second one after the fonts are loaded."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QGuiApplication(["patrol-desk"])


class QtFont:
    """The print font as Qt's glyphs: loaded once, sized on demand.

    Parameters
    ----------
    font
        Where the files are.

    Raises
    ------
    PatrolError
        A font file is missing or damaged.
    """

    def __init__(self, font: PrintFont) -> None:
        self._font = font
        self._raw: dict[tuple[float, bool], QRawFont] = {}
        self._runs: dict[tuple[str, float, bool], QGlyphRun] = {}
        self._used: tuple[dict[str, None], dict[str, None]] = ({}, {})
        _load(font)

    def run(self, text: TextRun) -> QGlyphRun:
        """Return the glyphs of a text run at their places, from the start of its baseline."""
        key = (text.text, text.size, text.bold)
        run = self._runs.get(key)
        if run is None:
            # Headings come on every sheet, names on one: a township's would only take room.
            if len(self._runs) >= MOST_RUNS:
                self._runs.clear()
            run = self._runs[key] = self._new_run(text)
        return run

    def painted(self) -> dict[str, tuple[str, ...]]:
        """Return, by PostScript name, the characters in the order in which they were first painted."""
        names = (file.stem for file in self._font.files)
        return {name: tuple(used) for name, used in zip(names, self._used, strict=True)}

    def _new_run(self, text: TextRun) -> QGlyphRun:
        raw = self._sized(text.size, bold=text.bold)
        glyphs = raw.glyphIndexesForString(text.text)
        self._used[text.bold].update(dict.fromkeys(text.text))
        size = text.size * _TWIPS_PER_POINT
        advances = (self._font.width(character, size, bold=text.bold) for character in text.text)
        run = QGlyphRun()
        run.setRawFont(raw)
        run.setGlyphIndexes(glyphs)
        run.setPositions([QPointF(x, 0.0) for x in accumulate(advances, initial=0.0)][:-1])
        return run

    def _sized(self, size: float, *, bold: bool) -> QRawFont:
        key = (size, bold)
        if key not in self._raw:
            font = QFont(self._font.family)
            font.setBold(bold)
            font.setPixelSize(round(size * _TWIPS_PER_POINT))
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
            self._raw[key] = QRawFont.fromFont(font)
        return self._raw[key]


def _load(font: PrintFont) -> None:
    """Make the font's files known to Qt, once in a process."""
    if font.family in QFontDatabase.families():
        return
    for file in font.files:
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise PatrolError(Message("print.font_missing", {"file": file.name}))


class PagePainter:
    """Paints pages.

    Parameters
    ----------
    painter
        An active painter whose unit is the twip.
    font
        The print font.
    """

    def __init__(self, painter: QPainter, font: QtFont) -> None:
        self._painter = painter
        self._font = font
        self._black = QColor(0, 0, 0)
        self._white = QColor(255, 255, 255)
        self._ink = ""

    def paint(self, page: Page) -> None:
        """Paint the items of a page in order."""
        for item in page.items:
            match item:
                case TextRun():
                    self._text(item)
                case Rule():
                    self._rule(item)
                case Panel():
                    self._panel(item)
                case Hatch():
                    self._hatch(item)
                case Matrix():
                    self.matrix(item)
        self._ink = ""

    def _text(self, run: TextRun) -> None:
        if run.ink != self._ink:
            self._ink = run.ink
            self._painter.setPen(self._white if run.ink == "white" else self._black)
        self._painter.drawGlyphRun(QPointF(run.x * TWIPS_PER_MM, run.baseline * TWIPS_PER_MM), self._font.run(run))

    def _pen(self, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.SquareCap) -> None:
        pen = QPen(self._black, width * TWIPS_PER_MM)
        pen.setCapStyle(cap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        self._painter.setPen(pen)
        self._ink = ""

    def _rule(self, rule: Rule) -> None:
        self._pen(rule.width)
        self._painter.drawLine(_line(rule.x1, rule.y1, rule.x2, rule.y2))

    def _panel(self, panel: Panel) -> None:
        rectangle = _rectangle(panel.area)
        if panel.fill:
            self._painter.fillRect(rectangle, _grey(panel.fill))
        if panel.stroke:
            self._pen(panel.stroke)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(rectangle)

    def _hatch(self, hatch: Hatch) -> None:
        self._pen(hatch.width, Qt.PenCapStyle.FlatCap)
        self._painter.drawLines([_line(*ends) for ends in hatch_lines(hatch)])

    def matrix(self, matrix: Matrix) -> None:
        """Paint a QR code."""
        path = QPainterPath()
        side = matrix.area.width * TWIPS_PER_MM / len(matrix.modules)
        left, top = matrix.area.x * TWIPS_PER_MM, matrix.area.y * TWIPS_PER_MM
        for start, row, length in dark_stretches(matrix.modules):
            path.addRect(QRectF(left + start * side, top + row * side, length * side, side))
        self._painter.fillPath(path, QBrush(self._black))


def hatch_lines(hatch: Hatch) -> list[tuple[float, float, float, float]]:
    """Return the ends of the lines of a hatch in millimetres, rising at 45° and cut at the area's edges.

    The lines are those where x + y is a multiple of the pitch, so that areas side by side look like one.
    """
    area = hatch.area
    lines = []
    for number in range(ceil((area.x + area.y) / hatch.pitch), floor((area.right + area.bottom) / hatch.pitch) + 1):
        at = number * hatch.pitch
        y1, y2 = min(area.bottom, at - area.x), max(area.y, at - area.right)
        lines.append((at - y1, y1, at - y2, y2))
    return lines


def dark_stretches(modules: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield column, row and length of each run of dark modules."""
    for row, line in enumerate(modules):
        for run in _DARK.finditer(line):
            yield run.start(), row, run.end() - run.start()


def _grey(fill: float) -> QColor:
    level = round(255 * (1.0 - fill))
    return QColor(level, level, level)


def _line(x1: float, y1: float, x2: float, y2: float) -> QLineF:
    return QLineF(x1 * TWIPS_PER_MM, y1 * TWIPS_PER_MM, x2 * TWIPS_PER_MM, y2 * TWIPS_PER_MM)


def _rectangle(area: Area) -> QRectF:
    return QRectF(area.x * TWIPS_PER_MM, area.y * TWIPS_PER_MM, area.width * TWIPS_PER_MM, area.height * TWIPS_PER_MM)


def page_image(page: Page, font: QtFont, dpi: float) -> QImage:
    """Return the page as a picture, white where nothing is printed."""
    scale = dpi / 25.4
    image = QImage(round(page.width * scale), round(page.height * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(dpi / TWIPS_PER_INCH, dpi / TWIPS_PER_INCH)
        PagePainter(painter, font).paint(page)
    finally:
        painter.end()
    return image


def png_bytes(image: QImage) -> bytes:
    """Return the picture as the bytes of a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(data.data())
