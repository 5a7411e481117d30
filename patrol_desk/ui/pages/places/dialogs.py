"""The small dialogs of the page: unsaved edits, a new record, other checkpoints to copy with."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.services.finding.keys import matcher
from patrol_desk.services.places.rows import PlaceRow
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.itemmodels.rows import Column, RowsModel, tick_column
from patrol_desk.ui.pages.places.columns import demand_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.table import DataTable

Fields = Callable[[Callable[[], Mapping[str, Any]]], Sequence[Field]]
"""Gives the fields of a form, handed what gives the form's values."""
Save = Callable[[Mapping[str, Any]], Any]
"""Writes the values: a coroutine."""
Preview = Callable[[Sequence[PlaceRow]], str]
"""Gives what a choice of checkpoints does, in numbers."""


class Answer(Enum):
    """What to do with unsaved edits."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


async def ask_unsaved(host: QWidget, theme: Theme, name: str, what: str) -> Answer:
    """Ask what to do with unsaved edits of a place; `what` says how many."""
    dialog = Dialog(host, theme, width=560)
    dialog.setObjectName("unsaved")
    dialog.head(tr("{name}有改动没有保存", name=name))
    dialog.add(Label("body", what, wrap=True))
    save, discard, stay = Button(theme, "save", "primary", "Enter"), Button(theme), Button(theme, keys="Esc")
    for button, words, object_name in (
        (save, tr("保存"), "unsaved_save"),
        (discard, tr("不保存"), "unsaved_discard"),
        (stay, tr("继续修改"), "unsaved_stay"),
    ):
        button.setText(words)
        button.setObjectName(object_name)
    chosen: list[Answer] = []
    discard.clicked.connect(lambda: chosen.append(Answer.DISCARD))
    discard.clicked.connect(dialog.reject)
    stay.clicked.connect(dialog.reject)
    dialog.foot(save, discard, left=stay)
    dialog.first(save)
    accepted = await dialog.ask()
    return Answer.SAVE if accepted else (chosen or [Answer.STAY])[0]


class _WholeScroll(QScrollArea):
    """Asks for the height of all it holds, and scrolls where there is less."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        content, width = self.widget(), self.viewport().width()
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(super().sizeHint().width(), height)


