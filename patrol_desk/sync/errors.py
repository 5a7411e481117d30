"""Errors of files that cannot be read at all."""

from patrol_desk.common.errors import InvalidDataError


class FileRefusedError(InvalidDataError):
    """A file cannot be read: the message names it and says what to do."""
