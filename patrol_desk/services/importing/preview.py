"""What an import would do, in numbers, and what it asks; nothing is written."""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from patrol_desk.common.actor import Actor
from patrol_desk.common.changes import ChangeSet
from patrol_desk.common.progress import Cancelled, Progress, never_cancelled, no_progress
from patrol_desk.messages import Language
from patrol_desk.security.permissions import Permission
from patrol_desk.services.importing.choices import ImportChoices, options_of
from patrol_desk.services.importing.questions import Question, questions
from patrol_desk.services.importing.report import ImportReport
from patrol_desk.services.importing.run import read_chosen
from patrol_desk.services.permits import permitted
from patrol_desk.services.station import Station


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Parameters
    ----------
    report
        Per table what would be added, changed, left as it is and kept out; the rows kept out with their reasons.
    questions
        What must be looked at first.
    writes
        Whether anything would be written.
    seen
        Key of each file or sheet → SHA-256, so that exactly these are imported.
    """

    report: ImportReport
    questions: tuple[Question, ...]
    writes: bool
    seen: Mapping[str, str]

    @property
    def ready(self) -> bool:
        """Whether every question that must be confirmed was."""
        return all(question.confirmed for question in self.questions if question.required)


@permitted(Permission.DATA_IMPORT)
def preview_import(
    station: Station,
    actor: Actor,
    choices: ImportChoices,
    confirmations: Collection[str] = (),
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> ImportPreview:
    """Return what an import of the chosen files would do now.

    Parameters
    ----------
    station, actor, choices, confirmations, progress, cancelled
        As for `run_import`; with a confirmation the rows it lets in are counted as going in.

    Raises
    ------
    InvalidDataError
        A file that is meant for us cannot be read as a whole.
    StorageError
        The station is a sample.
    CancelledByUserError
        The user asked to stop.
    """
    del actor  # the permission is all that depends on who asks
    begun = time.perf_counter()
    prepared = read_chosen(station, choices, options_of(confirmations, dry_run=True), progress, cancelled)
    report = prepared.report(ChangeSet(), None, time.perf_counter() - begun)
    return ImportPreview(report, questions(prepared, confirmations), prepared.writes, prepared.digests)


@permitted(Permission.DATA_IMPORT)
def save_rejects(
    station: Station,
    actor: Actor,
    choices: ImportChoices,
    folder: Path,
    confirmations: Collection[str] = (),
    *,
    language: Language = "zh",
    progress: Progress = no_progress,
    cancelled: Cancelled = never_cancelled,
) -> tuple[Path, ...]:
    """Write the rows that would be kept out to files that can be mended and imported, and return the files.

    The folder must not be one of those that are imported from. The errors are those of `preview_import`.
    """
    del actor  # the permission is all that depends on who asks
    options = options_of(confirmations, dry_run=True, rejects=folder, language=language)
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(read_chosen(station, choices, options, progress, cancelled).rejects)
