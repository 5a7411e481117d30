"""What the list and the detail of muster points show: frozen rows, ready to paint."""

from dataclasses import dataclass
from datetime import date

from patrol_desk.services.places.loan_rows import Loan
from patrol_desk.services.places.rows import Near, Sketch


@dataclass(frozen=True, slots=True)
class MusterRow:
    """One muster point of the list.

    Parameters
    ----------
    teams
        Names of the response teams based here.
    kinds, pieces
        Kinds of equipment and their sum.
    out, overdue
        Pieces lent out, and those that should be back by now.
    search
        What typing is looked for in.
    """

    id: str
    row_version: int
    code: str
    name: str
    community_id: str | None
    community: str
    teams: tuple[str, ...]
    kinds: int
    pieces: int
    out: int
    overdue: int
    search: str


@dataclass(frozen=True, slots=True)
class TownshipStock:
    """How much of a thing all muster points hold together, at how many of them it is, and how much of it is out."""

    name: str
    quantity: int
    places: int
    out: int = 0


@dataclass(frozen=True, slots=True)
class Team:
    """A response team based at a muster point."""

    id: str
    code: str
    name: str
    members: int


@dataclass(frozen=True, slots=True)
class Stock:
    """A stock of one thing; `township` is how much of it all muster points hold together, `out` what is lent."""

    id: str
    row_version: int
    code: str
    name: str
    quantity: int
    township: int
    out: int = 0

    @property
    def inside(self) -> int:
        """Pieces that are there to be taken."""
        return self.quantity - self.out


@dataclass(frozen=True, slots=True)
class MusterDetail:
    """Everything the page shows of one muster point.

    `loans` are those not yet returned, the earliest due first; `served` are the checkpoints within two kilometres.
    """

    row: MusterRow
    lon: float | None
    lat: float | None
    retired_on: date | None
    teams: tuple[Team, ...]
    stock: tuple[Stock, ...]
    loans: tuple[Loan, ...]
    served: tuple[Near, ...]
    sketch: Sketch | None

    @property
    def id(self) -> str:
        """Id of the muster point."""
        return self.row.id
