"""What the list of squads and response teams shows of each, as frozen data."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

GroupKind = Literal["squad", "team"]
NeedSource = Literal["demand", "duties", ""]
"""Where a group's need comes from: its community's demand, the duties its members have, or nowhere."""

NIGHT: Final = "night"
"""Key of the level of those who can serve by night."""
LEAD: Final = "lead"
"""Key of the level of those who can lead: leader and deputies."""


@dataclass(frozen=True, slots=True)
class Level:
    """How many of a group can do something, and how many it takes a week.

    Parameters
    ----------
    key
        Id of the skill, `NIGHT` or `LEAD`.
    code, name, mark
        Of the skill; empty for `NIGHT` and `LEAD`, which the window names.
    have
        Members who can.
    need
        Heads that the week takes; None where nothing tells.
    """

    key: str
    code: str
    name: str
    mark: str
    have: int
    need: int | None

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(0, (self.need or 0) - self.have)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A squad or a response team in the list.

    Parameters
    ----------
    row_version
        As read, for an edit.
    place_id, place
        Its community, or the muster point of a response team.
    organisation_id, organisation
        The organisation that enrolled as this squad, if one did.
    colour
        Number of the squad's colour; of a response team the colour of nobody's squad.
    leaders, deputies
        Names.
    members
        How many there are today.
    strength
        How many there should be; None where nobody said.
    levels
        Skills by code, then `NIGHT` and `LEAD`.
    source
        Where the need comes from.
    form_out
        When its availability form went out unanswered (station's wall time); None where nothing is waited for.
    lon, lat
        Its base or muster point, WGS-84 degrees.
    search
        Key of `services.finding.keys` over name, code, leader and deputies; never shown.
    """

    id: str
    kind: GroupKind
    row_version: int
    code: str
    name: str
    place_id: str | None
    place: str
    organisation_id: str | None
    organisation: str
    colour: int
    leaders: tuple[str, ...]
    deputies: tuple[str, ...]
    members: int
    strength: int | None
    levels: tuple[Level, ...]
    source: NeedSource
    lon: float | None
    lat: float | None
    search: str = field(repr=False)
    form_out: datetime | None = None

    @property
    def vacancies(self) -> int:
        """How many are missing to full strength."""
        return max(0, (self.strength or 0) - self.members)

    def level(self, key: str) -> Level | None:
        """Return a level by its key."""
        return next((level for level in self.levels if level.key == key), None)
