"""Free text and names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from patrol_desk.common.message import Message
from patrol_desk.sync.faults import Fault
from patrol_desk.sync.kinds.base import Kind, ReadContext, WriteContext
from patrol_desk.sync.text import mark, nfc

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile(r"[\t\r\n]")


@dataclass(frozen=True, slots=True)
class TextKind(Kind):
    """Text as typed, in normal form C.

    Parameters
    ----------
    limit
        Most characters.
    one_line
        Whether line breaks and tabs are refused (names).
    """

    limit: int = 200
    one_line: bool = False

    def parser(self, context: ReadContext) -> Callable[[str], object]:
        """Return the function from a text to its normal form."""
        del context

        def parse(text: str) -> object:
            value = nfc(text)
            if len(value) > self.limit:
                return Fault("import.too_long", {"limit": self.limit, "length": len(value)})
            if not value.isprintable() and (_CONTROLS.search(value) or (self.one_line and _LINE_BREAKS.search(value))):
                return Fault("import.control_character")
            return value

        return parse

    def shower(self, context: WriteContext) -> Callable[[Any], str]:
        """Return the function that marks a text where it must be."""
        del context
        return mark

    def legend(self) -> Message:
        """Return the sentence that says what the column takes."""
        return Message("table.kind_text", {"limit": self.limit})
