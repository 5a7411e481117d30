"""What the page shows of communities and grid cells: frozen rows, ready to paint."""

from dataclasses import dataclass

from patrol_desk.models import CheckpointKind


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One community or grid cell of the list.

    Parameters
    ----------
    community_id, community
        Of a grid cell; None and empty for a community.
    cells, places, squads, musters, people
        How many of each belong to it and are in force.
    drawn
        Whether its boundary is known.
    search
        What typing is looked for in.
    """

    id: str
    row_version: int
    code: str
    name: str
    community_id: str | None
    community: str
    cells: int
    places: int
    squads: int
    musters: int
    people: int
    drawn: bool
    search: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """Something that belongs to a community or grid cell: `kind` of a checkpoint, `count` of what it holds.

    That is the least person-shifts of a week for a checkpoint, members for a squad, kinds of equipment for a muster
    point, checkpoints for a grid cell.
    """

    id: str
    code: str
    name: str
    count: int
    kind: CheckpointKind | None = None


@dataclass(frozen=True, slots=True)
class DivisionDetail:
    """Everything the page shows of a community or grid cell."""

    row: DivisionRow
    cells: tuple[Belonging, ...]
    places: tuple[Belonging, ...]
    squads: tuple[Belonging, ...]
    musters: tuple[Belonging, ...]

    @property
    def id(self) -> str:
        """Id of the community or grid cell."""
        return self.row.id
