"""A week's files to hand on, written into a folder; their names hold codes and weeks, no person's data."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message, Words
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress, raise_if_cancelled
from patrol_desk.printing.files import make_folder, write_whole
from patrol_desk.printing.fonts import print_font
from patrol_desk.printing.handon.ics import calendar_file
from patrol_desk.printing.handon.plain import plain_week
from patrol_desk.printing.handon.xlsx import Told, form_book, week_book
from patrol_desk.printing.kinds import Laying, Look
from patrol_desk.services.handon.data import Calendar
from patrol_desk.services.handon.forms import FORMS, Form
from patrol_desk.services.handon.read import availability_books, calendars
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import KINDS
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.sheet_data import SquadWeekSheet
from patrol_desk.services.station import Station

_UNSAFE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff_.-]+")
_DPI = 150


@dataclass(frozen=True, slots=True)
class HandOn:
    """What is handed on.

    Parameters
    ----------
    kind
        Id of the kind of sheet.
    form
        Form of the files.
    ask
        Week, squads, people, version; the profile is the public one unless told.
    together
        One workbook with a sheet for each squad, instead of one for each squad.
    look
        Language of the files; paper and text of pictures.
    """

    kind: str
    form: Form
    ask: Ask
    together: bool = False
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What was written: the files, in order, and the sheets they show: none for calendars."""

    files: tuple[Path, ...]
    sheets: tuple[PrintedSheet, ...]


def hand_on(
    station: Station,
    actor: Actor,
    what: HandOn,
    folder: Path,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> HandedOn:
    """Write the files into a folder, each whole or not at all; files of these names are replaced.

    Raises
    ------
    InvalidDataError
        The kind has no such form, the week is not told, or there is nothing to hand on.
    PatrolError
        The file has nothing to hand on, or a code is unknown.
    PrintFileError
        A file cannot be written; those before it stand.
    CancelledByUserError
        The user stopped; the files before it stand.
    """
    forms = FORMS.get(what.kind, ())
    if what.form not in forms:
        params = {
            "kind": KINDS[what.kind].name,
            "form": what.form.value,
            "forms": [one.value for one in forms] or _NONE,
        }
        raise InvalidDataError(Message("handon.no_such_form", params))
    sheets, parts = _parts(station, actor, what)
    if not parts:
        raise InvalidDataError(Message("print.nothing_to_print"))
    make_folder(folder)
    written = []
    for number, (name, content) in enumerate(parts):

        def told(done: int, total: int, number: int = number) -> None:
            """Tell files, or of a single one its sheets; stop when somebody asked to."""
            raise_if_cancelled(cancelled)
            at = (done, total) if len(parts) == 1 else (number, len(parts))
            progress(Message("handon.progress"), *at)

        told(0, 1)
        for path, made in _pages(folder, name, what.form, content, told):
            write_whole(path, made)
            written.append(path)
    progress(Message("handon.progress"), len(parts), len(parts))
    return HandedOn(tuple(written), sheets)


_NONE = Words("（无）", "(none)")
Maker = Callable[[Told], list[bytes]]
"""Makes the content of a file, a page each of a picture; tells how many sheets of a workbook are done."""
Part = tuple[str, Maker]
"""Name of a file without its ending, and what makes it."""


def _pages(folder: Path, name: str, form: Form, made: Maker, told: Told) -> Iterator[tuple[Path, bytes]]:
    contents = made(told)
    for number, content in enumerate(contents, start=1):
        tail = f"-{number}" if len(contents) > 1 else ""
        yield folder / f"{safe(name)}{tail}.{form.value}", content


def safe(name: str) -> str:
    """Return a name that every file system takes."""
    return _UNSAFE.sub("-", name).strip("-.") or "sheet"


def _parts(station: Station, actor: Actor, what: HandOn) -> tuple[tuple[PrintedSheet, ...], list[Part]]:
    if what.form is Form.ICS:
        made = calendars(station, actor, what.ask, of_squads=what.kind == "squad-week")
        return (), [(f"{one.week}_{one.code}", partial(_calendar, one, what)) for one in made]
    if what.kind == "availability":
        return tuple(printed_sheets(station, actor, "availability", what.ask)), _form_parts(station, actor, what)
    return _week_parts(station, actor, what)


def _calendar(calendar: Calendar, what: HandOn, _told: Told) -> list[bytes]:
    return [calendar_file(calendar, what.look.lang)]


def _form_parts(station: Station, actor: Actor, what: HandOn) -> list[Part]:
    forms = availability_books(station, actor, what.ask)
    groups = [forms] if what.together and forms else [[form] for form in forms]
    return [
        (
            f"{group[0].day}_availability" + (f"_{group[0].code}" if not what.together else ""),
            partial(lambda group, told: [form_book(group, group[0].township, what.look.lang, told)], group),
        )
        for group in groups
    ]


def _week_parts(station: Station, actor: Actor, what: HandOn) -> tuple[tuple[PrintedSheet, ...], list[Part]]:
    ask = replace(what.ask, profile=what.ask.profile or PrivacyProfile.PUBLIC, copies=1)
    sheets = [sheet for sheet in printed_sheets(station, actor, "squad-week", ask) if isinstance(sheet, SquadWeekSheet)]
    lang = what.look.lang
    if what.together and what.form is Form.XLSX and sheets:
        return tuple(sheets), [(f"{sheets[0].week}_squads", lambda told: [week_book(sheets, lang, told)])]
    laying = Laying("SW", what.look)
    makers: dict[Form, Callable[[SquadWeekSheet, Told], list[bytes]]] = {
        Form.XLSX: lambda sheet, told: [week_book([sheet], lang, told)],
        Form.TEXT: lambda sheet, _told: [plain_week(sheet, lang).encode("utf-8-sig")],
        Form.PNG: lambda sheet, _told: _pictures(sheet, laying),
    }
    return tuple(sheets), [(f"{sheet.week}_{sheet.squad_code}", partial(makers[what.form], sheet)) for sheet in sheets]


def _pictures(sheet: SquadWeekSheet, laying: Laying) -> list[bytes]:
    from patrol_desk.printing.render_qt import QtFont, ensure_gui_application, page_image, png_bytes

    ensure_gui_application()
    font = QtFont(print_font())
    return [png_bytes(page_image(page, font, _DPI)) for page in laying.pages(sheet)]
