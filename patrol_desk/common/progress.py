"""Progress and cancel as two small callables that are passed in."""

from collections.abc import Callable

from patrol_desk.common.errors import CancelledByUserError
from patrol_desk.common.message import Message

Progress = Callable[[Message, int, int], None]
"""Called with what is going on, how much is done and of how much (0 when unknown)."""

Cancelled = Callable[[], bool]
"""Says whether the user asked to stop."""


def no_progress(_what: Message, _done: int, _total: int) -> None:
    """Report to nobody."""


def never_cancelled() -> bool:
    """Say that nobody asked to stop."""
    return False


def raise_if_cancelled(cancelled: Cancelled) -> None:
    """Raise `CancelledByUserError` when the user asked to stop."""
    if cancelled():
        raise CancelledByUserError(Message("common.cancelled"))
