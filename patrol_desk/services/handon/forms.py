"""In which form which sheets can be handed on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Form(StrEnum):
    """Form of a file."""

    XLSX = "xlsx"
    ICS = "ics"
    PNG = "png"
    TEXT = "txt"


FORMS: Final[Mapping[str, tuple[Form, ...]]] = MappingProxyType(
    {
        "squad-week": (Form.XLSX, Form.PNG, Form.TEXT, Form.ICS),
        "slip": (Form.ICS,),
        "availability": (Form.XLSX,),
    }
)
"""Id of a kind of sheet → forms, the usual one first."""
