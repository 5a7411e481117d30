"""Squads and response teams: list, one in full, and what moving people does, side by side."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.models import SquadRole
from patrol_desk.services.people import Choices, PersonRow
from patrol_desk.services.people.squads import GroupDetail, GroupLine, effect_of, group_detail, list_groups
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.squads.acting import GroupActions
from patrol_desk.ui.pages.people.squads.board import Board
from patrol_desk.ui.pages.people.squads.centre import GroupCentre
from patrol_desk.ui.pages.people.squads.form_acts import ask_given_back, give_back, import_forms, print_forms
from patrol_desk.ui.pages.people.squads.forms import FormsBanner
from patrol_desk.ui.pages.people.squads.ghost import Ghost
from patrol_desk.ui.pages.people.squads.left import GroupColumn
from patrol_desk.ui.pages.people.squads.side import GroupSide
from patrol_desk.ui.pages.people.squads.words import effect_text, role_text
from patrol_desk.ui.widgets.states import StateStack, state_button

LIST: Final = 336
SIDE: Final = 292
_Act = Callable[[GroupDetail, Choices | None], Coroutine[object, object, object]]
SHOWN = frozenset(
    {
        "squad", "response_team", "squad_membership", "team_membership", "person", "certificate", "availability",
        "demand", "checkpoint", "skill", "assignment", "plan_version", "leave", "attendance", "community",
        "printed_sheet", "form_answer", "person_pause",
    }
)  # fmt: skip
"""Tables that the view shows something of."""


class SquadsView(QWidget):
    """The view of groups.

    Parameters
    ----------
    desk
        The open station.
    editable
        Whether people may be moved.

    Attributes
    ----------
    counted
        Sent with how many groups there are.
    members_wanted
        Sent with the group whose people are to be shown in the list.
    """

    counted = Signal(int)
    members_wanted = Signal(object)

    def __init__(self, desk: Desk, *, editable: bool) -> None:
        super().__init__()
        self.setObjectName("squads_view")
        self.desk, self._editable = desk, editable
        self.detail: GroupDetail | None = None
        self.choices: Choices | None = None
        self._rows: Sequence[PersonRow] = ()
        self._wanted = ""
        self.left, self.centre, self.side = (
            GroupColumn(desk.theme), GroupCentre(desk.theme, editable=editable), GroupSide(desk.theme),
        )  # fmt: skip
        self.list = self.left.list
        self.forms = FormsBanner(desk.theme, editable=editable)
        self.states = StateStack(desk.theme)
        self.acts = GroupActions(desk)
        self._ghost = Ghost(desk.theme, self)
        self._lay_out()
        self._connect()
        desk.theme.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        body = QFrame()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left)
        row.addWidget(self.centre, 1)
        row.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.forms)
        column.addWidget(self.states, 1)
        self.states.content(body)

    def _restyle(self) -> None:
        px = self.desk.theme.px
        compact = self.desk.theme.compact
        self.left.setFixedWidth(px(LIST - 12 if compact else LIST))
        self.side.setFixedWidth(px(SIDE))

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self.centre.board.setFocus)
        self.left.new_wanted.connect(self.new)
        head = self.centre.head
        head.edit_wanted.connect(lambda: self._with(self.acts.edit))
        head.close_wanted.connect(lambda: self._with(self.acts.close))
        head.print_wanted.connect(lambda: self._with(self._print))
        head.list_wanted.connect(lambda: self.members_wanted.emit(self.detail.line) if self.detail else None)
        head.back_wanted.connect(lambda: self._with(self._give_back))
        self.forms.only_wanted.connect(self.left.only_waited)
        self.left.cleared.connect(lambda: self.forms.only.setChecked(False))
        self.forms.print_wanted.connect(lambda: print_forms(self.desk, [one.code for one in self.forms.lines()]))
        self.forms.import_wanted.connect(lambda: import_forms(self.desk))
        self.forms.back_wanted.connect(lambda: self._start(ask_given_back(self.desk, self.forms.lines())))
        self.centre.board.vacancy_chosen.connect(self._recruit)
        for board in (self.centre.board, self.side.free):
            board.opened.connect(lambda card: self.desk.go(Target("people", card.id)))
            board.chosen_changed.connect(lambda board=board: self._only(board))
            if self._editable:
                board.dragged.connect(lambda point, board=board: self._drag(board, point))
                board.dropped.connect(lambda point, board=board: self._drop(board, point))
                board.drag_cancelled.connect(self._let_go)
                board.move_wanted.connect(lambda board=board: self._start(self._ask_move(board)))
                board.menu_wanted.connect(lambda point, board=board: self._menu(board, point))

    def _start(self, work: Coroutine[object, object, object], exclusive: str = "") -> None:
        self.desk.tasks.start(exclusive or "people.squads", work, owner=self, exclusive=exclusive)

    def _with(self, act: _Act) -> None:
        if self.detail is not None:
            self._start(act(self.detail, self.choices))

    # Reading

    def read(self, wanted: str = "") -> None:
        """Read everything, and go to a group if one is named."""
        self._wanted = wanted or self._wanted
        self._start(self._read(), "people.groups")

    def print_request(self) -> PrintRequest | None:
        """Return the group in view as what is to be printed."""
        if self.detail is None or self.detail.line.kind != "squad":
            return None
        return PrintRequest(self.desk.week, (self.detail.line.id,))

    async def _read(self) -> None:
        if not self.list.groups.lines():
            self.states.loading()
        try:
            lines = await self.desk.read(list_groups, self.desk.week)
        except PatrolError as error:
            self.states.error(say(error.message), state_button(self.desk.theme, tr("再试一次"), self.read))
            return
        wanted, self._wanted = self._wanted, ""
        self.left.show_lines(lines)
        self.forms.show_lines(lines)
        self.counted.emit(len(lines))
        if not lines:
            words = tr("还没有队伍。可新建一个，或从表格导入。")
            button = state_button(self.desk.theme, tr("新建队伍"), self.new, "plus") if self._editable else None
            self.states.empty("users", words, button)
            return
        self.states.content()
        self._go_to(wanted)

    def _go_to(self, wanted: str) -> None:
        """Go to a group that was asked for, whatever is looked for, else stay at the one in view if it is listed."""
        if wanted and self.list.groups.place_of(wanted) is None:
            self.left.clear()
        group_id = wanted or (self.detail.line.id if self.detail is not None else "")
        if not self.list.go_to(group_id) and self.list.groups.shown():
            self.list.go_to(self.list.groups.shown()[0].id)
        elif self.detail is not None and self.detail.line.id == group_id:
            line = self.list.line()
            if line is not None:
                self._choose(line)

    def set_people(self, rows: Sequence[PersonRow], choices: Choices | None) -> None:
        """Take the people of the list, by whom groups are found."""
        self._rows, self.choices = rows, choices
        keys: Iterable[tuple[str, str]] = (
            (group, row.search)
            for row in rows
            if not row.retired
            for group in (row.squad.id if row.squad else "", row.team_id)
            if group
        )
        self.list.groups.set_members(keys)

    def on_changes(self, changes: ChangeSet) -> None:
        """Read again what a write touched."""
        if any(changes.touches(kind) for kind in SHOWN):
            self.read()

    def _choose(self, line: GroupLine) -> None:
        self._start(self._read_group(line), "people.group")

    async def _read_group(self, line: GroupLine) -> None:
        try:
            detail = await self.desk.read(group_detail, line.kind, line.id, self.desk.week)
        except ConcurrentChangeError:
            self.read()
            return
        self.detail = detail
        self.centre.show_group(detail)
        self.side.show_group(detail)

    # Moving

    def _only(self, board: Board) -> None:
        """Let the other board choose nobody."""
        other = self.side.free if board is self.centre.board else self.centre.board
        if board.chosen() and other.has_chosen():
            other.let_go()

    def _source(self, board: Board) -> GroupLine | None:
        return self.detail.line if self.detail is not None and board is self.centre.board else None

    def _target(self, board: Board, point: QPoint) -> GroupLine | None:
        """Return the group under the pointer that people of a board can go to."""
        found = self.list.line_under(point)
        source = self._source(board)
        if found is None and source is None and self.centre.rect().contains(self.centre.mapFromGlobal(point)):
            found = self.detail.line if self.detail is not None else None
        return None if found is None or (source is not None and found.id == source.id) else found

    def _drag(self, board: Board, point: QPoint) -> None:
        movers = board.chosen()
        target = self._target(board, point)
        self._ghost.follow(movers, point)
        if target is None:
            self.list.mark("")
            self.side.preview([], None, None)
            return
        source = self._source_for(board, target)
        self.list.mark(target.id, effect_text(effect_of(target, [], movers)))
        self.side.preview(movers, source, target)

    def _source_for(self, board: Board, target: GroupLine) -> GroupLine | None:
        """Return what they leave: a squad for a squad, nothing when a squad's member joins a response team."""
        source = self._source(board)
        return source if source is not None and source.kind == target.kind else None

    def _let_go(self) -> None:
        self._ghost.hide()
        self.list.mark("")
        self.side.preview([], None, None)

    def _drop(self, board: Board, point: QPoint) -> None:
        movers, target = board.chosen(), self._target(board, point)
        self._let_go()
        if target is not None and movers:
            self._start(self.acts.move(movers, target.kind, target))

    async def _ask_move(self, board: Board) -> None:
        movers = board.chosen()
        if movers:
            await self.acts.ask_move(movers, self._source(board), self.list.groups.lines())

    def _menu(self, board: Board, point: QPoint) -> None:
        card, detail = board.current(), self.detail
        if card is None or detail is None:
            return
        menu = QMenu(self)
        menu.setObjectName("member_menu")
        menu.aboutToHide.connect(menu.deleteLater)
        theme = self.desk.theme
        menu.addAction(theme.icon("arrow-left-right"), tr("转到…"), lambda: self._start(self._ask_move(board)))
        if board is self.centre.board:
            for role in SquadRole:
                if role is not card.role:
                    words = tr("设为{role}", role=role_text(role, detail.line.kind))
                    menu.addAction(theme.icon("star" if role is SquadRole.LEADER else "user"), words,
                                   lambda role=role: self._start(self.acts.set_role(detail, card, role)))  # fmt: skip
            menu.addAction(theme.icon("x"), tr("移出本队"), lambda: self._start(self._take_out(board)))
        menu.addAction(theme.icon("user-round"), tr("打开人员"), lambda: self.desk.go(Target("people", card.id)))
        menu.popup(point)

    async def _take_out(self, board: Board) -> None:
        if self.detail is not None:
            await self.acts.move(board.chosen(), self.detail.line.kind, None)

    def _recruit(self) -> None:
        if self._editable and self.detail is not None:
            self._start(self.acts.recruit(self.detail, self._rows))

    # The rest

    def new(self) -> None:
        """Make a new group, of the kind of the one in view."""
        if self._editable and self.choices is not None:
            self._start(self._new())

    def enrol(self) -> None:
        """Make a whole organisation a squad."""
        if self._editable and self.choices is not None:
            self._start(self._enrol(self.choices))

    async def _enrol(self, choices: Choices) -> None:
        made = await self.acts.enrol(choices)
        if made:
            self.read(made)

    async def _new(self) -> None:
        kind = self.detail.line.kind if self.detail is not None else "squad"
        if self.choices is not None:
            made = await self.acts.create(self.choices, kind)
            if made:
                self.read(made)

    async def _print(self, detail: GroupDetail, _choices: object) -> None:
        from patrol_desk.ui.dialogs.printing.dialog import open_print

        del detail
        open_print(self.desk, self.print_request())

    async def _give_back(self, detail: GroupDetail, _choices: object) -> None:
        await give_back(self.desk, [detail.line])

    def focus(self) -> None:
        """Give the list the focus."""
        self.list.setFocus()
