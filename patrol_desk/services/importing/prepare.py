"""The reading half of an import: files against stored rows, table by table, nothing written yet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.clock import station_today
from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress, raise_if_cancelled
from patrol_desk.models import AuditEntry
from patrol_desk.security.redaction import PERSONAL_FIELDS, redact
from patrol_desk.services.importing.report import ImportOptions, ImportReport, RejectedRow, TableReport
from patrol_desk.services.station import Station
from patrol_desk.services.stored_tables import know, know_parents, parents_of, read_stored
from patrol_desk.storage import queries
from patrol_desk.storage.session import Session
from patrol_desk.sync.kinds import ReadContext, References
from patrol_desk.sync.matching import Matcher
from patrol_desk.sync.reading.headings import Layout
from patrol_desk.sync.reading.source import Source
from patrol_desk.sync.reading.typed import CellFault, TypedReader
from patrol_desk.sync.rows import Outcome, Values
from patrol_desk.sync.tables import TABLES, TableSpec
from patrol_desk.sync.writing.rejects import write_rejects

MOST_FAULTS = 200
"""Sentences about rejected rows that a report carries; the files of rejected rows hold all."""
MOST_REJECTED = 2_000
"""Rejected rows that a report carries."""

_MOST_SHOWN = 60
_ABOUT_FORM = ("damage_", "bad_date")

Found = Sequence[tuple[Source, Layout]]


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What is to be written to one table.

    Parameters
    ----------
    table
        Which table.
    added
        Values of the rows to add.
    changed
        Row version as read, stored and new values of the rows to change.
    """

    table: TableSpec
    added: list[Values]
    changed: list[tuple[int, Values, Values]]


@dataclass(slots=True)
class Prepared:
    """All that was read, compared with what is stored."""

    revision: object = None
    tables: list[TableReport] = field(default_factory=list)
    pending: list[TableChanges] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    faults: list[Message] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    rejects: list[Path] = field(default_factory=list)
    rejected: list[RejectedRow] = field(default_factory=list)
    files: list[dict[str, object]] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return any(changes.added or changes.changed for changes in self.pending)

    def report(self, changes: ChangeSet, run_id: str | None, seconds: float) -> ImportReport:
        """Return what is told of it all."""
        return ImportReport(
            tables=tuple(self.tables),
            notes=tuple(self.notes),
            faults=tuple(self.faults),
            reasons=dict(sorted(self.reasons.items())),
            rejects=tuple(self.rejects),
            rejected=tuple(self.rejected),
            changes=changes,
            run_id=run_id,
            seconds=seconds,
        )


def revision_of(session: Session) -> object:
    """Return what tells one state of the database from the next: the number of the last audit entry."""
    return queries.highest(session, AuditEntry, "number")


def prepare(
    station: Station, found: Found, options: ImportOptions, progress: Progress, cancelled: Cancelled
) -> Prepared:
    """Read all sources against one state of the database.

    Raises
    ------
    FileRefusedError
        A file cannot be read to its end.
    CancelledByUserError
        The user asked to stop.
    """
    by_table: dict[str, list[tuple[Source, Layout]]] = {}
    for source, layout in found:
        by_table.setdefault(layout.table.name, []).append((source, layout))
    tables = [table for table in TABLES if table.name in by_table]
    prepared = Prepared()
    references = References()
    context = ReadContext(station_today(station.clock), references, confirm_000=options.confirm_000)
    with station.read() as session:
        prepared.revision = revision_of(session)
        know_parents(session, references, parents_of(tables) - set(by_table))
        for number, table in enumerate(tables):
            progress(Message("import.reading", {"table": table.word}), number, len(tables))
            stored = read_stored(session, table)
            know(references, stored)
            matcher = Matcher(stored, references, confirm_permuted=options.confirm_permuted)
            for source, layout in by_table[table.name]:
                _read(matcher, source, layout, context, prepared, cancelled)
            outcome = matcher.finish()
            _keep(prepared, outcome, options, len(stored.by_id))
            changed = [(stored.versions[c.record_id], c.stored or (), c.values) for c in outcome.changed]
            prepared.pending.append(TableChanges(table, [c.values for c in outcome.added], changed))
    progress(Message("import.read"), len(tables), len(tables))
    return prepared


