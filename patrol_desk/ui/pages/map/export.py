"""The map as a picture and on paper: title, time, legend and scale on it, never anybody's home."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter

from patrol_desk.common.actor import Actor
from patrol_desk.printing.files import write_whole
from patrol_desk.services.map import MapWeek
from patrol_desk.services.station import Station
from patrol_desk.ui.i18n import shift_mark, tr
from patrol_desk.ui.i18n.dates import full_day_text, week_text
from patrol_desk.ui.pages.map.legend import ROW, Entry, entries, paint_entries
from patrol_desk.ui.pages.map.paint import MapPainter
from patrol_desk.ui.pages.map.picture import HOMES, Picture
from patrol_desk.ui.pages.map.sight import Sight
from patrol_desk.ui.pages.map.words import dated_shift_text, standing_text
from patrol_desk.ui.theme import Theme

TIMES = 2
"""Pixels of a picture for one on the screen."""
_DPI = 96
_PAPER = QSize(1123, 794)
"""A4 landscape at 96 dpi."""
_MARGIN = 38
_HEAD = 56
_RESOLUTION = 600
"""Dots an inch of the paper."""
_BOX_MARGIN = 20
_SIGN_WIDTH = 130


class Sheet:
    """What is put on a picture or a sheet of paper.

    Parameters
    ----------
    theme
        The look, of the sheet's own: a picture keeps the screen's, paper is light. Made in the window's thread, used in
        another afterwards.
    picture, sight
        What was on the map, and which part of it.
    moment
        Station time.
    """

    def __init__(self, theme: Theme, picture: Picture, sight: Sight, moment: datetime) -> None:
        self._theme = theme
        self._picture = replace(picture, layers=picture.layers - {HOMES}, density=None)
        self._sight = sight
        self._moment = moment
        self._painter = MapPainter(theme)
        self.stem = file_stem(picture)

    def picture_size(self) -> QSize:
        """Return how large a picture of what is in sight is, head and legend and all."""
        width, height = self._sight.width, self._sight.height
        return QSize(width + 2 * _BOX_MARGIN, height + _HEAD + 2 * _BOX_MARGIN + self.foot_height(width))

    def paint(self, painter: QPainter, size: QSize, margin: int) -> None:
        """Paint head, map and foot into a size."""
        theme, week = self._theme, self._picture.week
        assert week is not None
        painter.fillRect(0, 0, size.width(), size.height(), theme.color("surface"))
        width, foot = size.width() - 2 * margin, self.foot_height(size.width() - 2 * margin)
        self._head(painter, week, QRectF(margin, margin, width, _HEAD))
        room = QRectF(margin, margin + _HEAD, width, size.height() - 2 * margin - _HEAD - foot)
        sight = self._fitted(room)
        painter.save()
        painter.translate(room.topLeft())
        painter.setClipRect(QRectF(0, 0, room.width(), room.height()))
        self._painter.paint(painter, self._picture, sight, exact=True)
        painter.restore()
        painter.setPen(theme.color("line2"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(room)
        columns = self._columns(width)
        top = round(room.bottom()) + 6
        paint_entries(painter, theme, self._entries(), (margin, top), (width, columns))

    def foot_height(self, width: int) -> int:
        """Return how much the legend takes, px."""
        rows = -(-len(self._entries()) // self._columns(width))
        return rows * self._theme.px(ROW) + 8

    def _entries(self) -> list[Entry]:
        return entries(self._theme, self._picture.mode)

    def _columns(self, width: int) -> int:
        return max(1, min(len(self._entries()), width // self._theme.px(_SIGN_WIDTH)))

    def _fitted(self, room: QRectF) -> Sight:
        """Return the sight of the same ground in another window: all that was seen is seen."""
        old = self._sight
        grow = min(room.width() / old.width, room.height() / old.height)
        return replace(old, width=round(room.width()), height=round(room.height()), scale=old.scale * grow)

    def _head(self, painter: QPainter, week: MapWeek, room: QRectF) -> None:
        theme = self._theme
        names = {"coverage": tr("点位覆盖"), "squads": tr("小组范围"), "distance": tr("召集距离")}
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        shift = week.shifts[self._picture.shift]
        title = tr("{station} {what}图", station=week.station, what=names[self._picture.mode])
        painter.setFont(theme.font("page"))
        painter.setPen(theme.color("text"))
        painter.drawText(room, left | Qt.AlignmentFlag.AlignTop, title)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        line = f"{week_text(week.week)} · {dated_shift_text(shift)} · {standing_text(week, self._picture.shift)}"
        painter.drawText(room.adjusted(0, 26, 0, 0), left | Qt.AlignmentFlag.AlignTop, line)
        made = tr("制图 {day} {time}", day=full_day_text(self._moment.date()), time=f"{self._moment:%H:%M}")
        painter.setFont(theme.font("secondary"))
        painter.drawText(room.adjusted(0, 3, 0, 0), right | Qt.AlignmentFlag.AlignTop, made)


def write_png(station: Station, actor: Actor, out: Path, sheet: Sheet) -> None:
    """Write the map as a picture; painted in the thread that calls.

    Raises
    ------
    PrintFileError
        The file cannot be written.
    """
    del station, actor  # the sheet holds all that is painted; `note_map` asked who may
    size = sheet.picture_size()
    image = QImage(size * TIMES, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(TIMES)
    image.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(image)
    sheet.paint(painter, size, _BOX_MARGIN)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    write_whole(out, bytes(data.data()))


def write_pdf(station: Station, actor: Actor, out: Path, sheet: Sheet) -> None:
    """Write the map as one sheet of A4 landscape.

    Raises
    ------
    PrintFileError
        The file cannot be written.
    """
    del station, actor  # as for a picture
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    paper = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Landscape, QMarginsF()))
    writer.setTitle(sheet.stem)
    painter = QPainter(writer)
    painter.scale(_RESOLUTION / _DPI, _RESOLUTION / _DPI)
    sheet.paint(painter, _PAPER, _MARGIN)
    painter.end()
    buffer.close()
    write_whole(out, bytes(data.data()))


def file_stem(picture: Picture) -> str:
    """Return a name for the file, without its suffix."""
    week = picture.week
    assert week is not None
    shift = week.shifts[picture.shift]
    return f"{tr('地图')} {shift.on_date:%Y-%m-%d} {shift_mark(shift.mark)}"
