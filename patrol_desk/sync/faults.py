"""Why a cell or row cannot go in, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from patrol_desk.common.message import Message


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason that keeps a row out.

    Parameters
    ----------
    code
        Code of the reason; the suggestion's is the same with ``_fix``.
    params
        Placeholders of both sentences; the cell's own value is never among them.
    """

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> Message:
        """What is wrong."""
        return Message(self.code, self.params)

    @property
    def suggestion(self) -> Message:
        """What would be right."""
        return Message(f"{self.code}_fix", self.params)
