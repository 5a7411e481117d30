"""How large the generated townships are."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

SizeName = Literal["small", "township", "large"]


@dataclass(frozen=True, slots=True)
class Size:
    """Counts of one size.

    Parameters
    ----------
    people
        All people, whatever their status.
    squads, checkpoints
        Squads that exist and checkpoints in use; a few ended or planned ones come on top.
    teams, muster_points, communities, grid_cells, organisations
        Counts of these.
    half_width, half_height
        Half axes of the township's outline in metres.
    remote
        Checkpoints at the far end of the valley.
    festival
        Posts of the market festival.
    leaves
        People on leave during the week.
    ended_squads, spare_checkpoints
        What comes on top.
    """

    people: int
    squads: int
    checkpoints: int
    teams: int
    muster_points: int
    communities: int
    grid_cells: int
    organisations: int
    half_width: int
    half_height: int
    remote: int
    festival: int
    leaves: int
    ended_squads: int
    spare_checkpoints: int


SIZES: Final[Mapping[str, Size]] = MappingProxyType(
    {
        "small": Size(600, 24, 22, 7, 5, 7, 12, 10, 4300, 2800, 2, 2, 9, 1, 2),
        "township": Size(8500, 330, 364, 100, 30, 22, 89, 90, 7600, 5200, 2, 8, 120, 6, 14),
        "large": Size(28000, 1100, 1200, 330, 99, 60, 293, 300, 11500, 7800, 7, 26, 395, 20, 46),
    }
)


def size_named(name: str) -> Size:
    """Return the size of that name.

    Raises
    ------
    InvalidDataError
        There is no such size.
    """
    if name not in SIZES:
        raise InvalidDataError(Message("sample.no_such_size", {"value": name, "names": list(SIZES)}))
    return SIZES[name]
