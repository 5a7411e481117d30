"""The panel at the right of a group: balance of skills, a transfer in numbers, and people without a group near by."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.people.squads import Change, Effect, GroupDetail, GroupLine, Level, MemberCard, effect_of
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.board import Block, Board
from patrol_desk.ui.pages.people.squads.words import (
    change_text,
    distance_text,
    level_icon,
    level_name,
    shortage_text,
    source_text,
)
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.sections import Section, line

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class BalanceBars(QWidget):
    """A bar per skill: what there is, with a mark where the week's need lies."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._levels: Sequence[Level] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_levels(self, levels: Sequence[Level]) -> None:
        """Show these levels."""
        self._levels = levels
        self.setAccessibleName(tr("技能平衡"))
        self.setAccessibleDescription(", ".join(f"{level_name(level)} {_figures(level)}" for level in levels))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(27) * max(len(self._levels), 1))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        most = max((max(level.have, level.need or 0) for level in self._levels), default=1) or 1
        for place, level in enumerate(self._levels):
            room = QRect(0, place * px(27), self.width(), px(27))
            tone = "amber" if level.short else "text2"
            painter.drawPixmap(0, room.y() + px(6), theme.pixmap(level_icon(level), "text2", 15))
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("text"))
            painter.drawText(QRect(px(22), room.y(), px(84), room.height()), _LEFT, level_name(level))
            bar = QRect(px(108), room.y() + px(10), self.width() - px(108) - px(56), px(7))
            painter.fillRect(bar, theme.color("line"))
            filled = QRect(bar.x(), bar.y(), bar.width() * level.have // most, bar.height())
            painter.fillRect(filled, theme.color("amberLine" if level.short else "accent"))
            if level.need is not None:
                x = bar.x() + bar.width() * level.need // most
                painter.fillRect(QRect(min(x, bar.right() - 1), bar.y() - px(3), 2, px(13)), theme.color("text"))
            painter.setFont(theme.font("body", bold=bool(level.short)))
            painter.setPen(theme.color(tone))
            painter.drawText(room, _RIGHT, _figures(level))
        painter.end()


def _figures(level: Level) -> str:
    return f"{level.have}/{level.need}" if level.need is not None else str(level.have)


class EffectTable(QWidget):
    """A transfer in numbers: both groups before and after."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setObjectName("transfer_effect")
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        """Keep room for the usual rows, so that what stands below does not move under a drag."""
        self.setMinimumHeight(self._theme.px(92))

    def forget(self) -> None:
        """Show nothing."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def show_effect(self, movers: Sequence[MemberCard], source: GroupLine | None, target: GroupLine | None) -> None:
        """Show what moving people from one group to another does; None: they have no group before or after."""
        self.forget()
        here = effect_of(source, movers, []) if source is not None else None
        there = effect_of(target, [], movers) if target is not None else None
        heads = ("", source.name if source else tr("未编组"), target.name if target else tr("未编组"))
        self._row(0, heads, "strong")
        self._row(1, (tr("人数"), _heads(here), _heads(there)))
        row = 2
        names: dict[str, str] = {}
        for effect in (here, there):
            names |= {change.level.key: level_name(change.level) for change in effect.changes} if effect else {}
        for key, name in names.items():
            found = [_change(effect, key) for effect in (here, there)]
            texts = [change_text(change) if change is not None else "—" for change in found]
            short = [place for place, change in enumerate(found, start=1) if change is not None and change.short]
            self._row(row, (name, texts[0], texts[1]), short=short)
            row += 1
        if len(movers) == 1:
            ways = [distance_text(effect.metres) if effect else "—" for effect in (here, there)]
            self._row(row, (tr("住处距离"), ways[0], ways[1]))

    def _row(self, row: int, words: tuple[str, str, str], role: str = "body", short: Sequence[int] = ()) -> None:
        for column, text in enumerate(words):
            label = ElidedLabel("muted" if not column else "warn" if column in short else role, text)
            self._grid.addWidget(label, row, column)
            label.show()


def _heads(effect: Effect | None) -> str:
    return f"{effect.before} → {effect.after}" if effect is not None else "—"


def _change(effect: Effect | None, key: str) -> Change | None:
    return next((change for change in effect.changes if change.level.key == key), None) if effect else None


class GroupSide(QFrame):
    """Balance, preview and people without a group.

    Parameters
    ----------
    theme
        Gives colours and sizes.

    Attributes
    ----------
    free
        The board of people without a group: they are dragged like members.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("panel", "line-left")
        self._theme = theme
        self._detail: GroupDetail | None = None
        self._movers = 0
        self._balance, self._preview, self._near = Section(theme), Section(theme), Section(theme)
        self._bars = BalanceBars(theme)
        self._short, self._source = Label("warn", wrap=True), Label("muted", wrap=True)
        self._effect = EffectTable(theme)
        self._hint = Label("secondary", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.free = Board(theme)
        self.free.setObjectName("free_people")
        for widget in (self._bars, self._short, self._source):
            self._balance.add(widget)
        self._preview.add(self._effect)
        self._preview.add(self._hint)
        self._near.add(self.free)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, section in enumerate((self._balance, self._preview, self._near)):
            if place:
                column.addWidget(line(theme))
            column.addWidget(section)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)
        self.retranslate()

    def show_group(self, detail: GroupDetail) -> None:
        """Show a group."""
        self._detail = detail
        self.free.kind = detail.line.kind
        self.free.show_blocks([Block("", detail.free)], detail.today)
        self.preview([], None, None)
        self.retranslate()

    def preview(self, movers: Sequence[MemberCard], source: GroupLine | None, target: GroupLine | None) -> None:
        """Show a transfer in numbers; nobody takes it away."""
        self._movers = len(movers)
        if movers:
            who = movers[0].row.name if len(movers) == 1 else tr("{count} 人", count=len(movers))
            where = target.name if target is not None else tr("未编组")
            self._preview.set_title(tr("{who} 转到 {where}", who=who, where=where), tr("预览"))
            self._effect.show_effect(movers, source, target)
            self._effect.show()
            self._hint.setMinimumHeight(0)
            self._hint.setText(tr("明日 00:00 起生效。已排的班次保留在原点位，已发布的周不变。"))
        else:
            self._preview.set_title(tr("转队预览"))
            self._effect.forget()
            self._effect.hide()
            # What stands below does not move when a drag begins: the hint has the room of table and sentence.
            self._hint.setMinimumHeight(self._effect.minimumHeight() + self._hint.fontMetrics().lineSpacing() * 2 + 6)
            self._hint.setText(tr("把人拖到左边的队上，或选中后按 M，先看两队的变化。"))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._balance.set_title(tr("技能平衡"), tr("现有 / 每周需要"))
        if not self._movers:
            self.preview([], None, None)
        detail = self._detail
        if detail is None:
            return
        self._bars.show_levels(detail.line.levels)
        self._short.setText(shortage_text(detail.line))
        self._short.set_role("warn" if any(level.short for level in detail.line.levels) else "secondary")
        self._short.setVisible(bool(self._short.text()))
        self._source.setText(source_text(detail.line.source))
        shown = len(detail.free)
        note = tr("近的 {count} 人，共 {total} 人", count=shown, total=detail.free_total) if shown else tr("没有")
        title = tr("未编组") if detail.line.kind == "squad" else tr("不在先莞队的人")
        self._near.set_title(title, note)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.free.update()
        super().changeEvent(event)
