"""Why a seat stays empty: who is kept from it by which rule, and what would help."""

from patrol_desk.engine.explain.gaps import Candidate, Gap, explain
from patrol_desk.engine.explain.relax import Relaxation

__all__ = ["Candidate", "Gap", "Relaxation", "explain"]
