"""Specimens with duties that break a rule of the station's own, knowingly."""

from dataclasses import replace
from datetime import date, datetime, time

from patrol_desk.models import OverrideReason
from patrol_desk.services.planning.overrides import DutyKey, Overridden
from patrol_desk.services.printed.footnotes import Footnotes
from patrol_desk.services.printed.posts import SignInSheet
from patrol_desk.services.sheet_data import SquadWeekSheet
from patrol_desk.storage.reads.rows import PatternRow
from tests.printing import specimens, specimens_of_kinds

FRIDAY = date(2026, 11, 27)
EVENING = PatternRow("E", "E", "晚班", "晚", 1080, 240, False)
AT = datetime.combine(date(2026, 11, 25), time(14, 26))


def footnotes() -> Footnotes:
    """Return the footnotes of two people in one evening."""
    said = {"p1": ("rest", "day_cap"), "p2": ("reach",)}
    overrides: dict[DutyKey, tuple[Overridden, ...]] = {
        (person, "c", "E", FRIDAY): tuple(
            Overridden(rule, OverrideReason.WILLING, "本人电话同意", "周以恒", AT) for rule in rules
        )
        for person, rules in said.items()
    }
    return Footnotes(overrides, {"E": EVENING})


def squad_week() -> SquadWeekSheet:
    """Return the ordinary sheet with one duty marked."""
    sheet, notes = specimens.ordinary(), footnotes()
    first, *rest = sheet.rows
    day = next(number for number, cell in enumerate(first.cells) if cell.duties)
    duty, *others = first.cells[day].duties
    marked = replace(duty, note=notes.mark("p1", "c", "E", FRIDAY, first.name))
    cells = list(first.cells)
    cells[day] = replace(cells[day], duties=(marked, *others))
    return replace(sheet, rows=(replace(first, cells=tuple(cells)), *rest), footnotes=notes.all)


def sign_in() -> SignInSheet:
    """Return the sign-in sheet with two people marked."""
    sheet, notes = specimens_of_kinds.sign_in(), footnotes()
    shift, *others = sheet.shifts
    one, two, *rest = shift.manning.people
    people = (
        replace(one, mark=notes.mark("p1", "c", "E", FRIDAY, one.name)),
        replace(two, mark=notes.mark("p2", "c", "E", FRIDAY, two.name)),
        *rest,
    )
    marked = replace(shift, manning=replace(shift.manning, people=people))
    return replace(sheet, shifts=(marked, *others), footnotes=notes.all)
