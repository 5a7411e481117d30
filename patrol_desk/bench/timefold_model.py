"""The planning problem in Timefold's terms: a seat is an entity, who holds it its variable, each rule a stream.

The package translates what stands below to Java's bytecode, so it is plain arithmetic on typed fields; what a person
may is packed into the bits of a number. Left out of the score: leaders among the largest squad, loads by class, spread,
habit, the baseline, and rules that are kept only as far as possible. The checker judges its plans by the whole.
"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningPin,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)


@dataclass
class Volunteer:
    """Somebody who may serve.

    Parameters
    ----------
    index, squad
        The person; the squad, or a number of its own for somebody without one.
    cap, before
        Most duties of the week; those of earlier weeks.
    may
        Bit per shift: no rule stands against it.
    abilities
        Per day a bit mask of capabilities.
    burden
        Per shift: points of wish and turn.
    east, north, placed
        Home in metres, and whether it is known.
    novice
        A new member.
    partner, apart
        With whom they must, or must not, serve; -1 for nobody.
    days_most, nights_most
        Most days, and nights, in a row.
    """

    index: int
    squad: int
    cap: int
    before: int
    may: int
    abilities: list[int]
    burden: list[int]
    east: int
    north: int
    placed: bool
    novice: bool
    partner: int
    apart: int
    days_most: int
    nights_most: int


@planning_entity
@dataclass
class Seat:
    """One head of a seat group.

    Parameters
    ----------
    id, group, task, shift, day
        Which seat.
    bit
        The capability it asks for, -1 for none.
    points
        What it costs empty.
    clashes
        Bit per shift: whoever serves here may not serve there.
    east, north, placed, reach
        The checkpoint in metres, whether it is known, and the square of its reach.
    night, guards_novices
        Whether it counts among the nights in a row; whether a novice may only serve beside others.
    near, load, extra_squad
        Points of the objective.
    pinned
        Its holder is locked.
    holder
        Who holds it.
    """

    id: Annotated[int, PlanningId]
    group: int
    task: int
    shift: int
    day: int
    bit: int
    points: int
    clashes: int
    east: int
    north: int
    placed: bool
    reach: int
    night: bool
    guards_novices: bool
    near: int
    load: int
    extra_squad: int
    pinned: Annotated[bool, PlanningPin]
    holder: Annotated[
        Volunteer | None, PlanningVariable(value_range_provider_refs=["volunteers"], allows_unassigned=True)
    ] = field(default=None)

    def square(self) -> int:
        """Return the square of the way in metres."""
        if self.holder is None or not self.placed or not self.holder.placed:
            return 0
        across = self.holder.east - self.east
        up = self.holder.north - self.north
        return across * across + up * up

    def misplaced(self) -> bool:
        """Say whether a rule on its holder alone is broken."""
        holder = self.holder
        if holder is None:
            return False
        if (holder.may >> self.shift) & 1 == 0 or self.square() > self.reach:
            return True
        return self.bit >= 0 and (holder.abilities[self.day] >> self.bit) & 1 == 0

    def single_cost(self) -> int:
        """Return the points of way, wish and turn."""
        holder = self.holder
        if holder is None:
            return 0
        return holder.burden[self.shift] + self.near * (int(self.square() ** 0.5) // 100)


@planning_solution
@dataclass
class Roster:
    """The plan as the package takes it in and gives it back."""

    volunteers: Annotated[list[Volunteer], ProblemFactCollectionProperty, ValueRangeProvider(id="volunteers")]
    seats: Annotated[list[Seat], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def clash(one: Seat, other: Seat) -> bool:
    """Say whether one person may not hold both."""
    return (one.clashes >> other.shift) & 1 == 1


def partner_of(seat: Seat) -> int:
    """Return with whom the holder must serve."""
    return -1 if seat.holder is None else seat.holder.partner


def holder_of(seat: Seat) -> int:
    """Return who holds the seat."""
    return -1 if seat.holder is None else seat.holder.index


def squad_of(seat: Seat) -> int:
    """Return the holder's squad."""
    return -1 if seat.holder is None else seat.holder.squad


