"""The table of the squad's week: measured rows, and how they are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from patrol_desk.printing.layout.builder import PageBuilder
from patrol_desk.printing.layout.flow import Piece, draw_box
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.layout.tree import Area, Panel
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import Columns, Density
from patrol_desk.printing.sheets.words import shown_phone
from patrol_desk.services.sheet_data import DayCell, Duty, MemberRole, PrivacyProfile, SheetRow, SquadWeekSheet

HEAD_HEIGHT = 9.6
_ROW_AIR = 0.9
_CELL_PAD = 1.2
_AFTER_BOX = 1.2
_LEAVE_STRIP = 4.4
_CHANGED_BAR = 1.2
_HATCH_PITCH = 2.4
_HATCH_WIDTH = 0.09


@dataclass(frozen=True, slots=True)
class DutyPlan:
    """One duty, measured: its box, the place (and note) beside it, the height it takes."""

    box: Piece
    place: Fitted
    note: Fitted | None
    height: float


@dataclass(frozen=True, slots=True)
class CellPlan:
    """One day of one person, measured."""

    duties: tuple[DutyPlan, ...]
    leave: Fitted | None

    @property
    def height(self) -> float:
        """Height of the duties, and of the leave's strip beneath them."""
        strip = _LEAVE_STRIP if self.leave is not None and self.duties else 0.0
        return sum(duty.height for duty in self.duties) + strip


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One person's row, measured."""

    number: Fitted
    name: Fitted
    role: Piece | None
    skills: Fitted
    phone: Fitted
    cells: tuple[CellPlan, ...]
    total: Fitted
    changed: bool
    height: float


