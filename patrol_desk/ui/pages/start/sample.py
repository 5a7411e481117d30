"""The sample township: generated, its present week planned and published, so that every page has something to show."""

from patrol_desk.common.message import Message
from patrol_desk.common.progress import Cancelled, Progress
from patrol_desk.common.weeks import Week
from patrol_desk.samples.sizes import SizeName
from patrol_desk.services.starting import SampleStep
from patrol_desk.services.station import Station

SEED = 1
MOVES = 2000
"""Moves of the search: a second or two, and a plan that cannot be told from a long run's at a glance."""


def filler(size: SizeName) -> SampleStep:
    """Return what writes a township of that size."""

    def fill(station: Station, week: Week, progress: Progress, cancelled: Cancelled) -> None:
        from patrol_desk.samples import generate, write_sample

        progress(Message("start.generating"), 0, 0)
        sample = generate(size, SEED, week.days[0])
        with station.write(station.system_actor(), "sample.write", record_patch=False) as unit:
            write_sample(unit, sample, progress, cancelled)
            unit.commit()

    return fill


def plan(station: Station, week: Week, progress: Progress, cancelled: Cancelled) -> None:
    """Plan the week and publish it."""
    from patrol_desk.engine.options import Progress as EngineProgress
    from patrol_desk.engine.options import SolveOptions
    from patrol_desk.services.planning.publish import publish
    from patrol_desk.services.planning.run import plan_week

    def tell(found: EngineProgress) -> None:
        progress(found.message, min(found.moves, MOVES), MOVES)

    actor = station.system_actor()
    plan_week(station, actor, week, SolveOptions(seed=SEED, moves=MOVES), progress=tell, cancelled=cancelled)
    if not cancelled():
        publish(station, actor, week)
