"""What a missing head, a long way or an uneven load costs: the user's sliders as whole numbers."""

from dataclasses import dataclass, fields

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the objective, all whole numbers ≥ 0, in points.

    Parameters
    ----------
    minimum
        Points for one minimum head that is missing, per tier, top tier first; must fall strictly.
        Large enough that no sum of the rest along an exchange outweighs one head.
    desired
        Points for one desired head (beyond the minimum) that is missing.
    load
        Points times the growth of a person's squared number of duties, carried-over load included.
    load_class
        The same per class: weekday, night, weekend, holiday. That of weekdays is not for their own sake: who is left
        with the easy duties must not be behind in all the others together.
    extra_squad
        Points for each further squad in a patrol.
    no_lead
        Points for a patrol of two or more in which no leader or deputy serves with the own squad.
    near
        Points per 100 m (rounded down) between home and checkpoint.
    wish
        Points for serving on "avoid" (3 × for avoid, 1 × for fine, 0 for prefer).
    change
        Points for each assignment of the baseline that is given up.
    visit
        Points for each visit that a checkpoint of low demand lacks.
    blind
        Points for each whole hour beyond those a checkpoint bears without anybody.
    queue
        Points for each week by which somebody has waited less than `WAITED_MOST` weeks for a duty of the class.
    habit
        Points for each head of a squad in a task, times the past weeks in which the squad stood there.
    """

    minimum: tuple[int, ...] = (300_000, 200_000, 100_000)
    desired: int = 20_000
    load: int = 10
    load_class: tuple[int, int, int, int] = (10, 40, 40, 40)
    extra_squad: int = 200
    no_lead: int = 20
    near: int = 2
    wish: int = 15
    change: int = 400
    visit: int = 1_500
    blind: int = 20
    queue: int = 3
    habit: int = 25

    def __post_init__(self) -> None:
        flat = [value for field in fields(self) for value in _as_tuple(getattr(self, field.name))]
        if any(value < 0 for value in flat):
            raise InvalidDataError(Message("engine.negative_weight", {"value": min(flat)}))
        if not self.minimum or any(a <= b for a, b in zip(self.minimum, self.minimum[1:], strict=False)):
            raise InvalidDataError(Message("engine.tiers_not_falling", {"value": list(self.minimum)}))


def _as_tuple(value: int | tuple[int, ...]) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)
