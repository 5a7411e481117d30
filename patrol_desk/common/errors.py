"""Errors that reach a user: each carries a `Message`, none carries personal data."""

from patrol_desk.common.message import Message


class PatrolError(Exception):
    """Something a user must be told, in words that say what to do next.

    Parameters
    ----------
    message
        The sentence. Its parameters hold no personal data.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


class InvalidDataError(PatrolError, ValueError):
    """Data that cannot be right: the message names the place, the value and what would be right."""


class ForbiddenError(PatrolError):
    """The actor's role does not allow the action."""


class ConcurrentChangeError(PatrolError):
    """Somebody else changed the data in between; nothing was written."""


class StorageError(PatrolError):
    """The database file cannot be opened, read or written as asked."""


class CancelledByUserError(PatrolError):
    """The user stopped the work; nothing was written."""
