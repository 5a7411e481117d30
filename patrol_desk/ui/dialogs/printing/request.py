"""What the print dialog should have chosen when it opens."""

from dataclasses import dataclass

from patrol_desk.common.weeks import Week


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """What to print.

    Parameters
    ----------
    week
        The week.
    squad_ids
        Ids of the squads chosen first; None for all of them.
    """

    week: Week
    squad_ids: tuple[str, ...] | None = None
