"""Reading what can be printed."""

from patrol_desk.common.actor import Actor
from patrol_desk.services.printed.batch import Batch, Wanted, open_batch
from patrol_desk.services.printed.keys import StationSeal, known_seal, make_seal
from patrol_desk.services.station import Station
from patrol_desk.ui.desk import Desk


async def seal_of(desk: Desk) -> StationSeal:
    """Return the station's seal; its key is made when there is none yet."""
    found = await desk.read(known_seal)
    return found if found is not None else await desk.write_for_good(make_seal)


def read_batch(
    station: Station, actor: Actor, wanted: Wanted, seal: StationSeal | None = None
) -> tuple[Batch, list[str]]:
    """Return the sheets of a kind, and the characters of names that the font lacks; runs in a reader thread."""
    from patrol_desk.printing import unprintable
    from patrol_desk.printing.batch import texts_of

    batch = open_batch(station, actor, wanted, seal)
    return batch, unprintable(text for one in batch.texts() for text in texts_of(one))