def strangers(one: Seat, other: Seat) -> bool:
    """Say whether their holders must not serve together."""
    return one.holder is not None and other.holder is not None and one.holder.apart == other.holder.index


def day_bit(seat: Seat) -> int:
    """Return the day as a bit."""
    return 1 << seat.day


def too_long(days: int, most: int) -> int:
    """Return by how many days the runs of a mask exceed the most; 0 for most stands for no rule."""
    if most <= 0:
        return 0
    beyond = 0
    run = 0
    left = days
    while left > 0:
        if left & 1 == 1:
            run += 1
            if run > most:
                beyond += 1
        else:
            run = 0
        left = left >> 1
    return beyond


@constraint_provider
def rules_and_wishes(factory: ConstraintFactory) -> list[Constraint]:
    """Return every rule, hard, and every wish, in points."""
    return [*_rules_of_one(factory), *_rules_of_teams(factory), *_wishes(factory)]


def _rules_of_one(factory: ConstraintFactory) -> list[Constraint]:
    """Return the rules about one person's duties."""
    held = factory.for_each
    return [
        held(Seat).filter(lambda seat: seat.misplaced()).penalize(HardSoftScore.ONE_HARD).as_constraint("alone"),
        factory.for_each_unique_pair(Seat, Joiners.equal(holder_of))
        .filter(clash)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("clash"),
        held(Seat)
        .group_by(lambda seat: seat.holder, ConstraintCollectors.count())
        .filter(lambda holder, duties: duties > holder.cap)
        .penalize(HardSoftScore.ONE_HARD, lambda holder, duties: duties - holder.cap)
        .as_constraint("week"),
        held(Seat)
        .group_by(lambda seat: seat.holder, ConstraintCollectors.sum(day_bit))
        .filter(lambda holder, days: too_long(days, holder.days_most) > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda holder, days: too_long(days, holder.days_most))
        .as_constraint("days in a row"),
        held(Seat)
        .filter(lambda seat: seat.night)
        .group_by(lambda seat: seat.holder, ConstraintCollectors.sum(day_bit))
        .filter(lambda holder, days: too_long(days, holder.nights_most) > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda holder, days: too_long(days, holder.nights_most))
        .as_constraint("nights in a row"),
    ]


def _rules_of_teams(factory: ConstraintFactory) -> list[Constraint]:
    """Return the rules about who serves beside whom."""
    held = factory.for_each
    return [
        held(Seat)
        .filter(lambda seat: seat.guards_novices and seat.holder.novice)
        .if_not_exists(
            Seat,
            Joiners.equal(lambda seat: seat.task),
            Joiners.filtering(lambda _seat, other: other.holder is not None and not other.holder.novice),
        )
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("novice"),
        factory.for_each_unique_pair(Seat, Joiners.equal(lambda seat: seat.task))
        .filter(strangers)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("apart"),
        held(Seat)
        .filter(lambda seat: seat.holder.partner >= 0)
        .if_not_exists(Seat, Joiners.equal(lambda seat: seat.task), Joiners.equal(partner_of, holder_of))
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("together"),
    ]


def _wishes(factory: ConstraintFactory) -> list[Constraint]:
    """Return what is wanted, in points."""
    held = factory.for_each
    return [
        factory.for_each_including_unassigned(Seat)
        .filter(lambda seat: seat.holder is None)
        .penalize(HardSoftScore.ONE_SOFT, lambda seat: seat.points)
        .as_constraint("empty"),
        held(Seat).penalize(HardSoftScore.ONE_SOFT, lambda seat: seat.single_cost()).as_constraint("single"),
        held(Seat)
        .group_by(lambda seat: seat.holder, lambda seat: seat.load, ConstraintCollectors.count())
        .penalize(HardSoftScore.ONE_SOFT, lambda holder, load, duties: load * duties * (2 * holder.before + duties))
        .as_constraint("load"),
        held(Seat)
        .group_by(lambda seat: seat.task, lambda seat: seat.extra_squad, ConstraintCollectors.count_distinct(squad_of))
        .penalize(HardSoftScore.ONE_SOFT, lambda _task, points, squads: points * (squads - 1))
        .as_constraint("cohesion"),
    ]
