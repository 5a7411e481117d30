"""The call-out card: A4 portrait, an incident, the teams, their times and the result against the target."""

from datetime import datetime

from patrol_desk.printing.layout.tree import Page
from patrol_desk.printing.sheets.common import cell_of_lines, document_title, heading, number_cell, text_cell
from patrol_desk.printing.sheets.document import Closing, Section, Sheet, pages_of, with_closing
from patrol_desk.printing.sheets.head import Particular
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.style import SHADE
from patrol_desk.printing.sheets.table import Cell, Row, blank_row, body_row, edges, head_row
from patrol_desk.printing.sheets.tail import Legend, measure_tail
from patrol_desk.printing.sheets.words import shown_phone
from patrol_desk.services.printed.callouts import CalledTeam, CallOutCard
from patrol_desk.services.printed.content import short_hash

_FACTS = (26.0, -1.0)
_TEAMS = (8.0, -3.0, 27.0, 12.0, 15.0, 15.0, 15.0, 15.0, 12.0, 17.0)
_ROW = 10.0
_LOG_ROWS = 6


def call_out_title(sheet: CallOutCard, press: Press) -> str:
    """Return the title of a document with this sheet."""
    return document_title(press, press.word("co_title"), f"{sheet.number} {sheet.period}")


def call_out_pages(sheet: CallOutCard, press: Press) -> tuple[Page, ...]:
    """Return the pages of a call-out's card."""
    short = short_hash(sheet)
    particulars = [
        Particular(sheet.kind, press.word("co_kind"), bold=True, larger=1.5),
        Particular(f"{sheet.begun:%Y-%m-%d %H:%M}", press.word("co_begun"), bold=True),
        Particular(press.word("co_target_minutes", count=sheet.target_minutes), press.word("co_target")),
    ]
    if sheet.drill:
        particulars.insert(0, Particular(press.word("co_drill"), bold=True))
    top = heading(press, sheet, short, press.word("co_title"), particulars, sheet.number)
    tail = measure_tail(press, Legend(), press.word("co_note"), ("sign_duty_officer", "sign_checked", "sign_date"))
    sections = (_facts(sheet, press), _teams(sheet, press), _log(press, Closing(press, tail)))
    return pages_of(Sheet(top, sheet.frame, short, sections), press)


def _facts(sheet: CallOutCard, press: Press) -> Section:
    at = edges(press, _FACTS)
    facts = (
        ("co_place", sheet.place),
        ("co_report", sheet.report),
        ("co_muster", sheet.muster),
        ("co_ended", f"{sheet.ended:%Y-%m-%d %H:%M}" if sheet.ended is not None else ""),
    )
    rows = []
    for number, (code, words) in enumerate(facts):
        label = text_cell(press, press.word(code), at[1] - at[0], bold=True)
        row = body_row(press, at, (label, text_cell(press, words, at[2] - at[1], (9.75, 9.0))), 8.0)
        rows.append(Row(row.edges, row.cells, row.height, first=number == 0))
    return Section(tuple(rows))


def _teams(sheet: CallOutCard, press: Press) -> Section:
    at = edges(press, _TEAMS)
    rows = [_team(number, team, sheet, press, at) for number, team in enumerate(sheet.teams, start=1)]
    rows.append(_result(sheet, press, at))
    codes = (
        "head_number", "head_team", "head_leader", "head_heads", "co_called", "co_answered", "co_left", "co_arrived",
        "co_came", "co_result",
    )  # fmt: skip
    return Section(tuple(rows), head_row(press, at, [press.word(code) for code in codes]), apart=4.0)


def _team(number: int, team: CalledTeam, sheet: CallOutCard, press: Press, at: tuple[float, ...]) -> Row:
    phone = shown_phone(team.phone, sheet.frame.profile)
    leader = cell_of_lines(press, (team.leader, phone), at[3] - at[2])
    minutes = sheet.minutes(team)
    result = ""
    if minutes is not None:
        code = "co_in_time" if minutes <= sheet.target_minutes else "co_over"
        result = press.word(code, minutes=minutes)
    times = (team.called, team.answered, team.left, team.arrived)
    cells = (
        number_cell(press, number),
        text_cell(press, team.name, at[2] - at[1], (9.75, 9.0, 8.25), bold=True),
        leader,
        text_cell(press, str(team.heads), at[4] - at[3], centre=True),
        *(text_cell(press, _clock(time), at[5] - at[4], centre=True) for time in times),
        text_cell(press, str(team.came) if team.came is not None else "", at[9] - at[8], bold=True, centre=True),
        text_cell(press, result, at[10] - at[9], (8.25, 7.5, 7.0), bold=True, centre=True),
    )
    return body_row(press, at, cells, _ROW)


def _result(sheet: CallOutCard, press: Press, at: tuple[float, ...]) -> Row:
    minutes = [found for team in sheet.teams if (found := sheet.minutes(team)) is not None]
    there = sum(found <= sheet.target_minutes for found in minutes)
    words = press.word("co_sum", there=there, teams=len(sheet.teams), slowest=max(minutes, default=0))
    came = sum(team.came or 0 for team in sheet.teams)
    label = text_cell(press, words if minutes else press.word("co_sum_open"), at[8] - at[0], bold=True)
    cells = (
        Cell(label.lines, label.line_height, span=8),
        text_cell(press, str(came) if minutes else "", at[9] - at[8], bold=True, centre=True),
        Cell(),
    )
    return Row(at, cells, max(press.mm(8.0), label.height + 1.0), fill=SHADE)


def _log(press: Press, closing: Closing) -> Section:
    at = edges(press, (18.0, -1.0, 28.0))
    codes = ("head_time", "head_what", "head_by")
    blank = blank_row(press, at, 8.4)
    head = head_row(press, at, [press.word(code) for code in codes])
    return Section(with_closing([blank] * _LOG_ROWS), head, fill=blank, closing=(closing,), apart=4.0)


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M}" if moment is not None else ""
