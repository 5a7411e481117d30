"""What an import was asked to do and what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.message import Message
from patrol_desk.messages import Language, render
from patrol_desk.sync.tables import TableSpec


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import.

    Parameters
    ----------
    dry_run
        Read, check and match, but write nothing to the database.
    rejects
        Folder for the rows that were kept out; None writes none.
    confirm_000
        Resident IDs that end in 000 and pass the check digit were looked at and are genuine.
    confirm_permuted
        Columns whose values changed places among the rows were looked at and are meant.
    language
        Language of the files of rejected rows.
    """

    dry_run: bool = False
    rejects: Path | None = None
    confirm_000: bool = False
    confirm_permuted: bool = False
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of the rows of one table: `read` is the sum of the four after it.

    Of the rows that are stored there were `stored`; `ended` of the changed ones are retired by it.
    """

    table: TableSpec
    read: int
    added: int
    changed: int
    same: int
    rejected: int
    stored: int = 0
    ended: int = 0

    def figures(self, language: Language | None = None) -> dict[str, object]:
        """Return the counts, ready for JSON; with a language the table's word in it."""
        name = self.table.name if language is None else render(self.table.word, language)
        return {
            "table": name,
            "read": self.read,
            "added": self.added,
            "changed": self.changed,
            "same": self.same,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that stays out.

    Parameters
    ----------
    table
        Name of the table.
    file, line
        Where it stands.
    heading, value
        The column as the file has it (empty when the row as a whole is wrong) and the cell; a personal value is
        masked unless its form is what is wrong.
    code
        Code of the reason.
    reason, suggestion
        What is wrong, and what would be right.
    """

    table: str
    file: str
    line: int
    heading: str
    value: str
    code: str
    reason: Message
    suggestion: Message


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of all files.

    Parameters
    ----------
    tables
        Per table that was found.
    notes
        Sentences about columns and files that were passed over.
    faults
        Sentences about rejected rows, the first two hundred; personal values are not in them.
    reasons
        Reason code → how many rows it kept out.
    rejects
        Files of rejected rows that were written.
    rejected
        The rejected rows, the first two thousand.
    changes
        What the transaction touched; empty when nothing was written.
    run_id
        Id of the `ImportRun`; None when nothing was written.
    seconds
        How long it took.
    """

    tables: tuple[TableReport, ...]
    notes: tuple[Message, ...] = ()
    faults: tuple[Message, ...] = ()
    reasons: dict[str, int] = field(default_factory=dict)
    rejects: tuple[Path, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    changes: ChangeSet = field(default_factory=ChangeSet)
    run_id: str | None = None
    seconds: float = 0.0

    def figures(self) -> dict[str, object]:
        """Return the counts, ready for JSON."""
        tables = {report.table.name: report.figures() for report in self.tables}
        names = ("read", "added", "changed", "same", "rejected")
        total = {name: sum(getattr(report, name) for report in self.tables) for name in names}
        return {
            "tables": tables,
            "total": total,
            "reasons": self.reasons,
            "rejects": [str(path) for path in self.rejects],
            "written": self.run_id is not None,
            "seconds": round(self.seconds, 2),
        }
