"""The CSV contract: every table, parents before children."""

from patrol_desk.sync.tables import duty, emphasis, geography, people, places, rules, training
from patrol_desk.sync.tables.spec import Column, RowCheck, TableSpec

TABLES: tuple[TableSpec, ...] = (
    geography.TOWNSHIP,
    geography.COMMUNITIES,
    geography.GRID_CELLS,
    geography.MAP_FEATURES,
    places.ORGANISATIONS,
    people.SKILLS,
    places.SHIFT_PATTERNS,
    people.SQUADS,
    people.PEOPLE,
    people.SQUAD_MEMBERSHIPS,
    places.MUSTER_POINTS,
    people.RESPONSE_TEAMS,
    people.TEAM_MEMBERSHIPS,
    places.EQUIPMENT,
    places.CHECKPOINTS,
    places.DEMAND,
    duty.AVAILABILITY,
    duty.LEAVE,
    people.CERTIFICATES,
    training.TRAINING,
    rules.RULES,
    rules.PERSON_PAIRS,
    emphasis.PRIORITY_AREAS,
    emphasis.AREA_CHECKPOINTS,
    emphasis.SECURITY_PERIODS,
    duty.HOLIDAYS,
    duty.ATTENDANCE,
)

__all__ = ["TABLES", "Column", "RowCheck", "TableSpec", "table_named"]


def table_named(name: str) -> TableSpec:
    """Return the table with this English name; KeyError when there is none."""
    for table in TABLES:
        if table.name == name:
            return table
    raise KeyError(name)
