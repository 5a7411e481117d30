"""Places: checkpoints with their demand, muster points with their equipment."""

from patrol_desk.services.places.checkpoints import (
    create_checkpoint,
    update_checkpoint,
)
from patrol_desk.services.places.demand import check_cell, copy_demand, most_heads, set_demand
from patrol_desk.services.places.detail import muster_detail, place_detail
from patrol_desk.services.places.effect import effect_of_demand
from patrol_desk.services.places.fields import check_place_field
from patrol_desk.services.places.life import (
    LifeBounds,
    check_move,
    check_reason,
    drop_fixed,
    life_effect,
    move_checkpoint,
    next_statuses,
)
from patrol_desk.services.places.listing import list_muster_points, list_places, place_choices, township_stock
from patrol_desk.services.places.loans import (
    check_due,
    due_at,
    lend,
    list_borrowers,
    loan_history,
    loan_start,
    return_loans,
    return_short,
)
from patrol_desk.services.places.muster import (
    add_equipment,
    create_muster_point,
    retire_equipment,
    retire_muster_point,
    set_stock,
    update_muster_point,
)

__all__ = [
    "LifeBounds",
    "add_equipment",
    "check_cell",
    "check_due",
    "check_move",
    "check_place_field",
    "check_reason",
    "copy_demand",
    "create_checkpoint",
    "create_muster_point",
    "drop_fixed",
    "due_at",
    "effect_of_demand",
    "lend",
    "life_effect",
    "list_borrowers",
    "list_muster_points",
    "list_places",
    "loan_history",
    "loan_start",
    "most_heads",
    "move_checkpoint",
    "muster_detail",
    "next_statuses",
    "place_choices",
    "place_detail",
    "retire_equipment",
    "retire_muster_point",
    "return_loans",
    "return_short",
    "set_demand",
    "set_stock",
    "township_stock",
    "update_checkpoint",
    "update_muster_point",
]
