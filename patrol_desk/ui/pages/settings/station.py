"""The station and its shifts: the form is saved with Ctrl+S, shifts are changed in a dialog each."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError, PatrolError
from patrol_desk.services.places import check_place_field
from patrol_desk.services.settings.access import edit_refusal
from patrol_desk.services.settings.station import (
    STATION_FIELDS,
    ShiftRow,
    StationSheet,
    create_shift,
    end_shift,
    read_station,
    update_shift,
    update_station,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import clock_text
from patrol_desk.ui.itemmodels.rows import RowsModel
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.places.dialogs import make_record
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.pages.settings.shift_table import end_text, shift_columns
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.confirm import confirm
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label
from patrol_desk.ui.widgets.sections import Section
from patrol_desk.ui.widgets.states import StateStack, state_button
from patrol_desk.ui.widgets.table import DataTable
from patrol_desk.ui.widgets.table_columns import ColumnKeeper

_SHIFT_FIELDS = ("code", "name", "mark", "start_minute", "length_minutes", "night")


def _checked(table: Any, field: str, value: object) -> str | None:  # noqa: ANN401  # one of `Table`, as `Field.check` asks
    message = check_place_field(field, value, table=table)
    return None if message is None else say(message)


def station_fields() -> tuple[Field, ...]:
    """Return the form of the station."""
    names = (lambda: tr("名称"), lambda: tr("镇街"), lambda: tr("值班电话"), lambda: tr("上级单位"))
    return tuple(
        Field(key, label, check=partial(_checked, "township", key), longest=60)
        for key, label in zip(STATION_FIELDS, names, strict=True)
    )


def shift_fields() -> tuple[Field, ...]:
    """Return the form of a shift."""
    check = partial(partial, _checked, "shift_patterns")
    return (
        Field("code", lambda: tr("编号"), check=check("code"), longest=30),
        Field("name", lambda: tr("名称"), check=check("name"), longest=60),
        Field(
            "mark", lambda: tr("简称|of a shift"), hint=lambda: tr("表格里代表这一班，一个字最好"),
            check=check("mark"), longest=4,
        ),
        Field("start_minute", lambda: tr("开始"), hint=lambda: tr("如 22:00"), check=check("start_minute"), longest=5),
        Field(
            "length_minutes", lambda: tr("时长（分钟）"), hint=lambda: tr("1 到 1440；过了零点算在开始那天"),
            check=check("length_minutes"), longest=4,
        ),
        Field("night", lambda: tr("夜班"), "check", words=lambda: tr("按夜班轮流，连续夜班的规则也算它")),
    )  # fmt: skip


class StationPart(Part):
    """The form above, the table of shifts below."""

    name: ClassVar[str] = "station"
    icon: ClassVar[str] = "building-2"
    saves: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self.sheet: StationSheet | None = None
        self.form = Form(theme, station_fields(), columns=2, label_width=84)
        self.form.setObjectName("station_form")
        self.form.changed.connect(lambda _key: self.dirty_changed.emit())
        self.locked = Banner(theme, "amber", "lock")
        self.locked.hide()
        self.free = True
        self._station, self._shifts = Section(theme), Section(theme)
        self._station.add(self.form)
        self._code = Label("muted")
        self._station.add(self._code)
        self._add, self._edit, self._end = (Button(theme, icon, small=True) for icon in ("plus", "pencil", "ban"))
        for button, name, run in (
            (self._add, "shift_add", self._new_shift),
            (self._edit, "shift_edit", self._edit_shift),
            (self._end, "shift_end", self._end_shift),
        ):
            button.setObjectName(name)
            button.clicked.connect(run)
            self._shifts.add_right(button)
        self.model: RowsModel[ShiftRow] = RowsModel(shift_columns(theme))
        self.table = DataTable(theme)
        self.table.setObjectName("shift_table")
        self.table.set_rows_model(self.model)
        ColumnKeeper(self.table, theme, desk.settings, "shifts")
        self.table.activated_row.connect(lambda _row: self._edit_shift())
        self.table.current_row_changed.connect(lambda _row: self._enable())
        self.states = StateStack(theme)
        self._lay_out()
        self.retranslate()

    @override
    def title(self) -> str:
        return tr("本站与班次")

    @override
    def words(self) -> Sequence[str]:
        shifts = () if self.sheet is None else tuple(row.name for row in self.sheet.shifts)
        return (tr("值班电话"), tr("上级单位"), tr("镇街"), tr("班次|of the station"), *shifts)

    # Reading

    @override
    def enter(self, target: Target | None) -> None:
        if self.sheet is None:
            self.run("station", self._read(), only=True)

    @override
    def on_changes(self, changes: ChangeSet) -> None:
        kinds = ("township", "shift_pattern", "demand")
        if self.sheet is not None and any(changes.touches(kind) for kind in kinds):
            self.run("station", self._read(), only=True)

    async def _read(self) -> None:
        self.states.loading()
        try:
            self.sheet = await self.desk.read(read_station)
        except PatrolError as error:
            again = state_button(self.desk.theme, tr("重新读取"), lambda: self.run("station", self._read(), only=True))
            self.states.error(say(error.message), again)
            return
        refused = edit_refusal(self.desk.actor)
        self.free = refused is None
        self.locked.setVisible(not self.free)
        self.locked.say("" if refused is None else say(refused))
        self._show(self.sheet)
        self.states.content()

    def _show(self, sheet: StationSheet) -> None:
        edits = {key: self.form.value(key) for key in self.form.dirty_keys()}
        card = sheet.card
        self.form.set_values({key: "" if card is None else getattr(card, key) for key in STATION_FIELDS})
        for key, value in edits.items():
            self.form.put(key, value)
        for key in STATION_FIELDS:
            self.form.set_field_enabled(key, card is not None and self.free)
        self.model.replace(sheet.shifts)
        if sheet.shifts and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._say_code()
        self._enable()
        self.dirty_changed.emit()

    def _enable(self) -> None:
        free = self.free
        chosen = self.table.current_row() is not None
        self._add.setEnabled(free)
        self._edit.setEnabled(free and chosen)
        self._end.setEnabled(free and chosen)

    def _say_code(self) -> None:
        card = None if self.sheet is None else self.sheet.card
        self._code.setText("" if card is None else tr("区划代码 {code}，由民政部门编定，不在这里改。", code=card.code))

    @override
    def retranslate(self) -> None:
        self._station.set_title(tr("本站"))
        self._shifts.set_title(tr("班次|of the station"), tr("班次属于开始那天；跨零点的标“次日”"))
        self._add.setText(tr("新增班次"))
        self._edit.setText(tr("修改"))
        self._end.setText(tr("停用"))
        self.table.setAccessibleName(tr("班次|of the station"))
        self._say_code()

    # The station

    @override
    def dirty(self) -> int:
        return len(self.form.dirty_keys())

    @override
    def fault(self) -> str:
        return next(iter(self.form.errors().values()), "") if self.form.dirty_keys() else ""

    @override
    def may_save(self) -> bool:
        return self.dirty() > 0 and not self.fault()

    @override
    async def save(self) -> bool:
        if not self.may_save() or self.sheet is None or self.sheet.card is None:
            return not self.dirty()
        values = {key: self.form.value(key) for key in self.form.dirty_keys()}
        card = self.sheet.card
        try:
            await self.desk.write(tr("改本站资料"), update_station, card.row_version, values)
        except (ConcurrentChangeError, InvalidDataError) as error:
            self.desk.tell(say(error.message), "warn")
            self.run("station", self._read(), only=True)
            return False
        self.form.set_values(self.form.values())
        self.dirty_changed.emit()
        self.desk.tell(tr("已保存本站资料"), "ok")
        return True

    @override
    def discard(self) -> None:
        card = None if self.sheet is None else self.sheet.card
        if card is not None:
            self.form.set_values({key: getattr(card, key) for key in STATION_FIELDS})
        self.dirty_changed.emit()

    # Shifts

    def _new_shift(self) -> None:
        self.run("shift", self._ask_shift(None))

    def _edit_shift(self) -> None:
        row = self.table.current_row()
        if isinstance(row, ShiftRow) and self._edit.isEnabled():
            self.run("shift", self._ask_shift(row))

    def _end_shift(self) -> None:
        row = self.table.current_row()
        if isinstance(row, ShiftRow):
            self.run("shift", self._ask_end(row))

    async def _ask_shift(self, row: ShiftRow | None) -> None:
        async def save(values: Mapping[str, Any]) -> None:
            wanted = {**values, "night": tr("是|yes") if values["night"] else tr("否|no")}
            if row is None:
                await self.desk.write(tr("新增班次 {name}", name=values["name"]), create_shift, wanted)
            else:
                step = tr("修改班次 {name}", name=row.name)
                await self.desk.write(step, update_shift, row.id, row.row_version, wanted)

        start = {"length_minutes": "240", "start_minute": "08:00"} if row is None else _shift_values(row)
        title = tr("新增班次") if row is None else tr("修改班次 {name}", name=row.name)
        if row is not None and row.demands:
            used = tr("{places} 个点位的 {count} 条需求用它", places=row.places, count=row.demands)
            title = f"{title} · {used}"
        try:
            await make_record(
                self.desk, title=title, verb=tr("新增班次") if row is None else tr("保存"), save=save, start=start,
                fields=lambda _others: shift_fields(), icon="plus" if row is None else "save",
            )  # fmt: skip
        except ConcurrentChangeError as error:
            self.desk.tell(say(error.message), "warn")

    async def _ask_end(self, row: ShiftRow) -> None:
        sentences = [
            tr("{name} {start}–{end}：{places} 个点位的 {count} 条需求一起停用。", name=row.name,
               start=clock_text(row.start_minute), end=end_text(row), places=row.places, count=row.demands),
            tr("草稿里这一班的人将没有席位；已发布的版本不变。"),
            tr("记录都保留。这一步可以撤销。"),
        ]  # fmt: skip
        title = tr("停用 {name}？", name=row.name)
        if not await confirm(self.desk.host, self.desk.theme, title, sentences, tr("停用班次"), danger=True):
            return
        try:
            count = await self.desk.write(tr("停用班次 {name}", name=row.name), end_shift, row.id, row.row_version)
        except ConcurrentChangeError as error:
            self.desk.tell(say(error.message), "warn")
        else:
            self.desk.tell(tr("已停用 {name}，连同 {count} 条需求", name=row.name, count=count), "ok")

    def _lay_out(self) -> None:
        self._shifts.add(self.table, 1)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.locked)
        column.addWidget(self._station)
        column.addWidget(self._shifts, 1)
        self.states.hold(held)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.states)


def _shift_values(row: ShiftRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "mark": row.mark,
        "start_minute": clock_text(row.start_minute),
        "length_minutes": str(row.length_minutes),
        "night": row.night,
    }