def _read(
    matcher: Matcher,
    source: Source,
    layout: Layout,
    context: ReadContext,
    prepared: Prepared,
    cancelled: Cancelled,
) -> None:
    reader = TypedReader(source, layout, context)
    matcher.begin(source, layout)
    rows = 0
    for chunk in reader.chunks():
        raise_if_cancelled(cancelled)
        matcher.take(chunk)
        rows += len(chunk.lines)
    prepared.digests[source.key] = source.digest
    prepared.files.append({"table": layout.table.name, "sha256": source.digest, "rows": rows})
    if layout.unknown:
        params = {"file": source.label, "headings": list(layout.unknown)}
        prepared.notes.append(Message("import.unknown_columns", params))
    if reader.examples:
        params = {"file": source.label, "count": str(reader.examples)}
        prepared.notes.append(Message("import.examples_left_out", params))


def _keep(prepared: Prepared, outcome: Outcome, options: ImportOptions, stored: int) -> None:
    prepared.tables.append(
        TableReport(
            outcome.table,
            outcome.read,
            len(outcome.added),
            len(outcome.changed),
            outcome.same,
            len(outcome.rejected),
            stored,
            _ended(outcome),
        )
    )
    if not outcome.rejected:
        return
    for rejection in outcome.rejected:
        prepared.reasons.update({cell.fault.code for cell in rejection.faults})
    prepared.faults.extend(_sentences(outcome, MOST_FAULTS - len(prepared.faults)))
    prepared.rejected.extend(_rejected(outcome, MOST_REJECTED - len(prepared.rejected)))
    if options.rejects is not None:
        prepared.rejects.append(write_rejects(options.rejects, outcome, options.language).path)


def _ended(outcome: Outcome) -> int:
    """Return how many of the changed rows are retired by the change."""
    at = outcome.table.positions["ended_on"]
    return sum(
        row.stored is not None and row.stored[at] is None and row.values[at] is not None for row in outcome.changed
    )


def _rejected(outcome: Outcome, most: int) -> Iterator[RejectedRow]:
    for rejection in sorted(outcome.rejected, key=lambda one: one.place)[: max(most, 0)]:
        source, _ = outcome.layouts[rejection.place.source]
        cell = rejection.faults[0]
        yield RejectedRow(
            table=outcome.table.name,
            file=source.label,
            line=rejection.place.line,
            heading=cell.heading,
            value=_shown(outcome.table, cell),
            code=cell.fault.code,
            reason=cell.fault.reason,
            suggestion=cell.fault.suggestion,
        )


def _shown(table: TableSpec, cell: CellFault) -> str:
    """Return a cell as it may be shown: a personal value only when its form is what is wrong."""
    value = cell.value[:_MOST_SHOWN]
    if cell.fault.code.partition(".")[2].startswith(_ABOUT_FORM) or not value:
        return value
    return str(redact({cell.column or "name": value}, table.kind)[cell.column or "name"])


def _sentences(outcome: Outcome, most: int) -> Iterator[Message]:
    personal = PERSONAL_FIELDS.get(outcome.table.kind, frozenset())
    for rejection in outcome.rejected[: max(most, 0)]:
        source, _ = outcome.layouts[rejection.place.source]
        cell = rejection.faults[0]
        hidden = cell.column in personal or not cell.value
        yield Message(
            "import.row_wrong" if hidden else "import.row_value_wrong",
            {
                "file": source.label,
                "line": rejection.place.line,
                "column": cell.heading,
                **({} if hidden else {"value": cell.value[:60]}),
                "reason": cell.fault.reason,
                "suggestion": cell.fault.suggestion,
            },
        )
