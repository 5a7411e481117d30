"""What the print dialog should have chosen when it opens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from patrol_desk.common.weeks import Week

if TYPE_CHECKING:
    from patrol_desk.services.planning.doctor_data import Diagnosis


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print.

    Parameters
    ----------
    week
        The week.
    squad_ids
        Ids, or codes, of the squads whose sheets are chosen first; None for all, of the kind of sheet chosen last.
    kind
        Id of the kind; empty: the squads' week, or without squads the one chosen last.
    found
        What the doctor found, so that it need not look anew.
    places
        Codes of the checkpoints of a list of them; empty: all.
    number
        Version of the plan; None: the one in force, else the newest.
    """

    week: Week
    squad_ids: tuple[str, ...] | None = None
    kind: str = ""
    found: "Diagnosis | None" = None
    places: tuple[str, ...] = ()
    number: int | None = None
