"""The rules' numbers, and how strictly each rule that a township may soften is kept."""

from dataclasses import dataclass
from typing import Final

HARD: Final = -1
"""Strength of a rule that no plan breaks. 0 leaves the rule out; above 0 are the points that each break costs."""

HINT: Final = -2
"""Strength of a rule that is only told: a break forbids nothing and costs nothing."""


def counts(strength: int) -> bool:
    """Say whether a plan is made with regard to a rule of that strength: it forbids, or costs points."""
    return strength == HARD or strength > 0


@dataclass(frozen=True, slots=True)
class KindRules:
    """What holds at the checkpoints of one kind.

    Parameters
    ----------
    name
        By which files know the kind.
    reach_m
        Largest distance in metres from home to checkpoint; None for the township's.
    reach
        Strength of the reach; points for each 100 m beyond it.
    novice
        Strength of "new members only beside experienced ones"; points for each patrol that breaks it.
    lead
        Points for each patrol of two or more without a leader or deputy, or `HINT`. A leader who must be there is a
        typed seat (`rules.reserve`).
    official
        The same for each patrol without an officer, auxiliary or full-time patrol.
    """

    name: str = "fixed_post"
    reach_m: int | None = None
    reach: int = HARD
    novice: int = HARD
    lead: int = 0
    official: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """Parameters of the rules; `HARD`, `HINT`, 0 or points where a strength is asked for.

    Parameters
    ----------
    reach_m
        Largest distance in metres from home to checkpoint.
    rest_min
        Least minutes between the end of one duty and the start of the next.
    cap_day
        Most duties that start on one day.
    consecutive_days
        Most days in a row on which duties start; 0 for as many as it takes.
    nights_in_row
        Most days in a row with a night duty; 0 for as many as it takes.
    rest, insured, workday_eve, consecutive, nights, apart, together
        Strength of the least rest (points for each pair of duties too close), of insurance and of the spared eve of a
        workday (for each duty), of days and nights in a row (for each day beyond the most), of pairs that must not or
        must serve together (for each patrol and pair). Duties that overlap are never allowed.
    kinds
        What holds at each kind of checkpoint; `Demand.kind` refers to it.
    """

    reach_m: int = 6000
    rest_min: int = 480
    cap_day: int = 1
    consecutive_days: int = 0
    nights_in_row: int = 0
    rest: int = HARD
    insured: int = HARD
    workday_eve: int = HARD
    consecutive: int = HARD
    nights: int = HARD
    apart: int = HARD
    together: int = HARD
    kinds: tuple[KindRules, ...] = (KindRules(),)

    def reach_of(self, kind: int) -> int:
        """Return the reach in metres at the checkpoints of a kind."""
        own = self.kinds[kind].reach_m
        return self.reach_m if own is None else own
