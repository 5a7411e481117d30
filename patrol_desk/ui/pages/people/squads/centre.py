"""A group's page in the middle: head, tabs, its members as cards, and its tables."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.models import SquadRole
from patrol_desk.services.people.squads import GroupDetail, MemberCard
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.board import Block, Board
from patrol_desk.ui.pages.people.squads.head import GroupHead
from patrol_desk.ui.pages.people.squads.tables import GroupTables
from patrol_desk.ui.pages.people.squads.words import level_name, shortage_text
from patrol_desk.ui.pages.people.tabs import Tabs
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import ElidedLabel, Kbd, Label
from patrol_desk.ui.widgets.segmented import Segmented

MOST_VACANCIES = 4
"""So many vacancies are drawn; the heading says how many there are."""


class GroupCentre(QFrame):
    """The middle.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    editable
        Whether the group may be changed.
    """

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self.setProperty("panel", "line-left")
        self._theme = theme
        self._detail: GroupDetail | None = None
        self.head = GroupHead(theme, editable=editable)
        self.tabs = Tabs(theme)
        self.tabs.setObjectName("group_tabs")
        self.board = Board(theme)
        self.board.setObjectName("members")
        self.order = Segmented(theme, small=True)
        self.order.setObjectName("member_order")
        self.tables = GroupTables(theme, self)
        self._stack = QStackedWidget()
        self._note, self._undo = ElidedLabel("muted"), Label("muted")
        self._lay_out()
        self.tabs.changed.connect(self._show_tab)
        self.order.changed.connect(lambda _key: self._show_members())
        self.retranslate()

    def _lay_out(self) -> None:
        members = QWidget()
        rows = QVBoxLayout(members)
        rows.setContentsMargins(16, 8, 14, 12)
        rows.setSpacing(2)
        rows.addWidget(self.order, 0, Qt.AlignmentFlag.AlignRight)
        rows.addWidget(self.board)
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(members)
        self._stack.addWidget(area)
        for view in self.tables.views.values():
            self._stack.addWidget(view)
        foot = QFrame()
        foot.setProperty("panel", "line-top")
        foot.setFixedHeight(self._theme.px(32))
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 12, 0)
        row.addWidget(self._note, 1)
        row.addWidget(Kbd("Ctrl+Z"))
        row.addWidget(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)

    def show_group(self, detail: GroupDetail) -> None:
        """Show a group."""
        other = self._detail is None or self._detail.line.id != detail.line.id
        self._detail = detail
        self.board.kind = detail.line.kind
        self.head.show_group(detail)
        self.tables.show_group(detail)
        if other:
            self.board.let_go()
        self._name_tabs()
        self._show_members()

    def _show_members(self) -> None:
        detail = self._detail
        if detail is None:
            return
        squad = detail.line.kind == "squad"
        heads = [card for card in detail.members if card.role is not SquadRole.MEMBER]
        others = sorted((card for card in detail.members if card.role is SquadRole.MEMBER), key=self._rank)
        title = tr("组员  {count} 人", count=len(others)) if squad else tr("队员  {count} 人", count=len(others))
        if detail.line.vacancies:
            title += " · " + tr("空缺 {count}", count=detail.line.vacancies)
        blocks = [Block(tr("带班") if heads else tr("带班：还没有组长"), tuple(heads))]
        blocks.append(Block(title, tuple(others), self._vacancies(detail)))
        self.board.show_blocks(blocks, detail.today)

    def _rank(self, card: MemberCard) -> tuple[object, ...]:
        row = card.row
        by = self.order.chosen()
        if by == "skill":
            return (-len(row.skills), tuple(skill.code for skill in row.skills), row.sort_name)
        if by == "load":
            return (-row.duties, -row.minutes, row.sort_name)
        return (row.sort_name, row.code)

    def _vacancies(self, detail: GroupDetail) -> tuple[tuple[str, str], ...]:
        """Return a suggestion per vacancy: whatever is shortest comes first."""
        short = sorted((level for level in detail.line.levels if level.short), key=lambda level: -level.short)
        found = []
        for place in range(min(detail.line.vacancies, MOST_VACANCIES)):
            if short:
                level = short[place % len(short)]
                head = tr("建议{name}", name=level_name(level))
                why = tr("现有 {have} 人，每周需要 {need} 人", have=level.have, need=level.need or 0)
            else:
                head, why = tr("不限技能"), shortage_text(detail.line) or tr("按编制还缺人")
            found.append((head, why))
        return tuple(found)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(["members", *self.tables.views].index(key))

    def _name_tabs(self) -> None:
        count = len(self._detail.members) if self._detail is not None else 0
        self.tabs.set_tabs(
            [
                ("members", tr("成员 {count}", count=count), 0),
                ("proofs", tr("技能与证件"), self.tables.expiring()),
                ("hours", tr("执勤与工时"), 0),
                ("changes", tr("成员变动"), 0),
            ]
        )

    def retranslate(self) -> None:
        """Set the words of the current language."""
        choices = (("name", tr("按姓名"), None), ("skill", tr("按技能"), None), ("load", tr("按负荷"), None))
        self.order.set_choices(choices)
        self._note.setText(tr("方格是本周班次 · km 是住处到集合点 · 转队次日生效，以前的名册不变"))
        self._undo.setText(tr("撤销转队"))
        self.tables.retranslate()
        self._name_tabs()
        self._show_members()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
