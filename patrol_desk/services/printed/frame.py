"""What every printed sheet carries beside its content: whose it is, which version, who printed it for whom."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from patrol_desk.services.printed.marks import PrivacyProfile, SheetVersion

UNSAID: Final[Mapping[str, bool]] = MappingProxyType({"unsaid": True})
"""Metadata of a field that the content hash leaves out: telephone numbers, the frame, marks of change."""


@dataclass(frozen=True, slots=True)
class SheetFrame:
    """Head and foot of a sheet.

    Parameters
    ----------
    station, township
        Names, for the foot and the title.
    duty_phone
        The duty room's telephone, printed whole whatever the profile.
    version
        Version of the plan; None on a sheet that shows no plan.
    revision
        Revision of the data, as printed in the foot: ``r4187``.
    printed_at
        Station's wall time (naive) of printing.
    printed_by
        Name of the account's owner who prints; empty to leave it out.
    profile
        Who may read the sheet.
    copy_number
        Number of this copy, from 1; 0 prints none.
    audit_head
        First characters of the audit chain's head at printing, or empty.
    signature
        The station's signature of the sheet's reference, or empty.
    sample
        The data are invented; the sheet says so.
    """

    station: str
    township: str
    duty_phone: str
    version: SheetVersion | None
    revision: str
    printed_at: datetime
    printed_by: str = ""
    profile: PrivacyProfile = PrivacyProfile.OFFICE
    copy_number: int = 0
    audit_head: str = ""
    signature: str = ""
    sample: bool = False


Plain = None | bool | int | float | str | list["Plain"]
"""What JSON holds."""


def said(value: object) -> Plain:
    """Return what a sheet says as plain lists and numbers, for its content hash; `UNSAID` fields are left out."""
    if is_dataclass(value):
        return [said(getattr(value, one.name)) for one in fields(value) if "unsaid" not in one.metadata]
    if isinstance(value, tuple):
        return [said(part) for part in value]
    if isinstance(value, Enum):
        return str(value.value)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
