"""Times of a document: whole minutes since Monday 00:00 of the first week, or ISO date and time."""

from dataclasses import dataclass
from datetime import date, datetime, time

from patrol_desk.engine.formats.node import Node

MAX_MINUTE = 60 * 24 * 400


@dataclass(frozen=True, slots=True)
class Calendar:
    """What minute 0 is, when the document says so."""

    monday: date | None

    @classmethod
    def of(cls, node: Node | None) -> "Calendar":
        """Return the calendar of a document whose ``monday`` is this."""
        if node is None:
            return cls(None)
        try:
            found = date.fromisoformat(node.text())
        except ValueError as error:
            raise node.fault("bad_date") from error
        if found.weekday() != 0:
            raise node.fault("no_monday")
        return cls(found)

    def minute(self, node: Node) -> int:
        """Return the minutes since Monday 00:00 of one time of the document."""
        if not isinstance(node.value, str):
            return node.whole(-MAX_MINUTE, MAX_MINUTE)
        if self.monday is None:
            raise node.fault("monday_needed")
        try:
            moment = datetime.fromisoformat(node.value)
        except ValueError as error:
            raise node.fault("bad_time") from error
        if moment.tzinfo is not None or moment.second or moment.microsecond:
            raise node.fault("bad_time")
        apart = moment - datetime.combine(self.monday, time())
        return Node(apart.days * 1440 + apart.seconds // 60, node.parent, node.key).whole(-MAX_MINUTE, MAX_MINUTE)

    def until(self, node: Node) -> int:
        """Return the minute up to which something lasts; a date alone is the whole of its day."""
        minute = self.minute(node)
        return minute + 1440 if isinstance(node.value, str) and _is_date(node.value) else minute

    def span(self, start: Node, end: Node) -> tuple[int, int]:
        """Return first and last minute of something that lasts."""
        first, last = self.minute(start), self.until(end)
        if last <= first:
            raise end.fault("end_before_start", start=first)
        return first, last


def _is_date(text: str) -> bool:
    """Say whether a text names a day without a time."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
