"""Holidays and make-up workdays: a year at a glance, its days in a table, both editable."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.services.places import check_place_field
from patrol_desk.services.settings.access import edit_refusal, import_refusal
from patrol_desk.services.settings.holidays import HolidayRow, read_holidays, remove_holiday, save_holiday
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import full_day_text
from patrol_desk.ui.itemmodels.rows import Column, RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.pages.settings.taking import take_in
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.confirm import confirm
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker
from patrol_desk.ui.widgets.forms import Field
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section
from patrol_desk.ui.widgets.states import StateStack, state_button
from patrol_desk.ui.widgets.table import DataTable
from patrol_desk.ui.widgets.table_columns import ColumnKeeper
from patrol_desk.ui.widgets.year_view import DayLook, YearView


def kind_words(row: HolidayRow) -> str:
    """Return whether a day is off or a make-up workday."""
    return tr("调休上班") if row.workday else tr("放假")


def sure_words(row: HolidayRow) -> str:
    """Return whether a day is announced or only estimated."""
    return tr("已公布") if row.announced else tr("估计")


def day_look(row: HolidayRow) -> DayLook:
    """Return how a day is painted in the year."""
    words = f"{row.name} {kind_words(row)}" + ("" if row.announced else tr("，估计"))
    if row.workday:
        return DayLook(words, tr("班|mark"), frame="text2", dashed=not row.announced)
    return DayLook(words, tr("休|mark"), "accentText", "accentSoft", dashed=not row.announced)


COLUMNS: tuple[Column[HolidayRow], ...] = (
    Column("day", lambda: tr("日期|head"), 150, lambda row: full_day_text(row.on_date), lambda row: row.on_date),
    Column("name", lambda: tr("名称"), 140, lambda row: row.name, lambda row: row.name, role="strong", stretch=True),
    Column("kind", lambda: tr("类别"), 136, kind_words, kind_words),
    Column(
        "sure", lambda: tr("已公布 / 估计"), 150, sure_words, sure_words,
        chip=lambda row: "plain" if row.announced else "amber",
    ),
)  # fmt: skip


def _checked(field: str, value: object) -> str | None:
    message = check_place_field(field, value, table="holidays")
    return None if message is None else say(message)


def holiday_fields() -> tuple[Field, ...]:
    """Return the form of a day."""
    return (
        Field("on_date", lambda: tr("日期|head"), "date", check=partial(_checked, "on_date")),
        Field("name", lambda: tr("名称"), check=partial(_checked, "name"), longest=60),
        Field(
            "kind", lambda: tr("类别"), "choice",
            choices=lambda: (("holiday", tr("放假")), ("make_up_workday", tr("调休上班"))),
        ),
        Field(
            "announced", lambda: tr("已公布"), "check", words=lambda: tr("国务院或市里已公布；没有公布的先按估计排"),
        ),
    )  # fmt: skip


class HolidaysPart(Part):
    """The year above, its days below."""

    name: ClassVar[str] = "holidays"
    icon: ClassVar[str] = "calendar"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.picker: Picker = FilePicker()
        self.days: tuple[HolidayRow, ...] | None = None
        self.year = desk.now.year
        self.locked = Banner(theme, "amber", "lock")
        self.locked.hide()
        self.free = True
        self._section, self._list = Section(theme), Section(theme)
        self._earlier, self._later = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        self._earlier.clicked.connect(lambda: self.show_year(self.year - 1))
        self._later.clicked.connect(lambda: self.show_year(self.year + 1))
        self._take = Button(theme, "upload", small=True)
        self._take.setObjectName("holidays_import")
        self._take.clicked.connect(self._import)
        for button in (self._earlier, self._later, self._take):
            self._section.add_right(button)
        self.view = YearView(theme, desk.now.date(), lambda year: tr("{year} 年的节假日", year=year))
        self.view.opened.connect(self._open_day)
        self._legend = Label("muted", wrap=True)
        self._section.add(self.view, 1)
        self._section.add(self._legend)
        self._add, self._edit, self._remove = (
            Button(theme, icon, small=True) for icon in ("plus", "pencil", "trash-2")
        )
        for button, name, run in (
            (self._add, "holiday_add", self._new_day),
            (self._edit, "holiday_edit", self._edit_day),
            (self._remove, "holiday_remove", self._remove_day),
        ):
            button.setObjectName(name)
            button.clicked.connect(run)
            self._list.add_right(button)
        self.model: RowsModel[HolidayRow] = RowsModel(COLUMNS)
        self.table = DataTable(theme)
        self.table.setObjectName("holiday_table")
        self.table.set_rows_model(self.model)
        ColumnKeeper(self.table, theme, desk.settings, "holidays")
        self.table.activated_row.connect(lambda _row: self._edit_day())
        self.table.current_row_changed.connect(lambda _row: self._enable())
        self.states = StateStack(theme)
        self._lay_out()
        self.retranslate()

    @override
    def title(self) -> str:
        return tr("节假日")

    @override
    def words(self) -> Sequence[str]:
        names = () if self.days is None else tuple(dict.fromkeys(row.name for row in self.days))
        return (tr("放假"), tr("调休上班"), *names)

    # Reading

    @override
    def enter(self, target: Target | None) -> None:
        if self.days is None:
            self.run("holidays", self._read(), only=True)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        if self.days is not None and changes.touches("holiday"):
            self.run("holidays", self._read(), only=True)

    async def _read(self) -> None:
        self.states.loading()
        try:
            self.days = await self.desk.read(read_holidays)
        except PatrolError as error:
            again = state_button(self.desk.theme, tr("重新读取"), lambda: self.run("holidays", self._read(), only=True))
            self.states.error(say(error.message), again)
            return
        refused = edit_refusal(self.desk.actor)
        self.free = refused is None
        self.locked.setVisible(not self.free)
        self.locked.say("" if refused is None else say(refused))
        self.states.content()
        self.show_year(self.year)

    def show_year(self, year: int) -> None:
        """Show the days of a year."""
        self.year = year
        days = [row for row in self.days or () if row.on_date.year == year]
        self.view.show_year(year, lambda: {row.on_date: day_look(row) for row in days})
        self.model.replace(days)
        if days and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._enable()
        self.retranslate()

    def _enable(self) -> None:
        free = self.free
        chosen = self.table.current_row() is not None
        self._add.setEnabled(free)
        self._edit.setEnabled(free and chosen)
        self._remove.setEnabled(free and chosen)
        refused = import_refusal(self.desk.actor)
        self._take.setEnabled(refused is None)
        self._take.setToolTip("" if refused is None else say(refused))

    @override
    def retranslate(self) -> None:
        days = [row for row in self.days or () if row.on_date.year == self.year]
        guessed = sum(not row.announced for row in days)
        off = sum(not row.workday for row in days)
        note = tr(
            "放假 {off} 天，调休上班 {work} 天，其中估计 {guessed} 天", off=off, work=len(days) - off, guessed=guessed
        )
        self._section.set_title(tr("{year} 年", year=self.year), note if days else tr("这一年还没有，可导入或逐天新增"))
        self._earlier.set_name(tr("上一年"))
        self._later.set_name(tr("下一年"))
        self._take.setText(tr("导入年度安排"))
        self._legend.setText(tr("蓝底放假，方框调休上班，虚线是估计；方向键走，Enter 新增或修改那一天。"))
        self._list.set_title(tr("这一年的日子"))
        self._add.setText(tr("新增一天"))
        self._edit.setText(tr("修改"))
        self._remove.setText(tr("删去"))
        self.table.setAccessibleName(tr("{year} 年的节假日", year=self.year))

    # Days

    def _new_day(self) -> None:
        self.run("holiday", self._ask(None, self.view.day))

    def _open_day(self, day: date) -> None:
        row = next((each for each in self.days or () if each.on_date == day), None)
        if self._add.isEnabled():
            self.run("holiday", self._ask(row, day))

    def _edit_day(self) -> None:
        row = self.table.current_row()
        if isinstance(row, HolidayRow) and self._edit.isEnabled():
            self.run("holiday", self._ask(row, row.on_date))

    def _remove_day(self) -> None:
        row = self.table.current_row()
        if isinstance(row, HolidayRow):
            self.run("holiday", self._ask_remove(row))

    async def _ask(self, row: HolidayRow | None, day: date) -> None:
        async def save(values: Mapping[str, Any]) -> None:
            wanted = {**values, "announced": tr("是|yes") if values["announced"] else tr("否|no")}
            name = str(values["name"])
            if row is None:
                await self.desk.write(tr("新增节假日 {name}", name=name), save_holiday, wanted)
            else:
                step = tr("修改节假日 {name}", name=name)
                await self.desk.write(step, save_holiday, wanted, row.id, row.row_version)

        start: dict[str, Any] = {"on_date": day, "kind": "holiday", "announced": True, "name": ""}
        if row is not None:
            kind = "make_up_workday" if row.workday else "holiday"
            start.update(name=row.name, kind=kind, announced=row.announced)
        title = tr("新增一天") if row is None else tr("修改 {name}", name=row.name)
        try:
            await make_record(
                self.desk, title=title, verb=tr("新增一天") if row is None else tr("保存"), save=save, start=start,
                fields=lambda _others: holiday_fields(), icon="plus" if row is None else "save",
            )  # fmt: skip
        except ConcurrentChangeError as error:
            self.desk.tell(say(error.message), "warn")

    async def _ask_remove(self, row: HolidayRow) -> None:
        sentences = [
            tr("{day} 不再是“{name}”，按平常的日子排班和轮流。", day=full_day_text(row.on_date), name=row.name),
            tr("这一步可以撤销。"),
        ]
        title = tr("删去 {name}？", name=row.name)
        if await confirm(self.desk.host, self.desk.theme, title, sentences, tr("删去这一天"), danger=True):
            try:
                await self.desk.write(tr("删去节假日 {name}", name=row.name), remove_holiday, row.id, row.row_version)
            except ConcurrentChangeError as error:
                self.desk.tell(say(error.message), "warn")

    def _import(self) -> None:
        self.run("take", take_in(self.desk, self.picker, "holidays", tr("导入年度安排")))

    def _lay_out(self) -> None:
        self._list.add(self.table, 1)
        self.table.setMinimumHeight(6 * self.desk.theme.row("table"))
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.locked)
        column.addWidget(self._section, 3)
        column.addWidget(self._list, 2)
        self.states.hold(held)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.states)
