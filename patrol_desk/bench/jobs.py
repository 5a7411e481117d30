"""Which runs the engine's bench consists of, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from patrol_desk.bench.settings import LIMITS
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.samples.problems import FAMILIES, SPECS

Kind = Literal["instance", "solver", "cpsat", "timefold", "growth"]

Peer = Literal["cpsat", "timefold"]

PEERS: Final[tuple[Peer, ...]] = ("cpsat", "timefold")
"""The peers that take a run of their own; both greedies come with each instance."""

GROWTH_SIZES: Final = (1_000, 2_000, 4_000, 8_500, 14_000, 28_000)
"""People in the townships by which growth is measured."""

LARGEST: Final = "large"
"""The family whose shrunken copies growth is measured on."""

_CORES: Final[dict[Peer, int]] = {"cpsat": 2, "timefold": 1}
"""CP-SAT searches with two workers, Timefold in one thread."""

_SECONDS_A_SEAT: Final = {"instance": 1e-3, "solver": 3e-3, "cpsat": 4e-3, "timefold": 6e-3, "growth": 3e-3}
"""How long a run takes beside its time limit, roughly; only the remaining time is guessed from it."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run, in a process of its own.

    Parameters
    ----------
    kind
        ``instance``: saturation and both greedies; ``solver``: the engine, judged; ``growth``: the same at a size;
        else the peer that is run.
    family, seed, scale
        Of the instance.
    limit
        Seconds, None for the defaults.
    moves
        As in `SolveOptions`.
    cores
        How many the run may keep busy.
    """

    kind: Kind
    family: str
    seed: int
    scale: float = 1.0
    limit: float | None = None
    moves: int | None = None
    cores: int = 1

    @property
    def key(self) -> str:
        """By which a kept row is known again."""
        return f"{self.kind}/{self.family}/{self.seed}/{self.scale:.6g}/{self.limit}/{self.moves}"

    @property
    def expected_seconds(self) -> float:
        """A rough guess."""
        seats = SPECS[self.family].seats * self.scale
        search = seats * _SECONDS_A_SEAT[self.kind]
        return 3.0 + search if self.limit is None else 3.0 + self.limit + search / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOptions:
    """What `bench engine` is asked for.

    Parameters
    ----------
    families
        Names out of `FAMILIES`; none for all.
    seeds
        How many seeds a family, from 0.
    seeds_of
        The same for single families.
    moves, time_limit
        For every run of the solver instead of the table's limits, as in `SolveOptions`.
    scale
        Share of each family's size.
    peers
        Which of `PEERS` to run.
    peer_seeds, peer_seconds
        On how many seeds, and for how long each.
    growth
        People in the townships for growth; none leaves it out.
    jobs
        Runs at the same time, each with its share of the cores.

    Raises
    ------
    InvalidDataError
        There is no such family or peer, or a number is too small.
    """

    families: tuple[str, ...] = ()
    seeds: int = 10
    seeds_of: dict[str, int] = field(default_factory=dict)
    moves: int | None = None
    time_limit: float | None = None
    scale: float = 1.0
    peers: tuple[str, ...] = PEERS
    peer_seeds: int = 1
    peer_seconds: float = 60.0
    growth: tuple[int, ...] = GROWTH_SIZES
    jobs: int = 1

    def __post_init__(self) -> None:
        for name in (*self.families, *self.seeds_of):
            if name not in FAMILIES:
                raise InvalidDataError(Message("bench.no_such_family", {"value": name, "right": list(FAMILIES)}))
        for name in self.peers:
            if name not in PEERS:
                raise InvalidDataError(Message("bench.no_such_peer", {"value": name, "right": list(PEERS)}))
        fewest = min((self.seeds, *self.seeds_of.values()))
        if fewest < 1:
            raise InvalidDataError(Message("bench.no_seeds", {"value": fewest}))
        for number in (self.jobs, *self.growth):
            if number < 1:
                raise InvalidDataError(Message("bench.too_few", {"value": number}))

    @property
    def names(self) -> tuple[str, ...]:
        """The families that are run."""
        return self.families or FAMILIES

    def seeds_for(self, name: str) -> int:
        """Return how many seeds a family gets."""
        return self.seeds_of.get(name, self.seeds)

    def limits_for(self, name: str) -> tuple[float | None, ...]:
        """Return the time limits under which a family is solved."""
        if self.time_limit is not None or self.moves is not None:
            return (self.time_limit,)
        return LIMITS.get(name, (None,))


def plan_runs(options: EngineOptions) -> tuple[Job, ...]:
    """Return the runs: seed by seed, so that whoever stops early has all families; growth after the first seed."""
    found: list[Job] = []
    for seed in range(max(options.seeds_for(name) for name in options.names)):
        names = [name for name in options.names if seed < options.seeds_for(name)]
        for name in names:
            found += _of_instance(options, name, seed)
        if seed == 0:
            found += _growth(options)
    return tuple(found)


def _of_instance(options: EngineOptions, name: str, seed: int) -> list[Job]:
    instance = Job("instance", name, seed, options.scale)
    solver = [Job("solver", name, seed, options.scale, limit, options.moves) for limit in options.limits_for(name)]
    peers: list[Job] = []
    if seed < options.peer_seeds:
        peers = [
            Job(peer, name, seed, options.scale, options.peer_seconds, cores=_CORES[peer])
            for peer in PEERS
            if peer in options.peers
        ]
    return [instance, *solver, *peers]


def _growth(options: EngineOptions) -> list[Job]:
    whole = SPECS[LARGEST].people
    sizes: Sequence[int] = sorted(set(options.growth))
    return [Job("growth", LARGEST, 0, people / whole, options.time_limit, options.moves) for people in sizes]
