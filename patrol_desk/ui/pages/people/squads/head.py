"""The head of a group's page: name, code, place, organisation, and what can be done with it."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout
from typing_extensions import override

from patrol_desk.services.people.squads import GroupDetail
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.squads.words import form_text
from patrol_desk.ui.pages.people.words import hours_text, listed
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.fitting import shorten_to_fit
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, SquadTick


class GroupHead(QFrame):
    """Who the group is.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    editable
        Whether it may be changed.

    Attributes
    ----------
    print_wanted, edit_wanted, close_wanted, list_wanted, back_wanted
        Sent by the buttons and the menu.
    """

    print_wanted = Signal()
    edit_wanted = Signal()
    close_wanted = Signal()
    list_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._theme = theme
        self._editable = editable
        self._detail: GroupDetail | None = None
        self._tick = SquadTick(theme, 0)
        self._name = ElidedLabel("object")
        self._name.setObjectName("group_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._code = ElidedLabel("muted")
        self._place = Chip(theme)
        self._form = Chip(theme, "amber")
        self._form.setObjectName("group_form")
        self._line = ElidedLabel("secondary")
        self._line.setObjectName("group_line")
        self._print = Button(theme, "printer", "ghost")
        self._print.setObjectName("group_print")
        self._edit = Button(theme, "pencil", "ghost")
        self._edit.setObjectName("group_edit")
        self._more = IconButton(theme, "ellipsis")
        self._more.setObjectName("group_more")
        self.menu = QMenu(self)
        self.menu.setObjectName("group_menu")
        self._lay_out()
        self._print.clicked.connect(self.print_wanted)
        self._edit.clicked.connect(self.edit_wanted)
        self._more.clicked.connect(lambda: self.menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft())))
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        for widget in (self._tick, self._name, self._code, self._place):
            first.addWidget(widget)
        first.setStretch(first.indexOf(self._code), 1)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addLayout(first)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._form)
        second.addWidget(self._line, 1)
        words.addLayout(second)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 6)
        row.setSpacing(6)
        row.addLayout(words, 1)
        for button in (self._print, self._edit, self._more):
            row.addWidget(button)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            # The name first: it is as long as its squad's people know it.
            self._name.setMinimumWidth(min(self._name.sizeHint().width(), self._theme.px(110)))
            shorten_to_fit(self, (self._print, self._edit))
        return super().event(event)

    def show_group(self, detail: GroupDetail) -> None:
        """Show a group."""
        self._detail = detail
        self.retranslate()

    def retranslate(self) -> None:
        """Set the words of the current language."""
        detail = self._detail
        self._more.set_name(tr("更多"))
        self._edit.setText(tr("改编制"))
        self._print.setText(tr("打印小组表"))
        self.menu.clear()
        self.menu.addAction(self._theme.icon("list-filter"), tr("在名册里看这些人"), self.list_wanted.emit)
        if self._editable and detail is not None and detail.line.form_out is not None:
            self.menu.addAction(self._theme.icon("inbox"), tr("征集表已交回"), self.back_wanted.emit)
        if self._editable:
            squad = detail is None or detail.line.kind == "squad"
            words = tr("撤销这个小组") if squad else tr("撤销这支先莞队")
            self.menu.addAction(self._theme.icon("x", "red"), words, self.close_wanted.emit)
        self._edit.setVisible(self._editable)
        if detail is not None:
            self._show(detail)

    def _show(self, detail: GroupDetail) -> None:
        group = detail.line
        self._tick.setVisible(group.kind == "squad")
        self._tick.set_colour(group.colour)
        self._print.setVisible(group.kind == "squad")
        self._name.setText(group.name)
        self._name.updateGeometry()
        words = [group.code]
        if detail.founded_on is not None:
            words.append(tr("{day} 成立", day=detail.founded_on))
        self._code.setText(" · ".join(words))
        self._place.set_text(group.place)
        self._place.setVisible(bool(group.place))
        self._form.set_text(form_text(group))
        self._form.setVisible(group.form_out is not None)
        self._line.setText(self._facts(detail))

    def _facts(self, detail: GroupDetail) -> str:
        facts = []
        if detail.places:
            facts.append(tr("常去 {places}", places=listed(list(detail.places))))
        if detail.line.organisation:
            facts.append(tr("{name}整建制加入", name=detail.line.organisation))
        facts.append(tr("近 30 天 {hours} 小时", hours=hours_text(detail.minutes)))
        return " · ".join(facts)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
