"""Editing a week by hand: every edit is one transaction, checked once more inside it, and can be taken back."""

from patrol_desk.services.planning.edits.copying import Copied, Span, copy_days, copy_week, preview_copy
from patrol_desk.services.planning.edits.filling import FillProposal, FillRow, apply_fill, fill, propose_fill
from patrol_desk.services.planning.edits.handing import hand_over
from patrol_desk.services.planning.edits.many import Cleared, clear, lock
from patrol_desk.services.planning.edits.pasting import (
    Judged,
    Meant,
    Pasted,
    PastedCell,
    PastedName,
    paste,
    preview_paste,
    read_names,
)
from patrol_desk.services.planning.edits.single import assign, move, remove, swap
from patrol_desk.services.planning.edits.standing_in import StandIn, apply_stand_ins, propose_stand_ins

__all__ = [
    "Cleared",
    "Copied",
    "FillProposal",
    "FillRow",
    "Judged",
    "Meant",
    "Pasted",
    "PastedCell",
    "PastedName",
    "Span",
    "StandIn",
    "apply_fill",
    "apply_stand_ins",
    "assign",
    "clear",
    "copy_days",
    "copy_week",
    "fill",
    "hand_over",
    "lock",
    "move",
    "paste",
    "preview_copy",
    "preview_paste",
    "propose_fill",
    "propose_stand_ins",
    "read_names",
    "remove",
    "swap",
]
