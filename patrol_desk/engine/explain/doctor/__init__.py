"""The infeasibility doctor: what would have to give way so that the gaps of a plan could be filled."""

from patrol_desk.engine.explain.doctor.deficit import Deficit, deficits
from patrol_desk.engine.explain.doctor.effect import Effect
from patrol_desk.engine.explain.doctor.rematch import Rematched, rematch
from patrol_desk.engine.explain.doctor.step import DataChange, Step
from patrol_desk.engine.explain.doctor.ways import WayOut, summed, ways_out

__all__ = [
    "DataChange",
    "Deficit",
    "Effect",
    "Rematched",
    "Step",
    "WayOut",
    "deficits",
    "rematch",
    "summed",
    "ways_out",
]
