"""What saving would do, in sentences under the demand grid."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.places.effects import DemandEffect, WeekEffect
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label

Sentence = tuple[str, str, str]
"""Icon, colour role, words."""


class EffectPanel(QFrame):
    """Says in numbers what the unsaved demand would do to the weeks that are planned.

    Parameters
    ----------
    theme
        Gives colours and icons.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._effect: DemandEffect | None = None
        self.setObjectName("effect")
        self.setProperty("panel", "sunken")
        self._title = Label("strong")
        self._lines: list[tuple[QWidget, QLabel, Label]] = []
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_effect(None)

    def show_effect(self, effect: DemandEffect | None) -> None:
        """Show what saving would do; None, because nothing is unsaved, hides the panel."""
        self._effect = effect
        self.setVisible(effect is not None)
        self._title.setText(tr("保存后会怎样"))
        sentences = [] if effect is None else sentences_of(effect)
        while len(self._lines) < len(sentences):
            self._add_line()
        for number, (holder, mark, words) in enumerate(self._lines):
            holder.setVisible(number < len(sentences))
            if number < len(sentences):
                icon, role, text = sentences[number]
                mark.setPixmap(self._theme.pixmap(icon, role, 14))
                words.setText(text)

    def text(self) -> str:
        """Return all sentences."""
        return "\n".join(words.text() for holder, _, words in self._lines if not holder.isHidden())

    def _add_line(self) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        mark, words = QLabel(), Label("secondary", wrap=True)
        row.addWidget(mark)
        row.addWidget(words, 1)
        self._column.addWidget(holder)
        self._lines.append((holder, mark, words))

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(16), px(8), px(12), px(8))
        self._column.setSpacing(px(3))
        if self._effect is not None:
            self.show_effect(self._effect)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_effect(self._effect)
        super().changeEvent(event)


def sentences_of(effect: DemandEffect) -> list[Sentence]:
    """Return the sentences about an effect."""
    found: list[Sentence] = []
    if effect.minimum or effect.desired:
        text = tr(
            "周需求：最低 {low} 人次，期望 {high} 人次", low=_signed(effect.minimum), high=_signed(effect.desired)
        )
        found.append(("calendar-range", "text2", text))
    if not effect.in_use:
        found.append(("pause", "text2", tr("此点不在启用状态，启用后才参加排班。")))
    elif not effect.weeks:
        found.append(("check", "text2", tr("本周和下周都没有排班受影响。")))
    for week in effect.weeks:
        found += _of_week(week)
    return found


def _of_week(effect: WeekEffect) -> list[Sentence]:
    name = week_text(Week.parse(effect.week))
    parts = []
    if effect.below_minimum:
        parts.append(tr("{count} 个班次将低于最低", count=effect.below_minimum))
    if effect.below_desired:
        parts.append(tr("{count} 个班次将低于期望", count=effect.below_desired))
    if effect.mended:
        parts.append(tr("{count} 个班次不再低于最低", count=effect.mended))
    if effect.spare:
        parts.append(tr("{count} 人次不再有席位", count=effect.spare))
    if not parts:
        parts.append(tr("剩余班次不受影响"))
    before, after = f"{effect.before:.1%}", f"{effect.after:.1%}"
    if before != after:
        parts.append(tr("覆盖率 {before} → {after}", before=before, after=after))
    text = tr("{week}：{parts}。", week=name, parts=tr("，|joint").join(parts))
    bad = effect.below_minimum or effect.spare
    icon, role = ("triangle-alert", "red") if bad else ("calendar-days", "text2")
    found = [(icon, role, text)]
    if effect.published and (bad or effect.below_desired or effect.mended):
        found.append(("printer", "text2", tr("{week}已发布：已发的小组表不变，改排后要再发布。", week=name)))
    return found


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)
