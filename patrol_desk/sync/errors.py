"""Errors of files that cannot be read or written at all."""

from patrol_desk.common.errors import InvalidDataError, PatrolError


class FileRefusedError(InvalidDataError):
    """A file cannot be read: the message names it and says what to do."""


class FileNotWrittenError(PatrolError):
    """A file could not be written; what stood there before still does."""
