"""Which kinds of sheet there are: what each needs to be told, on what paper, for whom.

The dialog and the commands go by it; `printing.kinds` says how each is laid out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.services.printed.marks import PrivacyProfile

DIAGNOSIS: Final = "diagnosis"
"""The doctor's findings: of the newest version, and seconds of work before there is anything to print."""
PLACE_LIST: Final = "place-list"
"""The list of checkpoints, which may be of some of them."""
PUBLIC, OFFICE, LEADER = PrivacyProfile.PUBLIC, PrivacyProfile.OFFICE, PrivacyProfile.LEADER


class Need(StrEnum):
    """What a kind of sheet must, or may, be told."""

    WEEK = "week"
    DAY = "day"
    MONTH = "month"
    SQUADS = "squads"
    CHECKPOINTS = "checkpoints"
    MUSTER_POINTS = "muster_points"
    PERSONS = "persons"
    SHIFT = "shift"
    VERSION = "version"
    VERSIONS = "versions"
    """The older of two published versions, beside the newer one."""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet.

    Parameters
    ----------
    id
        As typed: ``squad-week``.
    letters
        In the reference and the QR code: ``SW``.
    paper
        ``A3``, ``A4``, ``A5`` or ``A6``, by itself.
    landscape
        Wider than high.
    papers
        Other papers that make sense.
    needs
        What must be told; one of `Need.WEEK`, `Need.DAY`, `Need.MONTH` comes first, if any.
    may
        What may be told; without it all there are, or the version in force.
    profiles
        For whom it may be printed; the first is usual.
    sample
        Only invented data can be shown yet.
    """

    id: str
    letters: str
    paper: str
    landscape: bool
    papers: tuple[str, ...]
    needs: tuple[Need, ...]
    may: tuple[Need, ...]
    profiles: tuple[PrivacyProfile, ...]
    sample: bool = False

    @property
    def name(self) -> Message:
        """Its name in both languages."""
        return Message(f"sheet.kind_{self.id.replace('-', '_')}")


_ALL = (OFFICE, LEADER, PUBLIC)
_INSIDE = (OFFICE, LEADER)
_N = Need
_LARGE = ("A4", "A3", "Letter")
_KINDS = (
    SheetKind("squad-week", "SW", "A4", True, _LARGE, (_N.WEEK,), (_N.SQUADS, _N.VERSION), _ALL),
    SheetKind("checkpoint-week", "CW", "A4", True, _LARGE, (_N.WEEK,), (_N.CHECKPOINTS, _N.VERSION), _ALL),
    SheetKind("muster-day", "MD", "A4", False, ("A4", "Letter"), (_N.DAY,), (_N.MUSTER_POINTS, _N.VERSION), _ALL),
    SheetKind("sign-in", "SI", "A4", True, _LARGE, (_N.DAY,), (_N.CHECKPOINTS, _N.SQUADS, _N.SHIFT, _N.VERSION), _ALL),
    SheetKind("overview", "TO", "A3", True, ("A3", "A4"), (_N.WEEK,), (_N.VERSION,), _ALL),
    SheetKind("slip", "PS", "A4", False, ("A4", "A6"), (_N.WEEK,), (_N.SQUADS, _N.PERSONS, _N.VERSION), _INSIDE),
    SheetKind("change-slip", "CS", "A5", False, ("A5", "A4"), (_N.WEEK,), (_N.SQUADS, _N.VERSIONS, _N.VERSION), _ALL),
    SheetKind(
        "call-sheet", "CL", "A4", False, ("A4", "Letter"), (_N.DAY,), (_N.SQUADS, _N.CHECKPOINTS, _N.SHIFT), (LEADER,)
    ),
    SheetKind("call-out", "CO", "A4", False, ("A4", "Letter"), (), (), _INSIDE, sample=True),
    SheetKind("hours", "MH", "A4", False, ("A4", "Letter"), (_N.MONTH,), (_N.SQUADS,), _ALL),
    SheetKind("availability", "AF", "A4", True, _LARGE, (), (_N.SQUADS,), _ALL),
    SheetKind(PLACE_LIST, "PL", "A4", True, _LARGE, (), (_N.CHECKPOINTS,), (OFFICE,)),
    SheetKind(DIAGNOSIS, "DG", "A4", False, ("A4", "Letter"), (_N.WEEK,), (), (OFFICE, PUBLIC)),
)
KINDS: Final[Mapping[str, SheetKind]] = MappingProxyType({kind.id: kind for kind in _KINDS})
"""Kinds by id, in the order in which they are offered."""
BY_LETTERS: Final[Mapping[str, SheetKind]] = MappingProxyType({kind.letters: kind for kind in _KINDS})
