"""Places: checkpoints with their demand, muster points with their equipment."""

from patrol_desk.services.places.areas import (
    area_detail,
    area_scope,
    list_areas,
    list_in_area,
    retire_area,
    save_area,
    unlist_from_area,
)
from patrol_desk.services.places.checkpoints import (
    create_checkpoint,
    update_checkpoint,
)
from patrol_desk.services.places.demand import check_cell, copy_demand, copy_effects, most_heads, set_demand
from patrol_desk.services.places.detail import muster_detail, place_detail
from patrol_desk.services.places.divisions import (
    community_detail,
    grid_cell_detail,
    list_communities,
    list_grid_cells,
    retire_community,
    retire_grid_cell,
    save_community,
    save_grid_cell,
)
from patrol_desk.services.places.effect import effect_of_demand
from patrol_desk.services.places.fields import check_place_field
from patrol_desk.services.places.grid import keep_held
from patrol_desk.services.places.life import (
    LifeBounds,
    check_move,
    check_reason,
    drop_fixed,
    life_effect,
    move_checkpoint,
    next_statuses,
)
from patrol_desk.services.places.listing import (
    list_muster_points,
    list_places,
    place_choices,
    place_ids,
    township_stock,
)
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
from patrol_desk.services.places.periods import (
    list_periods,
    period_detail,
    period_scope,
    retire_period,
    save_period,
)

__all__ = [
    "LifeBounds",
    "add_equipment",
    "area_detail",
    "area_scope",
    "check_cell",
    "check_due",
    "check_move",
    "check_place_field",
    "check_reason",
    "community_detail",
    "copy_demand",
    "copy_effects",
    "create_checkpoint",
    "create_muster_point",
    "drop_fixed",
    "due_at",
    "effect_of_demand",
    "grid_cell_detail",
    "keep_held",
    "lend",
    "life_effect",
    "list_areas",
    "list_borrowers",
    "list_communities",
    "list_grid_cells",
    "list_in_area",
    "list_muster_points",
    "list_periods",
    "list_places",
    "loan_history",
    "loan_start",
    "most_heads",
    "move_checkpoint",
    "muster_detail",
    "next_statuses",
    "period_detail",
    "period_scope",
    "place_choices",
    "place_detail",
    "place_ids",
    "retire_area",
    "retire_community",
    "retire_equipment",
    "retire_grid_cell",
    "retire_muster_point",
    "retire_period",
    "return_loans",
    "return_short",
    "save_area",
    "save_community",
    "save_grid_cell",
    "save_period",
    "set_demand",
    "set_stock",
    "township_stock",
    "unlist_from_area",
    "update_checkpoint",
    "update_muster_point",
]
