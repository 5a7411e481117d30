"""The independent checker: every rule, every figure and the proven bounds, without a line of the solver's code.

Of the engine it knows only the data (`engine.problem`, `engine.plan`, `engine.weights`).
"""

from patrol_desk.engine.verify.bound import Bounds, bounds
from patrol_desk.engine.verify.checker import check
from patrol_desk.engine.verify.free import Gap, gaps, who_could_join
from patrol_desk.engine.verify.report import RULES, WISHES, CheckReport, Violation

__all__ = ["RULES", "WISHES", "Bounds", "CheckReport", "Gap", "Violation", "bounds", "check", "gaps", "who_could_join"]
