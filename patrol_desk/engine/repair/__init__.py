"""Repair of a plan that stands: one seat at a time, with as few changes as can be."""

from patrol_desk.engine.repair.alternative import Alternative, Hole, Move
from patrol_desk.engine.repair.live import LivePlan
from patrol_desk.engine.repair.replan import Kept, kept, replan

__all__ = ["Alternative", "Hole", "Kept", "LivePlan", "Move", "kept", "replan"]