class WeekTable:
    """Measures and draws the rows of one sheet at one density.

    Parameters
    ----------
    sheet
        The sheet.
    press
        What it is set with.
    density
        How close the rows stand.
    """

    def __init__(self, sheet: SquadWeekSheet, press: Press, density: Density) -> None:
        self.sheet = sheet
        self.density = density.scaled(press.scale)
        self.columns: Columns = style.columns(press, with_phone=sheet.profile is not PrivacyProfile.PUBLIC)
        self.head_height = press.mm(HEAD_HEIGHT)
        self._words = press.words
        self._set = press
        self._boxes: dict[tuple[str, bool], Piece] = {}
        self._cells: dict[DayCell, CellPlan] = {}

    def measure(self) -> list[RowPlan]:
        """Return the rows of the sheet in order."""
        return [self._row(row) for row in self.sheet.rows]

    def _row(self, row: SheetRow) -> RowPlan:
        sizes = self.density.sizes
        role = self._role(row.role)
        name_room = self.columns.skills - self.columns.name - 2 * style.PAD - (role.width if role else 0.0)
        name = self._set.fit(row.name, name_room, (*sizes, 7.0), bold=True)
        skills = self._skills(row.skills)
        phone = self._set.fit(shown_phone(row.phone, self.sheet.profile), self._set.mm(25.0), (*sizes, 7.0))
        cells = tuple(self._cell(cell) for cell in row.cells)
        tallest = max(name.height, skills.height, phone.height, *(cell.height for cell in cells))
        return RowPlan(
            number=self._set.line(str(row.number), sizes[0]),
            name=name,
            role=role,
            skills=skills,
            phone=phone,
            cells=cells,
            total=self._set.line(str(row.total), sizes[0]),
            changed=row.changed,
            height=max(self.density.row, tallest + _ROW_AIR),
        )

    def _role(self, role: MemberRole) -> Piece | None:
        if role is MemberRole.MEMBER:
            return None
        text = self._set.line(self._words.word(f"role_{role.value}"), min(8.25, self.density.sizes[0] - 0.75))
        return Piece(text, "framed", (text.width + 1.4, min(4.1, self.density.row - 1.0)))

    def _skills(self, marks: Sequence[str]) -> Fitted:
        """Return the marks with dots between them if these fit, else without."""
        room = self.columns.phone - self.columns.skills - style.PAD
        sizes = (self.density.sizes[-2], 7.5)
        dotted = self._set.fit("·".join(marks) if marks else "—", room, sizes)
        return dotted if len(dotted.lines) == 1 else self._set.fit("".join(marks), room, (*sizes, 7.0))

    def _cell(self, cell: DayCell) -> CellPlan:
        plan = self._cells.get(cell)
        if plan is None:
            leave = self._set.line(self._words.word("leave"), 8.25) if cell.on_leave else None
            plan = self._cells[cell] = CellPlan(tuple(self._duty(duty) for duty in cell.duties), leave)
        return plan

    def _duty(self, duty: Duty) -> DutyPlan:
        width = self.columns.day(0)[1]
        room = width - _CELL_PAD - self.density.box - _AFTER_BOX - 0.6
        place = self._set.fit(duty.place_short, room, (*self.density.sizes, 7.0))
        note = self._set.fit(duty.note, room, (7.5, 7.0)) if duty.note else None
        text = place.height + (note.height if note else 0.0)
        return DutyPlan(self._box(duty.mark, night=duty.is_night), place, note, max(self.density.duty, text + 0.5))

    def _box(self, mark: str, *, night: bool) -> Piece:
        key = (mark, night)
        if key not in self._boxes:
            side = self.density.box
            text = self._set.fit(mark, side - 0.4, self.density.sizes, bold=True)
            self._boxes[key] = Piece(text, "black" if night else "framed", (side, side - 0.4))
        return self._boxes[key]

    def draw_heads(self, builder: PageBuilder, top: float) -> float:
        """Draw the column heads and return where they end."""
        words, columns = self._words, self.columns
        bottom = top + self.head_height
        builder.shade(Area(columns.number, top, columns.right - columns.number, self.head_height), style.SHADE)
        heads = [
            (columns.number, columns.name, "head_number"),
            (columns.name, columns.skills, "head_name"),
            (columns.skills, columns.phone, "head_skills"),
            (columns.total, self.columns.right, "head_total"),
        ]
        if columns.phone < columns.days[0]:
            heads.append((columns.phone, columns.days[0], "head_phone"))
        for left, right, code in heads:
            room = Area(left, top, right - left, self.head_height).inset(0.8)
            builder.text(self._set.fit(words.word(code), room.width, style.BODY, bold=True), room, align="centre")
        for index in range(style.DAYS):
            self._draw_day_head(builder, index, top)
        builder.across(self.columns.number, self.columns.right, top, style.HAIR)
        builder.across(self.columns.number, self.columns.right, bottom, style.HAIR)
        return bottom

    def _draw_day_head(self, builder: PageBuilder, index: int, top: float) -> None:
        left, width = self.columns.day(index)
        day = self.sheet.first_date + timedelta(days=index)
        upper = Area(left, top + 0.6, width, self._set.mm(4.6))
        builder.text(self._set.line(self._words.weekday(day), style.BODY[0], bold=True), upper, align="centre")
        lower = Area(left, upper.bottom, width, self._set.mm(3.8))
        builder.text(self._set.line(f"{day.month:02d}-{day.day:02d}", style.BODY[1]), lower, align="centre")

    def draw_row(self, builder: PageBuilder, plan: RowPlan, top: float) -> float:
        """Draw one row and return where it ends."""
        columns, height = self.columns, plan.height

        def room(left: float, right: float, pad: float = 0.4) -> Area:
            return Area(left, top, right - left, height).inset(pad)

        builder.text(plan.number, room(columns.number, columns.name), align="centre")
        name = room(columns.name, columns.skills, style.PAD)
        builder.text(plan.name, Area(name.x, top, plan.name.width, height))
        if plan.role is not None:
            width, tall = plan.role.box
            left = min(name.x + plan.name.width + 1.4, name.right - width)
            draw_box(builder, plan.role, Area(left, top + (height - tall) / 2, width, tall))
        builder.text(plan.skills, room(columns.skills, columns.phone), align="centre")
        if columns.phone < columns.days[0]:
            builder.text(plan.phone, room(columns.phone, columns.days[0]), align="centre")
        for index, cell in enumerate(plan.cells):
            left, width = columns.day(index)
            self._draw_cell(builder, cell, Area(left, top, width, height))
        builder.text(plan.total, room(columns.total, self.columns.right), align="centre")
        if plan.changed:
            builder.panel(Panel(Area(self.columns.number - _CHANGED_BAR - 0.6, top, _CHANGED_BAR, height), fill=1.0))
        builder.across(self.columns.number, self.columns.right, top + height, style.HAIR)
        return top + height

    def _draw_cell(self, builder: PageBuilder, plan: CellPlan, area: Area) -> None:
        y = area.y + (area.height - plan.height) / 2
        for duty in plan.duties:
            self._draw_duty(builder, duty, Area(area.x + _CELL_PAD, y, area.width - _CELL_PAD, duty.height))
            y += duty.height
        if plan.leave is not None:
            strip = Area(area.x, y, area.width, area.bottom - y) if plan.duties else area
            _draw_leave(builder, plan.leave, strip)

    def _draw_duty(self, builder: PageBuilder, plan: DutyPlan, area: Area) -> None:
        width, height = plan.box.box
        draw_box(builder, plan.box, Area(area.x, area.y + (area.height - height) / 2, width, height))
        left = area.x + width + _AFTER_BOX
        text = plan.place.height + (plan.note.height if plan.note else 0.0)
        room = Area(left, area.y + (area.height - text) / 2, area.right - left, plan.place.height)
        builder.text(plan.place, room)
        if plan.note is not None:
            builder.text(plan.note, Area(left, room.bottom, room.width, plan.note.height))

    def draw_verticals(self, builder: PageBuilder, top: float, bottom: float, *, totals: float = 0.0) -> None:
        """Draw the vertical rules; in the totals' row, of the given height, only those between figures."""
        for x in self.columns.edges:
            outer = x in (self.columns.number, self.columns.right) or x >= self.columns.days[0]
            builder.down(x, top, bottom + (totals if outer else 0.0), style.HAIR)

    def draw_totals(self, builder: PageBuilder, top: float, height: float) -> float:
        """Draw the row of the days' totals and return where it ends."""
        builder.shade(Area(self.columns.number, top, self.columns.right - self.columns.number, height), style.SHADE)
        label = Area(self.columns.number, top, self.columns.days[0] - self.columns.number, height).inset(style.PAD)
        size = self.density.sizes
        builder.text(self._set.fit(self._words.word("day_totals"), label.width, size, bold=True), label)
        totals = self.sheet.day_totals()
        for index, total in enumerate(totals):
            left, width = self.columns.day(index)
            room = Area(left, top, width, height)
            builder.text(self._set.line(str(total), size[0], bold=True), room, align="centre")
        last = Area(self.columns.total, top, self.columns.right - self.columns.total, height)
        builder.text(self._set.line(str(sum(totals)), size[0], bold=True), last, align="centre")
        builder.across(self.columns.number, self.columns.right, top + height, style.HAIR)
        return top + height

    def draw_nobody(self, builder: PageBuilder, top: float) -> float:
        """Draw the row of a squad without members and return where it ends."""
        room = Area(self.columns.number, top, self.columns.right - self.columns.number, self.density.row)
        text = self._set.fit(self._words.word("nobody"), room.width - 4.0, self.density.sizes)
        builder.text(text, room, align="centre")
        builder.across(self.columns.number, self.columns.right, room.bottom, style.HAIR)
        return room.bottom


def _draw_leave(builder: PageBuilder, text: Fitted, area: Area) -> None:
    """Hatch the area around the word, which stays on white paper."""
    builder.text(text, area, align="centre")
    width, height = text.width + 2.0, min(area.height, text.height)
    left, top = area.x + (area.width - width) / 2, area.y + (area.height - height) / 2
    around = (
        Area(area.x, area.y, area.width, top - area.y),
        Area(area.x, top, left - area.x, height),
        Area(left + width, top, area.right - left - width, height),
        Area(area.x, top + height, area.width, area.bottom - top - height),
    )
    for part in around:
        if part.height > 0:
            builder.hatch(part, _HATCH_PITCH, _HATCH_WIDTH)
