"""Leave and swaps that wait for a decision, as the day's page lists them; `services.planning.requests` grants them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from patrol_desk.common.actor import Actor
from patrol_desk.common.clock import STATION_UTC_OFFSET, station_today
from patrol_desk.common.weeks import Week
from patrol_desk.models import RequestKind
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted
from patrol_desk.services.planning.overrides import DutyKey
from patrol_desk.services.station import Station
from patrol_desk.storage.reads import decisions


@dataclass(frozen=True, slots=True)
class Side:
    """One duty of a request: whose, where in words, and when by the shift's mark."""

    key: DutyKey
    name: str
    place: str
    shift: str

    @property
    def on_date(self) -> date:
        """The day."""
        return self.key[3]


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that nobody has decided yet.

    Parameters
    ----------
    other
        The other duty of a swap; None for one who drops out.
    words, asked_at, taken_by
        Why, when (station time), and who wrote it down.
    """

    id: str
    kind: RequestKind
    side: Side
    other: Side | None
    words: str
    asked_at: datetime
    taken_by: str

    @property
    def week(self) -> Week:
        """The week whose plan it belongs to."""
        return Week.of(self.side.on_date)


@permitted(Permission.PLAN_READ)
def open_requests(station: Station, actor: Actor) -> tuple[OpenRequest, ...]:
    """Return the requests that wait for a decision, about duties from yesterday on, by day."""
    del actor  # the permission is all that depends on who asks
    with station.read() as session:
        rows = decisions.open_requests(session, station_today(station.clock) - timedelta(days=1))
    return tuple(_request(row) for row in rows)


def _request(row: decisions.RequestRow) -> OpenRequest:
    side = Side((row.person_id, row.checkpoint_id, row.pattern_id, row.on_date), row.name, row.place, row.shift)
    other = None
    if row.other_id and row.other_checkpoint_id and row.other_pattern_id and row.other_on_date:
        key = (row.other_id, row.other_checkpoint_id, row.other_pattern_id, row.other_on_date)
        other = Side(key, row.other_name or "", row.other_place or "", row.other_shift or "")
    asked = (row.asked_at + STATION_UTC_OFFSET).replace(tzinfo=None)
    return OpenRequest(row.id, row.kind, side, other, row.words, asked, row.taken_by)
