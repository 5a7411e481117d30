"""Visits of checkpoints of low demand: how often, drawn by lot, and how well an observer can guess them.

Pure functions of numpy arrays. The lottery's secret is the caller's: out of the operating system's generator, kept
where few can read it, never printed, and not the solver's seed, which is shown.
"""

from patrol_desk.engine.visits.lots import SECRET_BYTES, Lots
from patrol_desk.engine.visits.lottery import Account, LotteryRules, LotteryState, VisitWeek, draw_week
from patrol_desk.engine.visits.marginals import FLOOR, marginals
from patrol_desk.engine.visits.measures import Hits, by_day, count_error, independent_entropy, judge, watch
from patrol_desk.engine.visits.observers import OBSERVERS, Watched, by_account
from patrol_desk.engine.visits.pivotal import pivotal

__all__ = [
    "FLOOR",
    "OBSERVERS",
    "SECRET_BYTES",
    "Account",
    "Hits",
    "Lots",
    "LotteryRules",
    "LotteryState",
    "VisitWeek",
    "Watched",
    "by_account",
    "by_day",
    "count_error",
    "draw_week",
    "independent_entropy",
    "judge",
    "marginals",
    "pivotal",
    "watch",
]
