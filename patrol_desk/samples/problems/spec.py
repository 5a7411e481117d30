"""What makes each family of planning problems hard, as plain numbers."""

from dataclasses import dataclass, replace
from typing import Final

DAY_SHIFTS: Final = ((420, 360), (780, 360), (1140, 180), (1320, 240))
"""Start and length in minutes: 7 to 13, 13 to 19, 19 to 22, 22 to 2 of the next day."""

ROUND_THE_CLOCK: Final = ((0, 360), (360, 360), (720, 360), (1080, 360))
"""Four times six hours: each shift ends when the next begins, also over midnight."""


@dataclass(frozen=True, slots=True)
class Spec:
    """The parameters of one family.

    Parameters
    ----------
    people, squads, checkpoints
        Size of the township.
    seats
        Sum of the minimum heads aimed at.
    caps
        Shares of the people whose weekly cap is 1, 2, 3 and 4.
    skills
        Shares of the people with first aid and driving.
    typed
        Shares of the tasks with a seat for a leader, first aid and a driver.
    remote
        Share of the checkpoints that lie beyond the reach of most homes.
    day
        Start and length in minutes of each shift of a day.
    rest_min, reach_m
        The rules' minutes and metres.
    locked
        Share of a feasible greedy plan that is locked; the rest of it is the baseline.
    full
        Every rule and every part of the objective occurs (`full.with_full_rules`).
    withdrawn, closed
        Shares of the people and checkpoints that a published week loses from Wednesday on (`full.disrupted`).
    """

    people: int = 8_500
    squads: int = 330
    checkpoints: int = 364
    seats: int = 15_000
    caps: tuple[float, float, float, float] = (0.40, 0.35, 0.16, 0.09)
    skills: tuple[float, float] = (0.12, 0.15)
    typed: tuple[float, float, float] = (0.18, 0.055, 0.055)
    remote: float = 0.012
    day: tuple[tuple[int, int], ...] = DAY_SHIFTS
    rest_min: int = 480
    reach_m: int = 6_000
    locked: float = 0.0
    full: bool = False
    withdrawn: float = 0.0
    closed: float = 0.0

    def scaled(self, scale: float) -> "Spec":
        """Return the same township at a share of its size, all counts at least 1."""
        counts = {"people", "squads", "checkpoints", "seats"}
        return replace(self, **{name: max(1, round(getattr(self, name) * scale)) for name in counts})


SPECS: Final[dict[str, Spec]] = {
    "small": Spec(people=600, squads=24, checkpoints=22, seats=900),
    "saturated": Spec(),
    "slack": Spec(seats=10_500, remote=0.0),
    "large": Spec(people=28_000, squads=1_100, checkpoints=1_200, seats=50_000),
    "scarce_skills": Spec(seats=12_000, skills=(0.03, 0.04), typed=(0.25, 0.08, 0.08)),
    "remote": Spec(seats=12_000, remote=0.12, reach_m=5_000),
    "four_shifts": Spec(seats=12_000, day=ROUND_THE_CLOCK),
    "locked": Spec(seats=13_000, locked=0.6),
    "rest_11h": Spec(people=5_000, squads=200, seats=13_000, caps=(0.0, 0.0, 0.0, 1.0), rest_min=660),
    "full_rules": Spec(seats=14_000, full=True),
    "disrupted": Spec(seats=13_000, withdrawn=0.02, closed=0.01),
}
