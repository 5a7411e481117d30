"""Small townships for the tests of the lottery."""

import numpy as np

from patrol_desk.engine.problem import Bool
from patrol_desk.engine.visits import LotteryRules, LotteryState, VisitWeek, draw_week

SECRET = bytes(range(32))


def week_of(due: list[float], slots: int = 14, step: int = 720) -> VisitWeek:
    """Return a week in which each checkpoint is due so many visits, spread evenly over the slots."""
    count = len(due)
    return VisitWeek(
        checkpoints=tuple(f"c{number}" for number in range(count)),
        place=np.column_stack([np.arange(count) * 500, np.zeros(count)]).astype(np.int32),
        cell_checkpoint=np.repeat(np.arange(count), slots).astype(np.int32),
        cell_start=np.tile(np.arange(slots) * step, count).astype(np.int32),
        probability=np.repeat(np.array(due) / slots, slots),
    )


def draw_weeks(
    week: VisitWeek, weeks: int, secret: bytes = SECRET, rules: LotteryRules | None = None
) -> tuple[Bool, list[LotteryState]]:
    """Return (C, W, T) the visits of some weeks, and the state after each."""
    state, drawn, states = LotteryState(), [], []
    for _ in range(weeks):
        cells, state = draw_week(state, secret, week, rules)
        drawn.append(cells.reshape(len(week.checkpoints), -1))
        states.append(state)
    return np.stack(drawn, axis=1), states
