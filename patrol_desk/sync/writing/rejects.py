"""Rows that were kept out, as a file that can be mended and read again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render
from patrol_desk.sync.reading.headings import REJECT_HEADINGS
from patrol_desk.sync.rows import Outcome, Rejection
from patrol_desk.sync.tables import TABLES, TableSpec
from patrol_desk.sync.text import harmless, mark
from patrol_desk.sync.writing.files import Written, write_csv

_SUFFIX = {"zh": "退回", "en": "rejects"}


def rejects_path(folder: Path, table: TableSpec, language: Language) -> Path:
    """Return where a table's rejected rows are written."""
    return folder / f"{table.file_name(language)}-{_SUFFIX[language]}.csv"


def remove_rejects(folder: Path) -> None:
    """Remove the files of rejected rows that an earlier import left in the folder."""
    for table in TABLES:
        for language in ("zh", "en"):
            rejects_path(folder, table, language).unlink(missing_ok=True)


def write_rejects(folder: Path, outcome: Outcome, language: Language) -> Written:
    """Write the rejected rows of one table: their cells as they stood, then where they stood and what is wrong.

    Rows of several files come under all their headings; reading passes over the columns about the reasons.
    """
    headings: list[str] = []
    for _, layout in outcome.layouts:
        headings.extend(heading for heading in layout.headings if heading and heading not in headings)
    rows = _rows(outcome, headings, language)
    return write_csv(
        rejects_path(folder, outcome.table, language),
        [*(harmless(heading) for heading in headings), *REJECT_HEADINGS[language]],
        rows,
    )


def _rows(outcome: Outcome, headings: Sequence[str], language: Language) -> Iterator[list[str]]:
    for rejection in sorted(outcome.rejected, key=lambda rejection: rejection.place):
        source, layout = outcome.layouts[rejection.place.source]
        cells = dict(zip(layout.headings, rejection.raw, strict=True))
        own = [harmless(cells.get(heading, "")) for heading in headings]
        yield [*own, *(mark(text) for text in _about(source.label, rejection, language))]


def _about(label: str, rejection: Rejection, language: Language) -> list[str]:
    joint, end = ("、", "") if language == "zh" else (", ", " ")
    faults = rejection.faults
    return [
        label,
        str(rejection.place.line),
        joint.join(dict.fromkeys(cell.heading for cell in faults if cell.heading)),
        joint.join(dict.fromkeys(cell.value for cell in faults if cell.value)),
        " ".join(dict.fromkeys(cell.fault.code.partition(".")[2] for cell in faults)),
        end.join(_sentences([cell.fault.reason for cell in faults], language)),
        end.join(_sentences([cell.fault.suggestion for cell in faults], language)),
    ]


def _sentences(messages: Sequence[Message], language: Language) -> list[str]:
    return list(dict.fromkeys(render(message, language) for message in messages))
