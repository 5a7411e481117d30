"""Where to go in the window."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Target:
    """A page, and what to show there.

    Parameters
    ----------
    page
        Name of the page.
    record_id
        The record to open, if one.
    detail
        Whatever else the page understands, e.g. ``pattern_id`` and ``on_date`` of a cell.
    """

    page: str
    record_id: str | None = None
    detail: Mapping[str, object] = field(default_factory=dict)
