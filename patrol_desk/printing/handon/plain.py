"""A squad's week as plain text, to paste into a messenger."""

from collections.abc import Iterator
from datetime import timedelta

from patrol_desk.messages import Language
from patrol_desk.printing.sheets.words import SheetWords
from patrol_desk.services.sheet_data import DAYS_OF_WEEK, PlanState, SquadWeekSheet

_STATES = {PlanState.DRAFT: "state_draft", PlanState.OUTDATED: "state_outdated"}
_ROLES = ("leader", "deputy")


def plain_week(sheet: SquadWeekSheet, language: Language = "zh") -> str:
    """Return the week by day, shift and place with the names; no number but the duty room's, whatever the profile."""
    return "\n".join(_lines(sheet, SheetWords(language))) + "\n"


def _lines(sheet: SquadWeekSheet, words: SheetWords) -> Iterator[str]:
    last = sheet.first_date + timedelta(days=DAYS_OF_WEEK - 1)
    span = words.word("range", first=words.day(sheet.first_date), last=words.day(last))
    yield words.word("text_title", squad=sheet.squad_name, week=sheet.week)
    yield span
    if sheet.version.state in _STATES:
        yield words.word("text_mark", mark=words.word(_STATES[sheet.version.state]))
    for number in range(DAYS_OF_WEEK):
        duties = list(_day(sheet, number, words))
        if duties:
            day = sheet.first_date + timedelta(days=number)
            yield ""
            yield words.word("text_day", weekday=words.weekday(day), month=day.month, day=day.day)
            yield from duties
    if not any(sheet.day_totals()):
        yield words.word("text_nobody")
    yield ""
    yield words.word("handed_version", number=sheet.version.number)
    yield words.word("handed_ring", station=sheet.station, phone=sheet.duty_phone)


def _day(sheet: SquadWeekSheet, number: int, words: SheetWords) -> Iterator[str]:
    """Yield a line for each shift and place of a day, in the order of the legend."""
    shifts = {shift.mark: (at, shift) for at, shift in enumerate(sheet.shifts)}
    places = {place.short_name: place.name for place in sheet.places}
    found: dict[tuple[int, str], list[str]] = {}
    for row in sheet.rows:
        name = row.name
        if row.role.value in _ROLES:
            name = words.word("text_role", name=name, role=words.word(f"role_{row.role.value}"))
        for duty in row.cells[number].duties:
            key = (shifts[duty.mark][0], places.get(duty.place_short, duty.place_short))
            found.setdefault(key, []).append(name)
    for (at, place), names in sorted(found.items()):
        shift = sheet.shifts[at]
        time = words.shift_time(shift)
        yield words.word("text_duty", shift=shift.name, time=time, place=place, names=names)
