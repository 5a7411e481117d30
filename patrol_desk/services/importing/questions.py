"""What an import asks before it writes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.services.importing.choices import Confirmation
from patrol_desk.services.importing.prepare import Prepared
from patrol_desk.services.importing.report import TableReport

MOST_CHANGED = 0.20
"""Share of a table's rows that may change unasked."""
MOST_ENDED = 0.05
"""Share of a table's rows that may be retired unasked."""
_LEAST_ROWS = 10
"""In a smaller table one row alone would be much."""
_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Question:
    """Something a user must look at.

    Parameters
    ----------
    confirmation
        What is confirmed by a yes.
    text
        The question.
    lines
        What it is about: places in the files, or tables with their numbers.
    count
        Rows concerned; 0 once a confirmation let them in.
    required
        Whether nothing is written without a yes; otherwise the rows concerned stay out.
    confirmed
        Whether the yes was given.
    """

    confirmation: Confirmation
    text: Message
    lines: tuple[Message, ...]
    count: int
    required: bool
    confirmed: bool


def questions(prepared: Prepared, confirmations: Collection[str]) -> tuple[Question, ...]:
    """Return what is to be asked of what was read, and what was answered already."""
    asked = [
        _kept_out(prepared, confirmations, Confirmation.CONFIRM_000, "import.confirm_000", "import.ask_000"),
        _kept_out(
            prepared, confirmations, Confirmation.CONFIRM_PERMUTED, "import.column_permuted", "import.ask_permuted"
        ),
        *_too_many(prepared, confirmations),
    ]
    return tuple(question for question in asked if question is not None)


def refuse_unconfirmed(prepared: Prepared, confirmations: Collection[str]) -> None:
    """Raise `InvalidDataError` when a question that must be confirmed was not."""
    open_ones = [one for one in questions(prepared, confirmations) if one.required and not one.confirmed]
    if open_ones:
        raise InvalidDataError(Message("import.not_confirmed", {"questions": [one.text for one in open_ones]}))


def _kept_out(
    prepared: Prepared, confirmations: Collection[str], confirmation: Confirmation, code: str, text: str
) -> Question | None:
    count, confirmed = prepared.reasons[code], confirmation in confirmations
    if not count and not confirmed:
        return None
    places = [row for row in prepared.rejected if row.code == code][:_EXAMPLES]
    lines = [
        Message("import.place", {"file": row.file, "line": row.line, "column": row.heading, "value": row.value})
        for row in places
    ]
    return Question(
        confirmation, Message(text, {"count": count}), tuple(lines), count, required=False, confirmed=confirmed
    )


def _too_many(prepared: Prepared, confirmations: Collection[str]) -> Iterator[Question]:
    whole = [report for report in prepared.tables if report.stored >= _LEAST_ROWS]
    changed = [report for report in whole if report.changed > MOST_CHANGED * report.stored]
    if changed:
        confirmation = Confirmation.MANY_CHANGED
        count = sum(report.changed for report in changed)
        lines = tuple(_numbers("import.changed_of", report, report.changed) for report in changed)
        text = Message("import.ask_changed", {"count": count, "percent": round(MOST_CHANGED * 100)})
        yield Question(confirmation, text, lines, count, required=True, confirmed=confirmation in confirmations)
    ended = [report for report in whole if report.ended > MOST_ENDED * report.stored]
    if ended:
        confirmation = Confirmation.MANY_ENDED
        count = sum(report.ended for report in ended)
        lines = tuple(_numbers("import.ended_of", report, report.ended) for report in ended)
        text = Message("import.ask_ended", {"count": count, "percent": round(MOST_ENDED * 100)})
        yield Question(confirmation, text, lines, count, required=True, confirmed=confirmation in confirmations)


def _numbers(code: str, report: TableReport, count: int) -> Message:
    return Message(code, {"table": report.table.word, "count": count, "stored": report.stored})
