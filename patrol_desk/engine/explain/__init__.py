"""Why a seat stays empty, who is kept from it by which rule, what would help; and why somebody stands in one."""

from patrol_desk.engine.explain.gaps import Candidate, Gap, explain
from patrol_desk.engine.explain.refusals import Refused, refused
from patrol_desk.engine.explain.relax import Relaxation
from patrol_desk.engine.explain.shortage import FunnelStep, Nearly, Shortage, shortages
from patrol_desk.engine.explain.why import Rival, Why, why

__all__ = [
    "Candidate",
    "FunnelStep",
    "Gap",
    "Nearly",
    "Refused",
    "Relaxation",
    "Rival",
    "Shortage",
    "Why",
    "explain",
    "refused",
    "shortages",
    "why",
]
