"""What is asked of one run only: rules kept more or less strictly, and which squads it may draw on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.engine.settings import Override, resolve
from patrol_desk.services.rules.listing import strength_word
from patrol_desk.storage.reads.rows import SeatRow
from patrol_desk.storage.reads.settings import KINDS, read_overrides
from patrol_desk.storage.reads.week import WeekData
from patrol_desk.storage.session import Session


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one run is asked for beyond the township's rules, which stay as they are.

    Parameters
    ----------
    rules
        Code of a rule → strength with which this run keeps it.
    squads
        Ids of the squads whose people may be given other duties; all others keep theirs. Empty: everybody.
    """

    rules: Mapping[str, str] = field(default_factory=dict)
    squads: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return bool(self.rules or self.squads)

    def record(self) -> dict[str, Any]:
        """Return it as it is kept with a version; empty when nothing is asked for."""
        if not self:
            return {}
        return {"wishes": {"rules": dict(sorted(self.rules.items())), "squads": sorted(self.squads)}}

    @classmethod
    def of(cls, figures: Mapping[str, Any]) -> "Wishes":
        """Return what a version's figures keep of it."""
        held = figures.get("wishes", {})
        return cls(held.get("rules", {}), frozenset(held.get("squads", ())))


def kept_otherwise(figures: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return in words the rules that the run behind a version's figures kept otherwise than the township does."""
    return tuple(
        Message("plan.kept_otherwise", {"rule": Message(f"settings.rule_{code}"), "strength": strength_word(strength)})
        for code, strength in sorted(Wishes.of(figures).rules.items())
    )


def wished(session: Session, data: WeekData, wishes: Wishes) -> WeekData:
    """Return a week's data as a run with wishes sees it.

    Raises
    ------
    InvalidDataError
        A rule may not have that strength, or none of the squads has anybody who serves in the week.
    """
    if not wishes:
        return data
    if wishes.squads and not any(row.id in data.members and inside(data, wishes, row.id) for row in data.people):
        raise InvalidDataError(Message("plan.squads_empty", {"count": len(wishes.squads)}))
    return replace(
        data,
        settings=resolve(_softened(read_overrides(session, data.week.monday), wishes.rules), KINDS),
        availability=[row for row in data.availability if inside(data, wishes, row.person_id)],
    )


def inside(data: WeekData, wishes: Wishes, person_id: str) -> bool:
    """Say whether a run may give somebody other duties."""
    if not wishes.squads:
        return True
    member = data.members.get(person_id)
    return member is not None and member.squad_id in wishes.squads


def held_back(data: WeekData, wishes: Wishes, seats: Sequence[SeatRow]) -> list[SeatRow]:
    """Return the present duties that a run leaves as they are because of its squads."""
    return [seat for seat in seats if not inside(data, wishes, seat.person_id)]


def _softened(overrides: Iterable[Override], rules: Mapping[str, str]) -> list[Override]:
    """Return what the township sets, with the strengths of some rules set anew at every kind of checkpoint."""
    kept = [replace(one, strength=None) if one.code in rules else one for one in overrides]
    numbers = {one.code: one.number for one in kept if one.code in rules and one.kind is None}
    rest = [one for one in kept if one.code not in rules or (one.kind is not None and one.number is not None)]
    return [*rest, *(Override(code, None, strength, numbers.get(code)) for code, strength in rules.items())]
