"""What several sheets have in common: headings, day heads, people with their marks."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from patrol_desk.printing.layout.flow import FlowItem, FlowLine, Look, Piece, flow
from patrol_desk.printing.layout.text import Fitted
from patrol_desk.printing.sheets import style
from patrol_desk.printing.sheets.head import Heading, Particular, state_words
from patrol_desk.printing.sheets.press import Press
from patrol_desk.printing.sheets.table import Cell, cell, line_of, shift_box
from patrol_desk.printing.sheets.words import shown_phone
from patrol_desk.services.printed.content import PrintedSheet, code_of
from patrol_desk.services.printed.frame import SheetFrame
from patrol_desk.services.printed.marks import Footnote, MemberRole, PrivacyProfile, ShiftMark
from patrol_desk.services.printed.posts import Manning, OnDuty

NAME = (9.75, 9.0, 8.25, 7.5, 7.0)
PLAIN = (9.0, 8.25, 7.5, 7.0)
LINE = 4.9


def heading(
    press: Press, sheet: PrintedSheet, short: str, title: str, particulars: Iterable[Particular], caption: str = ""
) -> Heading:
    """Return the heading of a sheet.

    Parameters
    ----------
    press
        What it is set with.
    sheet, short
        The sheet and the short hash of its content.
    title
        The title.
    particulars
        What stands under it; the duty room's telephone follows by itself.
    caption
        The bold line beside the QR code; the version's number when empty.
    """
    frame = sheet.frame
    duty = (Particular(frame.duty_phone, press.word("duty_room")),) if frame.duty_phone else ()
    mark = state_words(press, frame.version.state) if frame.version is not None else ""
    if frame.sample:
        mark = press.word("state_sample")
    return Heading(
        title=title,
        particulars=(*particulars, *duty),
        caption=(press.word("scan"), caption or version_words(press, sheet)),
        code=code_of(sheet, short),
        mark=mark,
    )


def version_words(press: Press, sheet: PrintedSheet) -> str:
    """Return the version's number in words; the sheet's subject where it shows no plan."""
    version = sheet.frame.version
    if version is None:
        return f"{sheet.subject} · {sheet.period}"
    return press.word("version", number=version.number) if version.number else press.word("version_none")


def document_title(press: Press, title: str, period: str) -> str:
    """Return the title of a document."""
    return press.word("document_title", title=title, week=period)


def week_particulars(press: Press, week: str, first: date) -> tuple[Particular, Particular]:
    """Return the week's number and its days."""
    year, number = week.split("-W")
    words = press.words
    span = words.word("range", first=words.day(first), last=words.day(first + timedelta(days=6)))
    return Particular(words.word("week", year=int(year), number=int(number))), Particular(span, bold=True)


def day_particular(press: Press, day: date) -> Particular:
    """Return a day with year and weekday."""
    month = press.word(f"month_{day.month}")
    return Particular(
        press.word("whole_day", year=day.year, month=month, day=day.day, weekday=press.words.weekday(day)), bold=True
    )


def day_heads(press: Press, first: date) -> list[str]:
    """Return the heads of seven columns."""
    days = [first + timedelta(days=number) for number in range(7)]
    return [f"{press.words.weekday(day)}\n{day:%m-%d}" for day in days]


def shift_cell(press: Press, shift: ShiftMark, room: float, note: str = "") -> Cell:
    """Return a cell with a shift's box and name over its times."""
    box = shift_box(press, shift.mark, night=shift.is_night)
    name = press.fit(shift.name, room - box.width - 1.0, NAME, bold=True)
    lines = [line_of(box, Piece(name.single()[0])), *(line_of(Piece(one)) for one in name.single()[1:])]
    for text in (press.words.shift_time(shift), note):
        if text:
            lines.extend(line_of(Piece(one)) for one in press.fit(text, room, PLAIN[1:]).single())
    return Cell(tuple(lines), press.mm(LINE))


def role_box(press: Press, role: MemberRole, size: float = 7.5) -> Piece | None:
    """Return the mark beside a leader's or deputy's name."""
    if role is MemberRole.MEMBER:
        return None
    text = press.line(press.word(f"role_{role.value}"), size)
    return Piece(text, "framed", (text.width + 1.2, press.mm(3.9)))


def name_cell(press: Press, name: str, role: MemberRole, room: float, sizes: tuple[float, ...] = NAME) -> Cell:
    """Return a cell with a name, and the role's mark beside it."""
    box = role_box(press, role)
    fitted = press.fit(name, room - (box.width + 0.4 if box else 0.0), sizes, bold=True)
    below = box is not None and len(fitted.lines) > 1
    if below:
        fitted = press.fit(name, room, sizes, bold=True)
    first, *more = fitted.single()
    pieces = (Piece(first, after=1.2), box) if box and not below else (Piece(first),)
    lines = [line_of(*pieces), *(line_of(Piece(one)) for one in more)]
    if box and below:
        lines.append(line_of(box))
    return Cell(tuple(lines), max(fitted.line_height, press.mm(4.1)))


