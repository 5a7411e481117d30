"""What a run is asked: the mode, the hard rules it keeps, how long, which seed."""

from secrets import randbelow
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from patrol_desk.common.weeks import Week
from patrol_desk.engine.options import SolveOptions
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.planning.mode_cards import ModeCards
from patrol_desk.ui.pages.planning.rule_switches import RuleSwitches
from patrol_desk.ui.pages.planning.texts import asked_text
from patrol_desk.ui.pages.planning.weights import Weights
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section, line

if TYPE_CHECKING:
    from patrol_desk.services.planning.live import HardRule
    from patrol_desk.services.rules import RuleBook

LIMITS: Final = (None, 30, 60, 180, 300, 600)
"""Seconds a run may take; None lets the size of the problem decide the number of moves."""
WIDTH: Final = (304, 272)
"""Of the panel, and when compact."""


class SetupPanel(QFrame):
    """The left panel.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    """

    mode_changed = Signal(str)
    squads_asked = Signal()
    """Among which squads shall be planned is to be chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.squads: frozenset[str] = frozenset()
        self.setProperty("panel", "surface")
        self.modes = ModeCards(theme)
        self.modes.choose("gaps")
        self.modes.changed.connect(self.mode_changed)
        self._mode_part, self._rule_part = Section(theme), Section(theme)
        self._mode_part.add(self.modes)
        self._rule_note = Label("muted", wrap=True)
        self.rules = RuleSwitches(theme)
        self.rules.changed.connect(self._say_asked)
        self._rule_part.add(self.rules)
        self._rule_part.add(self._rule_note)
        self.reset_asked = Button(theme, "rotate-ccw", "link", small=True)
        self.reset_asked.setObjectName("plan_asked_reset")
        self.reset_asked.clicked.connect(self.ask_nothing)
        self._rule_part.add(self.reset_asked)
        self._weight_part = Section(theme)
        self.weights = Weights(theme)
        self._weight_part.add(self.weights)
        self.reset_weights = Button(theme, "rotate-ccw", "link", small=True)
        self.reset_weights.setObjectName("plan_weights_reset")
        self._weight_part.add_right(self.reset_weights)
        self.edit_rules = Button(theme, "settings", "link", small=True)
        self.edit_rules.setObjectName("plan_rules")
        self._rule_part.add_right(self.edit_rules)
        self._build_foot()
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def options(self) -> SolveOptions:
        """Return what the run is asked for."""
        limit = LIMITS[self.limit.currentIndex()]
        return SolveOptions(seed=int(self.seed.text() or 0), time_limit=None if limit is None else float(limit))

    def offer_seed(self, week: Week) -> None:
        """Set the seed that belongs to a week."""
        self.seed.setText(f"{week.year}{week.number:02d}")

    def asked(self) -> tuple[dict[str, str], frozenset[str]]:
        """Return what is asked of the next run only: rules with their strengths, ids of squads."""
        return self.rules.asked(), self.squads

    def ask_nothing(self) -> None:
        """Plan by the township's rules, and among all squads."""
        self.rules.reset()
        self.choose_squads(frozenset())

    def choose_squads(self, squads: frozenset[str]) -> None:
        """Plan only among some squads; none are all."""
        self.squads = squads
        self._say_asked()

    def show_rules(self, rules: "tuple[HardRule, ...]") -> None:
        """Show the hard rules in force."""
        self.rules.show_rules(rules)
        self._say_asked()

    def set_busy(self, busy: bool) -> None:
        """Lock the questions while a run is under way."""
        for part in (self.modes, self.rules, self.squad_button, self.reset_asked, self.limit, self.seed, self.dice):
            part.setEnabled(not busy)

    def allow_weights(self, allowed: bool) -> None:
        """Let the weights be changed, or not while a run or its result depends on them."""
        self.weights.setEnabled(allowed)
        self.reset_weights.setEnabled(allowed and self.weights.is_set)

    def show_book(self, book: "RuleBook") -> None:
        """Show what the township cares about."""
        self.weights.show_book(book)
        self.rules.show_book(book)
        self._say_asked()
        self.reset_weights.setEnabled(self.weights.isEnabled() and self.weights.is_set)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._mode_part.set_title(tr("方式"))
        self._rule_part.set_title(tr("必须遵守"), tr("硬规则"))
        self._weight_part.set_title(tr("尽量做到"))
        self.reset_weights.setText(tr("恢复默认|plan"))
        self.edit_rules.setText(tr("改规则"))
        self.weights.retranslate()
        self.rules.retranslate()
        self.reset_asked.setText(tr("还原"))
        self._squad_words.setText(tr("小组|列"))
        self.modes.retranslate()
        self._limit_words.setText(tr("最长时间"))
        self._seed_words.setText(tr("种子"))
        self.seed.setAccessibleName(tr("种子"))
        self.limit.setAccessibleName(tr("最长时间"))
        self.dice.set_name(tr("换一个种子"))
        held = max(self.limit.currentIndex(), 0)
        self.limit.clear()
        self.limit.addItems([_limit_text(limit) for limit in LIMITS])
        self.limit.setCurrentIndex(held)
        self._say_asked()
        self._say_note()
        self._fit()

    def _say_asked(self) -> None:
        """Say what holds for the next run only."""
        rules, squads = self.asked()
        text = tr("数值来自本站的规则表。改了哪条，只管这一次编排。")
        if rules or squads:
            text = tr("本次：{what}。只管这一次，会记在版本里。", what=asked_text(len(rules), len(squads)))
        self._rule_note.setText(text)
        self._rule_note.setProperty("tone", "amber" if rules or squads else "")
        self._rule_note.style().unpolish(self._rule_note)
        self._rule_note.style().polish(self._rule_note)
        self.reset_asked.setVisible(bool(rules or squads))
        words = tr("只排 {count} 个小组", count=len(squads)) if squads else tr("全部小组")
        self.squad_button.setText(words)
        self.squad_button.setAccessibleName(words)

    def _say_note(self) -> None:
        if LIMITS[max(self.limit.currentIndex(), 0)] is None:
            self._note.setText(tr("同样的数据、规则、种子和步数，结果完全一致。"))
        else:
            self._note.setText(tr("到时间就停并保留当前最好；再排一次结果可能略有不同。"))

    def _build_foot(self) -> None:
        self._limit_words, self._seed_words = Label("secondary"), Label("secondary")
        self._squad_words = Label("secondary")
        self.squad_button = Button(self._theme, "users")
        self.squad_button.setObjectName("plan_squads")
        self.squad_button.clicked.connect(self.squads_asked)
        self.limit, self.seed = QComboBox(), QLineEdit()
        self.limit.setObjectName("plan_limit")
        self.seed.setObjectName("plan_seed")
        self.limit.addItems([""] * len(LIMITS))
        self.limit.currentIndexChanged.connect(lambda _place: self._say_note())
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9]{0,9}"), self.seed))
        self.dice = IconButton(self._theme, "dice-5", "plain")
        self.dice.setObjectName("plan_dice")
        self.dice.clicked.connect(lambda: self.seed.setText(str(randbelow(10**8))))
        self._note = Label("muted", wrap=True)

    def _lay_out(self) -> None:
        content = QFrame()
        content.setProperty("panel", "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._mode_part)
        column.addWidget(line(self._theme))
        column.addWidget(self._rule_part)
        column.addWidget(line(self._theme))
        column.addWidget(self._weight_part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self._scroll = scroll
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        self._foot = QVBoxLayout(foot)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._squad_words, 0, 0)
        grid.addWidget(self.squad_button, 0, 1, 1, 2)
        grid.addWidget(self._limit_words, 1, 0)
        grid.addWidget(self.limit, 1, 1, 1, 2)
        grid.addWidget(self._seed_words, 2, 0)
        grid.addWidget(self.seed, 2, 1)
        grid.addWidget(self.dice, 2, 2)
        grid.setColumnStretch(1, 1)
        self._foot.addLayout(grid)
        self._foot.addWidget(self._note)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(WIDTH[self._theme.compact]))
        self._foot.setContentsMargins(px(16), px(10), px(12), px(10))
        self._foot.setSpacing(px(6))
        self._fit()

    def _fit(self) -> None:
        """Keep the sections' heads within the panel, beside its bar."""
        room = self.width() - self._scroll.verticalScrollBar().sizeHint().width()
        for part in (self._rule_part, self._weight_part):
            part.fit(room)


def _limit_text(limit: int | None) -> str:
    if limit is None:
        return tr("按规模自动")
    if limit < 60:
        return tr("{count} 秒", count=limit)
    return tr("{count} 分钟", count=limit // 60)
