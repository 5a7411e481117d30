"""The section of gaps: the list, the way to fill all that are below the minimum, and nothing when all is well."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.weeks import Week
from patrol_desk.services.today import TodayView
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.today.gap_list import BETWEEN, CARD, GapList
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from patrol_desk.services.today import TodayGap
    from patrol_desk.ui.pages.today.gap_model import Key

FEW = 4
"""Cards in sight until all are asked for."""


class GapSection(Section):
    """Gaps of the next 72 hours.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    fill_asked = Signal()
    """All gaps below the minimum shall be filled."""
    wider = Signal(bool)
    """All gaps shall be shown, or a few."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._look = theme
        self._view: TodayView | None = None
        self._all = False
        self._shown_room = 0
        self._expected: Key | None = None
        self.list = GapList(theme)
        self._none = Label("muted", wrap=True)
        self._more = Button(theme, kind="link")
        self._more.setObjectName("today_all_gaps")
        self._more.clicked.connect(self._toggle)
        self.add_right(self._more)
        self.add(self.list)
        self.add(self._none)
        self._fill = Button(theme, "zap")
        self._fill.setObjectName("today_fill_all")
        self._fill.clicked.connect(self.fill_asked.emit)
        self._hint = Label("muted")
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._fill)
        row.addWidget(self._hint)
        row.addStretch(1)
        self.add(self._foot)
        theme.changed.connect(self._fit)
        self.retranslate()

    def show_day(self, view: TodayView) -> None:
        """Show the gaps of a day; who was looked for is forgotten.

        The selection stays, or goes on to the gap below where that one is filled.
        """
        kept, place = self.list.selected(), self.list.currentIndex().row()
        self._view = view
        self.list.model_.show_gaps(view.gaps, view.now.date())
        if kept is not None and view.gaps:
            row = self.list.model_.row_of(kept.key)
            self.list.setCurrentIndex(self.list.model_.index(row if row >= 0 else min(place, len(view.gaps) - 1)))
        self.retranslate()
        self._fit()
        expected, self._expected = self._expected, None
        made = next((gap for gap in view.gaps if gap.key == expected), None)
        if made is not None:
            self.select(made)

    def expect(self, key: "Key") -> None:
        """Select a gap as soon as it is listed, if the next reading of the day has it: somebody has just left it."""
        self._expected = key

    def select(self, gap: "TodayGap") -> None:
        """Select a gap, bring it into sight and take the focus."""
        rows = self.list.model_
        row = rows.row_of(gap.key)
        if row >= 0:
            self.list.setCurrentIndex(rows.index(row))
            self.list.scrollTo(rows.index(row), GapList.ScrollHint.PositionAtTop)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def looked(self) -> None:
        """Say how many gaps can be filled, now that somebody has looked at all."""
        self._say_fill()

    def red_gaps(self) -> "Sequence[TodayGap]":
        """Return the gaps below the minimum."""
        return () if self._view is None else [gap for gap in self._view.gaps if gap.red]

    def set_room(self, pixels: int) -> None:
        """Say how high the panel is, for showing all gaps."""
        self._shown_room = pixels
        self._fit()

    def retranslate(self) -> None:
        """Set the words anew."""
        view = self._view
        red = 0 if view is None else view.red_gaps
        total = 0 if view is None else len(view.gaps)
        note = tr("未来 72 小时")
        self.set_title(tr("缺口与补位"), f"{note} · {tr('{count} 处低于最低', count=red)}" if red else note)
        self._more.setText(tr("收起") if self._all else tr("全部 {count} 处", count=total))
        self._more.setVisible(total > FEW)
        self._foot.setVisible(red > 0)
        self._say_fill()
        unplanned = view is not None and any(
            not state.number and state.week == Week.of(view.now.date()) for state in view.weeks
        )
        self._none.setText(
            tr("本周还没有排班；排好以后，缺口列在这里。") if unplanned else tr("未来 72 小时没有缺口。")
        )
        self._none.setVisible(view is not None and not total)
        self.list.setVisible(total > 0)

    def _say_fill(self) -> None:
        rows, red = self.list.model_, self.red_gaps()
        known = all(rows.found(gap) is not None for gap in red)
        able = sum(rows.best(gap) is not None for gap in red)
        count = able if known else len(red)
        self._fill.setText(tr("一键补位 {count} 处低于最低", count=count) if count else tr("一键补位"))
        if self._fill.hasFocus() and not count:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill.setEnabled(count > 0)
        self._hint.setText(tr("先预览，再确认") if able or not known else tr("都没有可安排的人"))

    def _toggle(self) -> None:
        self._all = not self._all
        self.retranslate()
        self._fit()
        self.wider.emit(self._all)

    def _fit(self) -> None:
        px, total = self._look.px, len(self.list.model_.gaps)
        each = px(CARD + BETWEEN)
        rows = total if self._all else min(total, FEW)
        room = max(FEW * each, self._shown_room - px(96)) if self._all else FEW * each
        self.list.setFixedHeight(min(rows * each, room))
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if self._all else policy.ScrollBarAlwaysOff)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
