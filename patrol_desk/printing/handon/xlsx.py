"""The squad's week and the availability form as workbooks, laid out like the sheets."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta

from patrol_desk.messages import Language
from patrol_desk.printing.handon.book import PLAIN, STRONG, TITLE, Book, Look, Page
from patrol_desk.printing.sheets.words import SheetWords, shown_phone
from patrol_desk.services.handon.data import AvailabilityBook, FormLine
from patrol_desk.services.handon.filled import form_headings, preference_word, preference_words
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.sheet_data import (
    DAYS_OF_WEEK,
    DayCell,
    MemberRole,
    PlanState,
    PrivacyProfile,
    SheetRow,
    SquadWeekSheet,
)

Told = Callable[[int, int], None]
"""Called with how many sheets of a workbook are done, and of how many."""


def told_to_nobody(_done: int, _total: int) -> None:
    """Tell nobody."""


_STATES = {PlanState.DRAFT: "state_draft", PlanState.OUTDATED: "state_outdated"}
_CENTRED = Look(centre=True)
_KEY = Look(fill="shade")
_TOTAL = Look(bold=True, centre=True, fill="shade")


def week_book(sheets: Sequence[SquadWeekSheet], language: Language = "zh", told: Told = told_to_nobody) -> bytes:
    """Return a workbook with a sheet for each squad's week; numbers are shown by each sheet's profile.

    `told` is called before each sheet with how many are done, and may raise to stop the work.
    """
    words, book = SheetWords(language), Book()
    for done, sheet in enumerate(sheets):
        told(done, len(sheets))
        _week_page(book, sheet, words)
    first = sheets[0]
    title = words.word("document_title", title=words.word("title", township=first.township), week=first.week)
    return book.content(title, first.station, first.printed_at)


def _week_page(book: Book, sheet: SquadWeekSheet, words: SheetWords) -> None:
    phones = sheet.profile is not PrivacyProfile.PUBLIC
    widths = (5.0, 14.0, 8.0, 8.0, *((14.0,) if phones else ()), *(13.0,) * DAYS_OF_WEEK, 6.0)
    page = book.page(sheet.squad_name, widths)
    page.line(words.word("title", township=sheet.township), TITLE)
    leader = sheet.leader_name or words.word("leader_none")
    span = words.word(
        "range", first=words.day(sheet.first_date), last=words.day(sheet.first_date + timedelta(days=DAYS_OF_WEEK - 1))
    )
    page.line(f"{words.word('squad')}{sheet.squad_name}　{words.word('leader')}{leader}　{sheet.week}　{span}", STRONG)
    if sheet.version.state in _STATES:
        page.line(words.word(_STATES[sheet.version.state]), Look(bold=True, fill="night", border=False, wrap=False))
    days = [sheet.first_date + timedelta(days=number) for number in range(DAYS_OF_WEEK)]
    fixed = ["head_number", "head_name", "book_role", "head_skills", *(["head_phone"] if phones else [])]
    heads = [words.word(code) for code in fixed]
    page.heads([*heads, *(f"{words.weekday(day)}\n{day.month}/{day.day}" for day in days), words.word("head_total")])
    for row in sheet.rows:
        page.row(_week_row(row, sheet.profile, words, phones=phones))
    if not sheet.rows:
        page.line(words.word("nobody"))
    blanks: list[tuple[str | int, Look]] = [("", _TOTAL)] * (len(heads) - 2)
    totals: list[tuple[str | int, Look]] = [(total, _TOTAL) for total in sheet.day_totals()]
    page.row([("", _TOTAL), (words.word("day_totals"), _TOTAL), *blanks, *totals, (sum(sheet.day_totals()), _TOTAL)])
    _week_tail(page, sheet, words)


def _week_row(
    row: SheetRow, profile: PrivacyProfile, words: SheetWords, *, phones: bool
) -> list[tuple[str | int, Look]]:
    cells: list[tuple[str | int, Look]] = [(row.number, _CENTRED), (row.name, PLAIN)]
    cells += [(_role(row.role, words), _CENTRED), ("".join(row.skills), _CENTRED)]
    if phones:
        cells.append((shown_phone(row.phone, profile), PLAIN))
    cells += [_day(cell, words) for cell in row.cells]
    return [*cells, (row.total, _CENTRED)]


def _day(cell: DayCell, words: SheetWords) -> tuple[str, Look]:
    lines = [f"{duty.mark} {duty.place_short}" + (f" {duty.note}" if duty.note else "") for duty in cell.duties]
    if cell.on_leave:
        return "\n".join([*lines, words.word("leave")]), Look(centre=True, fill="leave")
    night = bool(cell.duties) and all(duty.is_night for duty in cell.duties)
    return "\n".join(lines), Look(bold=night, centre=True, fill="night" if night else "")


def _week_tail(page: Page, sheet: SquadWeekSheet, words: SheetWords) -> None:
    shifts = "　".join(f"{shift.mark} {shift.name} {words.shift_time(shift)}" for shift in sheet.shifts)
    page.line(f"{words.word('legend_shifts')} {shifts}")
    if sheet.skills:
        page.line(f"{words.word('legend_skills')} {'　'.join(f'{one.mark} {one.name}' for one in sheet.skills)}")
    if sheet.places:
        page.line(f"{words.word('legend_places')} {'　'.join(f'{one.short_name} {one.name}' for one in sheet.places)}")
    page.line(words.word("handed_ring", station=sheet.station, phone=sheet.duty_phone))
    version = words.word("handed_version", number=sheet.version.number)
    page.line(f"{version}　{words.word('book_hash', short=short_hash(sheet))}　{words.moment(sheet.printed_at)}")


def _role(role: MemberRole, words: SheetWords) -> str:
    return "" if role is MemberRole.MEMBER else words.word(f"role_{role.value}")


def form_book(
    forms: Sequence[AvailabilityBook], station: str, language: Language = "zh", told: Told = told_to_nobody
) -> bytes:
    """Return a workbook with the availability form of each squad, which the import reads as it is.

    Headings and words are those of the CSV contract; title and hint stand above the headings, nothing below the rows.
    For `told` see `week_book`.
    """
    words, book = SheetWords(language), Book()
    first = forms[0]
    for done, form in enumerate(forms):
        told(done, len(forms))
        page = book.page(form.squad, (16.0, 14.0, 10.0, 10.0, 14.0, *(9.0,) * DAYS_OF_WEEK))
        page.line(f"{form.township} {words.word('af_title')}", TITLE)
        page.line(f"{words.word('squad')}{form.squad}　{form.day.isoformat()}", STRONG)
        page.line(words.word("book_fill", words=preference_words(language)))
        person, pattern, *days = form_headings(language)
        page.heads([person, words.word("head_name"), words.word("book_role"), pattern, words.word("book_shift"), *days])
        for line in form.lines:
            page.row(_form_row(line, words))
        _offer_words(page, len(form.lines), preference_words(language))
    return book.content(words.word("af_title"), station, datetime.combine(first.day, time()))


def _form_row(line: FormLine, words: SheetWords) -> list[tuple[str | int, Look]]:
    shift = f"{line.shift.name} {words.shift_time(line.shift)}"
    fixed: list[tuple[str | int, Look]] = [(line.person, _KEY), (line.name, PLAIN), (_role(line.role, words), _CENTRED)]
    fixed += [(line.pattern, _KEY), (shift, PLAIN)]
    known = line.days if line.days is not None else (None,) * DAYS_OF_WEEK
    return [*fixed, *(("" if day is None else preference_word(day, words.language), _CENTRED) for day in known)]


def _offer_words(page: Page, rows: int, offered: Sequence[str]) -> None:
    """Let the cells of the days be chosen from the words."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not rows:
        return
    choice = DataValidation("list", formula1=f'"{",".join(offered)}"', allow_blank=True)
    page.sheet.add_data_validation(choice)
    last = page.sheet.max_row
    choice.add(f"F{last - rows + 1}:L{last}")
