"""Painting hits: what was typed is bold and underlined, in the name and in the pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from patrol_desk.services.finding.entries import FindKind, Hit
from patrol_desk.services.today import TodayGap
from patrol_desk.ui.i18n import shift_mark
from patrol_desk.ui.i18n.dates import weekday_text
from patrol_desk.ui.shell.finder.model import ICONS, HitModel, detail_text, kind_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import squad_colour
from patrol_desk.ui.widgets.painting import box, cell_of, key_cap, key_cap_size, left_middle, tone_colours

Index = QModelIndex | QPersistentModelIndex
Span = tuple[int, int]

HEADING = 26
ROW = 33
NAME_X = 50
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class HitDelegate(QStyledItemDelegate):
    """Paints headings and hits.

    Parameters
    ----------
    theme
        Gives colours, fonts and sizes.
    model
        What is shown.
    """

    def __init__(self, theme: Theme, model: HitModel) -> None:
        super().__init__(model)
        self._theme = theme
        self._model = model
        self.keys: dict[str, str] = {}
        """Command id → its keys."""
        self.icons: dict[str, str] = {}
        """Command id → its icon."""
        self.gaps: dict[str, TodayGap] = {}
        """Checkpoint id → its next gap."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = self._model.hit(index.row()) is None
        return QSize(50, self._theme.px(HEADING if heading else ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = cell_of(option)
        hit = self._model.hit(index.row())
        painter.save()
        if hit is None:
            self._heading(painter, rect, index.row())
        else:
            self._hit(painter, rect, hit, selected=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, row: int) -> None:
        theme, px = self._theme, self._theme.px
        kind, count = self._model.rows[row][:2]
        assert isinstance(kind, FindKind)
        room = rect.adjusted(px(16), px(4), 0, 0)
        painter.setFont(theme.font("secondary", bold=True))
        painter.setPen(theme.color("text2"))
        text = kind_text(kind)
        painter.drawText(room, _LEFT, text)
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(text) + px(6))
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("text3"))
        painter.drawText(room, _LEFT, str(count))

    def _hit(self, painter: QPainter, rect: QRect, hit: Hit, *, selected: bool) -> None:
        theme, px = self._theme, self._theme.px
        entry = hit.entry
        if selected:
            frame = rect.adjusted(px(8), 0, -px(8), 0)
            box(painter, frame, theme.color("accentSoft"), None, 4)
            painter.fillRect(frame.left(), frame.top() + 2, px(2), frame.height() - 4, theme.color("accentText"))
        icon = self.icons.get(entry.id, ICONS[entry.kind])
        painter.drawPixmap(rect.left() + px(16), rect.center().y() - px(7), theme.pixmap(icon, "text2", 16))
        if entry.colour >= 0:
            tick = QRect(rect.left() + px(40), rect.center().y() - px(7), px(4), px(15))
            painter.fillRect(tick, theme.color(squad_colour(entry.colour)))
        right = self._detail(painter, rect, hit)
        x = rect.left() + px(NAME_X)
        wide = self._marked(painter, QRect(x, rect.top(), right - x - px(10), rect.height()), entry.title, hit.spans,
                            theme.font("body"), "text")  # fmt: skip
        after = max(x + wide + px(16), rect.left() + px(160))
        if right - after > px(60) and hit.syllables:
            text, spans = pinyin_of(hit)
            self._marked(painter, QRect(after, rect.top(), right - after - px(10), rect.height()), text, spans,
                         theme.font("secondary"), "text3")  # fmt: skip

    def _detail(self, painter: QPainter, rect: QRect, hit: Hit) -> int:
        """Paint code, telephone and the like at the right; return where that begins."""
        theme, px = self._theme, self._theme.px
        room = rect.adjusted(0, 0, -px(16), 0)
        keys = self.keys.get(hit.entry.id, "")
        if keys:
            font = theme.font("micro")
            size = key_cap_size(font, keys)
            cap = left_middle(room, size, room.right() - size.width())
            key_cap(painter, font, cap, keys, theme.color("text3"))
            return cap.left() - px(8)
        gap = self.gaps.get(hit.entry.id)
        if gap is not None:
            room.setRight(self._gap(painter, room, gap) - px(6))
        text = detail_text(hit)
        spans = detail_spans(hit, text)
        font = theme.font("secondary")
        wide = QFontMetrics(font).horizontalAdvance(text) + px(2) * len(spans) + px(2)
        left = room.right() - wide
        self._marked(painter, QRect(left, rect.top(), wide + px(12), rect.height()), text, spans, font, "text3")
        return left

    def _gap(self, painter: QPainter, room: QRect, gap: TodayGap) -> int:
        """Paint when a checkpoint is next short, as a chip at the right; return where that begins."""
        theme, px = self._theme, self._theme.px
        day = gap.shift.on_date
        text = f"{weekday_text(day.weekday())} {shift_mark(gap.shift.mark)} {gap.post.heads}/{gap.post.desired}"
        painter.setFont(theme.font("secondary"))
        wide = painter.fontMetrics().horizontalAdvance(text) + px(12)
        chip = left_middle(room, QSize(wide, px(20)), room.right() - wide)
        fill, border, colour = tone_colours(theme, "red" if gap.red else "amber")
        box(painter, chip, fill, border, 3)
        painter.setPen(colour)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        return chip.left()

    def _marked(self, painter: QPainter, rect: QRect, text: str, spans: Sequence[Span], font: QFont, role: str) -> int:
        """Paint a line with spans marked and return how wide it is."""
        theme = self._theme
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([self._format(start, end) for start, end in spans])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(10_000)
        layout.endLayout()
        top = rect.top() + (rect.height() - line.height()) / 2
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(theme.color(role))
        layout.draw(painter, QPointF(rect.left(), top))
        low = top + line.ascent() + line.descent() * 0.75
        for start, end in spans:
            begin, stop = _x(line, start), _x(line, end)
            painter.fillRect(QRectF(rect.left() + begin, low, stop - begin, 2), theme.color("accentLine"))
        painter.restore()
        return round(line.naturalTextWidth())

    def _format(self, start: int, end: int) -> QTextLayout.FormatRange:
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.Bold)
        form.setForeground(self._theme.color("accentText"))
        found = QTextLayout.FormatRange()
        # PySide's stubs leave the fields of a format range out.
        found.start, found.length, found.format = start, end - start, form  # type: ignore[attr-defined]
        return found


def _x(line: QTextLine, position: int) -> float:
    """Return where a character of a line begins; PySide gives the pair that C++ fills in."""
    found: object = line.cursorToX(position)
    place = found[0] if isinstance(found, tuple) else found
    assert isinstance(place, (int, float))
    return float(place)


def pinyin_of(hit: Hit) -> tuple[str, list[Span]]:
    """Return the pinyin of a hit and the letters that were typed; a syllable that was begun has a capital."""
    words, spans, at = [], [], 0
    for syllable in hit.syllables:
        word = syllable.text.capitalize() if syllable.typed else syllable.text
        if syllable.typed:
            spans.append((at, at + syllable.typed))
        words.append(word)
        at += len(word) + 1
    return " ".join(words), spans


def detail_spans(hit: Hit, text: str) -> list[Span]:
    """Return what of a hit's detail was typed: a part of the code, or the last digits in sight of the telephone."""
    start, end = hit.code_span
    entry = hit.entry
    if end > start and text.startswith(entry.code):
        return [(start, end)]
    if hit.digits and entry.phone and entry.phone in text:
        last = text.index(entry.phone) + len(entry.phone)
        return [(last - min(hit.digits, 4), last)]
    return []
