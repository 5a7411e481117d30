"""Calendars as iCalendar files (RFC 5545): UTC+8 with its time zone, folded lines, stable identifiers."""

from collections.abc import Iterator
from datetime import UTC, datetime

from patrol_desk.messages import Language
from patrol_desk.printing.sheets.words import SheetWords
from patrol_desk.services.handon.data import Calendar, Event
from patrol_desk.services.printed.marks import PlanState

_ZONE = "Asia/Shanghai"
_OCTETS = 75
"""Longest line, without its end (RFC 5545, 3.1)."""
_TIME_ZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{_ZONE}",
    "BEGIN:STANDARD",
    "DTSTART:19920101T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def calendar_file(calendar: Calendar, language: Language = "zh") -> bytes:
    """Return a calendar as the bytes of an ``.ics`` file."""
    lines = (folded(line) for line in _lines(calendar, SheetWords(language)))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8")


def _lines(calendar: Calendar, words: SheetWords) -> Iterator[str]:
    title = words.word("ics_title", name=calendar.name, week=calendar.week)
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Patrol Desk//Roster//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(title)}", f"X-WR-TIMEZONE:{_ZONE}")
    yield from _TIME_ZONE
    for event in calendar.events:
        yield from _event(calendar, event, words)
    yield "END:VCALENDAR"


def _event(calendar: Calendar, event: Event, words: SheetWords) -> Iterator[str]:
    draft = calendar.state is PlanState.DRAFT
    summary = words.word("ics_summary", shift=event.shift, place=event.place)
    if draft:
        summary = words.word("ics_draft", summary=summary)
    yield from ("BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{_utc(calendar.made_at)}")
    yield f"SEQUENCE:{calendar.number}"
    yield f"DTSTART;TZID={_ZONE}:{event.start:%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID={_ZONE}:{event.end:%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{escaped(summary)}"
    yield f"LOCATION:{escaped('，'.join(part for part in (event.place, event.address) if part))}"
    yield f"DESCRIPTION:{escaped(_description(calendar, event, words))}"
    yield f"STATUS:{'TENTATIVE' if draft else 'CONFIRMED'}"
    yield "END:VEVENT"


def _description(calendar: Calendar, event: Event, words: SheetWords) -> str:
    parts = [words.word("ics_people", names=list(event.people))] if event.people else []
    if calendar.state is PlanState.OUTDATED:
        parts.append(words.word("state_outdated"))
    parts.append(words.word("handed_version", number=calendar.number))
    parts.append(words.word("handed_ring", station=calendar.station, phone=calendar.duty_phone))
    return "\n".join(parts)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    r"""Return a text value: backslash, semicolon, comma and line break escaped, control characters left out."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(character for character in plain if character >= " " and character != "\x7f")


def folded(line: str) -> str:
    """Return a line of at most 75 octets a piece, joined by line end and a space; no character is divided."""
    pieces: list[str] = []
    piece, room = "", _OCTETS
    for character in line:
        size = len(character.encode("utf-8"))
        if size > room:
            pieces.append(piece)
            piece, room = "", _OCTETS - 1
        piece += character
        room -= size
    return "\r\n ".join((*pieces, piece))