def phone_cell(press: Press, phone: str, profile: PrivacyProfile, room: float) -> Cell:
    """Return a cell with what the profile shows of a number."""
    return cell(press.fit(shown_phone(phone, profile), room, PLAIN), "centre")


def number_cell(press: Press, number: int) -> Cell:
    """Return a cell with a running number."""
    return cell(press.line(str(number), 9.0), "centre", pad=0.4)


def text_cell(
    press: Press, text: str, room: float, sizes: tuple[float, ...] = PLAIN, *, bold: bool = False, centre: bool = False
) -> Cell:
    """Return a cell of text that fits the room between its edges."""
    return cell(press.fit(text, room - 2 * style.PAD, sizes, bold=bold), "centre" if centre else "left")


def demand_words(press: Press, asked: Sequence[Manning]) -> str:
    """Return the heads asked for in words, of several days from the least to the most; neighbours' heads besides."""
    minimum = _span([manning.minimum for manning in asked])
    words = press.word("demand", minimum=minimum, desired=_span([manning.desired for manning in asked]))
    held = [manning.held for manning in asked]
    return words + "　" + press.word("demand_held", count=_span(held)) if any(held) else words


def _span(numbers: Sequence[int]) -> str:
    least, most = min(numbers), max(numbers)
    return str(least) if least == most else f"{least}–{most}"


def missing_pieces(press: Press, manning: Manning, *, short: bool = False) -> list[Piece]:
    """Return the marks of heads that are missing: white on black, and framed where they are knowingly left open."""
    size, height, end = (7.0, 3.3, "_short") if short else (8.25, 4.3, "")
    marks: list[Piece] = []
    counts: tuple[tuple[int, Look, str], ...] = (
        (manning.missing, "black", f"missing{end}"),
        (manning.left_open, "framed", f"left_open{end}"),
    )
    for count, frame, word in counts:
        if count:
            text = press.line(press.word(word, count=count), size, bold=True)
            marks.append(Piece(text, frame, (text.width + (1.0 if short else 1.6), press.mm(height)), after=1.0))
    return marks


def people_lines(press: Press, manning: Manning, room: float, *, behind: bool = False) -> tuple[FlowLine, ...]:
    """Return who stands at a place, then the mark of missing heads.

    Parameters
    ----------
    press
        What it is set with.
    manning
        Who stands there.
    room
        Width.
    behind
        The people stand behind the squad's name, where there is room, instead of under it.
    """
    lines: list[FlowLine] = []
    for squad, people in _by_squad(manning.people):
        items = [item for person in people for item in _person(press, person, room)]
        names = [FlowItem((Piece(one),), room) for one in press.fit(squad, room, (7.5, 7.0)).single()] if squad else []
        if behind:
            lines.extend(flow([*names, *items], room))
        else:
            lines.extend((*flow(names, room), *flow(items, room)))
    lines.extend(line_of(mark) for mark in missing_pieces(press, manning))
    return tuple(lines)


def _by_squad(people: Sequence[OnDuty]) -> list[tuple[str, list[OnDuty]]]:
    found: dict[str, list[OnDuty]] = {}
    for person in people:
        found.setdefault(person.squad, []).append(person)
    return list(found.items())


def _person(press: Press, person: OnDuty, room: float) -> list[FlowItem]:
    star = press.line("★" if person.role is MemberRole.LEADER else "☆", 7.5)
    lead = (Piece(star, after=0.4),) if person.role is not MemberRole.MEMBER else ()
    taken = sum(piece.width for piece in lead)
    parts: tuple[Fitted, ...] = press.fit(f"{person.name}{person.mark}", room - taken, NAME[1:], bold=True).single()
    first, *more = parts
    items = [FlowItem((*lead, Piece(first)), 2.0)]
    return items + [FlowItem((Piece(one),), room) for one in more]


def with_footnotes(press: Press, note: str, footnotes: Iterable[Footnote]) -> str:
    """Return a note with the footnotes below it, one a line."""
    lines = (press.word("footnote", mark=one.mark, text=press.words.said(one.text)) for one in footnotes)
    return "\n".join([note, *lines])


def cell_of_lines(press: Press, texts: Iterable[str], room: float) -> Cell:
    """Return a cell of several texts, each on lines of its own."""
    lines: list[FlowLine] = []
    for text in texts:
        if text:
            lines.extend(line_of(Piece(one)) for one in press.fit(text, room - 2 * style.PAD, PLAIN).single())
    return Cell(tuple(lines), press.mm(4.1))


def keep_without_numbers(press: Press, frame: SheetFrame) -> str:
    """Return how to treat a sheet that shows no number to anybody: the leader's copy is like the office's."""
    code = "keep_public" if frame.profile is PrivacyProfile.PUBLIC else "keep_internal"
    return press.word(code)
