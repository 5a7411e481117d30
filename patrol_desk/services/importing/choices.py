"""What a user chooses before an import."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from patrol_desk.messages import Language
from patrol_desk.services.importing.report import ImportOptions
from patrol_desk.sync.reading.wish import Wish as FileChoice

__all__ = ["Confirmation", "FileChoice", "ImportChoices"]


class Confirmation(StrEnum):
    """Something that goes in only when a user looked at it and meant it."""

    CONFIRM_000 = "confirm_000"
    """Resident IDs that end in 000 and pass the check digit; without it their rows stay out."""
    CONFIRM_PERMUTED = "confirm_permuted"
    """Columns whose values changed places among the rows; without it the rows stay out."""
    MANY_CHANGED = "many_changed"
    """More than a fifth of a table's rows would change; without it nothing is written."""
    MANY_ENDED = "many_ended"
    """More than a twentieth of a table's rows would be retired; without it nothing is written."""


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What is to be imported, and how.

    Parameters
    ----------
    paths
        Files, or folders of files.
    files
        Key of a found file → how it is to be read where that was recognised wrongly.
    """

    paths: tuple[Path, ...]
    files: Mapping[str, FileChoice] = field(default_factory=dict)


def options_of(
    confirmations: Collection[str], *, dry_run: bool = False, rejects: Path | None = None, language: Language = "zh"
) -> ImportOptions:
    """Return the options that confirmations come to."""
    return ImportOptions(
        dry_run=dry_run,
        rejects=rejects,
        confirm_000=Confirmation.CONFIRM_000 in confirmations,
        confirm_permuted=Confirmation.CONFIRM_PERMUTED in confirmations,
        language=language,
    )
