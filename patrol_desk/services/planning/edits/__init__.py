"""Editing a week by hand: every edit is one transaction, checked once more inside it, and can be taken back."""

from patrol_desk.services.planning.edits.filling import FillProposal, FillRow, apply_fill, fill, propose_fill
from patrol_desk.services.planning.edits.many import Cleared, Copied, clear, copy_week, lock
from patrol_desk.services.planning.edits.single import assign, move, remove, swap

__all__ = [
    "Cleared",
    "Copied",
    "FillProposal",
    "FillRow",
    "apply_fill",
    "assign",
    "clear",
    "copy_week",
    "fill",
    "lock",
    "move",
    "propose_fill",
    "remove",
    "swap",
]