class _FormDialog(Dialog):
    """A form that closes only when everything in it can be saved."""

    def __init__(self, host: QWidget, theme: Theme, fields: Fields, verb: str, icon: str) -> None:
        asked = fields(self._values)
        super().__init__(host, theme, width=560)
        self.setObjectName("new_record")
        self._error = Label("error", wrap=True)
        self._error.hide()
        self.form = Form(theme, asked, columns=1, label_width=84)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.px(8), 0)
        column.addWidget(self.form)
        column.addWidget(self._error)
        column.addStretch(1)
        self._scroll = _WholeScroll(content)
        self.add(self._scroll, 1)
        save, back = Button(theme, icon, "primary", "Ctrl+Enter"), Button(theme, keys="Esc")
        save.setText(verb)
        save.setObjectName("create")
        back.setText(tr("取消"))
        back.clicked.connect(self.reject)
        self.foot(save, back)

    def say_error(self, sentence: str) -> None:
        """Say what the service refused."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def refit(self) -> None:
        """Take the height of the fields and sentences that are shown now."""
        self._scroll.updateGeometry()
        self.fit()

    def _values(self) -> Mapping[str, Any]:
        return self.form.values()

    @override
    def accepting(self) -> bool:
        right = self.form.show_errors()
        self.refit()
        return right


async def make_record(
    desk: Desk, *, title: str, verb: str, fields: Fields, start: Mapping[str, Any], save: Save,
    fit: Callable[[Form], None] | None = None, icon: str = "plus",
) -> bool:  # fmt: skip
    """Ask for a new record until it is saved or given up; what was typed is kept when the service refuses it.

    `fit` shows and hides fields by what is typed; `icon` stands on the button that saves.
    """
    values, sentence = dict(start), ""
    while True:
        dialog = _FormDialog(desk.host, desk.theme, fields, verb, icon)
        dialog.head(title)
        dialog.form.set_values(values)
        if fit is not None:
            fit(dialog.form)
            dialog.form.changed.connect(lambda _key, form=dialog.form: fit(form))
        dialog.form.changed.connect(lambda _key, dialog=dialog: dialog.refit())
        dialog.say_error(sentence)
        # A closed dialog is freed before whoever awaits it goes on.
        dialog.finished.connect(lambda _accepted, form=dialog.form: values.update(form.values()))
        if not await dialog.ask():
            return False
        try:
            await save(values)
        except InvalidDataError as error:
            sentence = say(error.message)
        else:
            return True


class ChoosePlaces(Dialog):
    """A searchable list of checkpoints: one to copy from, or several, ticked, to copy to.

    Parameters
    ----------
    host, theme
        The window and its look.
    rows
        The checkpoints to choose from.
    several
        Whether several can be ticked.
    verb
        Gives what the button says to a number; None: that it copies.
    preview
        Gives what the choice does, in numbers.
    """

    def __init__(
        self, host: QWidget, theme: Theme, rows: Sequence[PlaceRow], *, several: bool,
        verb: Callable[[int], str] | None = None, preview: Preview | None = None,
    ) -> None:  # fmt: skip
        super().__init__(host, theme, width=560, height=520)
        self._verb, self._preview = verb, preview
        self.setObjectName("choose_places")
        self._several = several
        columns = choosing_columns()
        self.model: RowsModel[PlaceRow] = RowsModel([tick_column(), *columns] if several else columns, self)
        self.model.set_rows(rows)
        self.table = DataTable(theme)
        self.table.setObjectName("choose_table")
        self.table.setAccessibleName(tr("点位"))
        self.table.set_rows_model(self.model)
        self.search = SearchField(theme)
        self.search.setObjectName("choose_search")
        self.search.target = self.table
        self.table.search = self.search
        self.search.set_hint(tr("名称 / 拼音首字母 / 编号"))
        self._do = Button(theme, "copy" if verb is None else "plus", "primary", "Ctrl+Enter")
        back = Button(theme, keys="Esc")
        self._do.setObjectName("choose_do")
        back.setText(tr("取消"))
        back.clicked.connect(self.reject)
        self._like = Button(theme, "list-filter", small=True)
        self._like.setObjectName("choose_like")
        self._like.hide()
        self._told = Label("body", wrap=True)
        self._told.setObjectName("choose_told")
        if preview is None:
            self._told.hide()
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self._like)
        self.add_layout(top)
        self.add(self.table, 1)
        self.add(self._told)
        self.foot(self._do, back)
        self.first(self.search)
        self._connect()

    def offer_like(self, words: str, like: Callable[[PlaceRow], bool]) -> None:
        """Offer a button that ticks all checkpoints of a sort, or unticks them when all are ticked."""
        ids = [row.id for row in self.model.all_rows() if like(row)]
        self._like.setText(tr("{sort}（{count}）", sort=words, count=len(ids)))
        self._like.setEnabled(bool(ids))
        self._like.show()
        self._like.clicked.connect(lambda: self.model.ticks.toggle(ids))

    def chosen(self) -> list[PlaceRow]:
        """Return the ticked rows, or the one that has the focus."""
        if self._several:
            return [row for row in self.model.all_rows() if row.id in self.model.ticks]
        row = self.table.current_row()
        return [row] if isinstance(row, PlaceRow) else []

    def _connect(self) -> None:
        self.search.changed.connect(lambda text: self.model.filter(_wanted(text)))
        self.search.returnPressed.connect(self.accept)
        self.table.activated_row.connect(lambda _row: self.accept())
        self.table.current_row_changed.connect(lambda _row: self._say())
        self.model.ticks.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        count = len(self.chosen())
        if self._verb is not None:
            self._do.setText(self._verb(count))
        else:
            self._do.setText(tr("复制到 {count} 个点位", count=count) if self._several else tr("复制过来"))
        self._do.setEnabled(count > 0)
        if self._preview is not None:
            self._told.setText(self._preview(self.chosen()))

    @override
    def accepting(self) -> bool:
        return bool(self.chosen())


def choosing_columns() -> list[Column[PlaceRow]]:
    """Return the columns of the checkpoints to choose from."""
    return [
        Column("code", lambda: tr("编号"), 70, lambda row: row.code, lambda row: row.code, role="secondary"),
        Column(
            "name",
            lambda: tr("点位|head"),
            180,
            lambda row: row.name,
            lambda row: row.name,
            stretch=True,
        ),
        Column("community", lambda: tr("社区"), 90, lambda row: row.community, lambda row: row.community),
        Column("demand", lambda: tr("周需求"), 80, demand_text, lambda row: row.desired, align="right"),
    ]


def _wanted(text: str) -> Callable[[PlaceRow], bool]:
    found = matcher(text)
    return lambda row: found(row.search)
