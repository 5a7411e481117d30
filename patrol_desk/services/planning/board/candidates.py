"""Who could take the next free seat of a cell, all people at once, and why in this order.

Ranking, in a person's words: first come those who fill a seat of the minimum; then whoever costs fewest points, in the
solver's own weights, so that the hand and the machine choose alike:

- squad: would bring one more squad into the patrol (`Weights.extra_squad`); would lead it (`Weights.no_lead`);
- load: what the duty adds to the squared load, carried over and of this week, in all and of this class of duty, and 40
  points times the share of the weekly cap that is used;
- way: `Weights.near` per 100 m from home;
- wish: `Weights.wish` once for "fine" and three times for "avoid";
- night, for a night shift: 2 points for each day that the last night lies less than 28 days off.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import FINE, HARD, MEMBER, PREFER, Bool
from patrol_desk.engine.rules import RULES, RUNS, Case
from patrol_desk.engine.rules.person import Skill, metres
from patrol_desk.engine.rules.team import kept_out
from patrol_desk.services.planning.board import notes
from patrol_desk.services.planning.board.data import Blocked, Candidate, Candidates, Chip_
from patrol_desk.services.planning.board.frame import Frame, Int64
from patrol_desk.services.planning.board.seating import open_groups
from patrol_desk.services.planning.board.stand import Stand
from patrol_desk.services.planning.board.words import ICONS, capability_words, worded

MOST_RANKED: Final = 50
MOST_BLOCKED: Final = 200
NIGHTS_APART: Final = 28
CAP_POINTS: Final = 40
NEAR_M: Final = 1000
_FREE: Final = len(RULES)
_ANYWAY: Final = ("status", "begun", "availability")
"""Rules that keep people away whatever the plan."""


@dataclass(frozen=True, eq=False, repr=False)
class Opening:
    """The free seats of a cell and everybody's standing towards them.

    Parameters
    ----------
    stand, row, shift
        Where.
    groups
        Seat groups with free seats, those below the minimum first, in the order of the seats.
    """

    stand: Stand
    row: int
    shift: int
    groups: tuple[int, ...]

    @classmethod
    def of(cls, stand: Stand, row: int, shift: int) -> "Opening":
        """Return the opening of a cell."""
        return cls(stand, row, shift, open_groups(stand, row * len(stand.frame.shifts) + shift))

    @property
    def frame(self) -> Frame:
        """The week."""
        return self.stand.frame

    @property
    def cell(self) -> int:
        """The cell."""
        return self.row * len(self.frame.shifts) + self.shift

    @property
    def day(self) -> int:
        """Day of the week, 0 Monday."""
        return int(self.frame.problem.shifts.day[self.shift])

    @cached_property
    def inside(self) -> Int64:
        """People who stand here already."""
        return np.array([item.person for item in self.stand.cells.get(self.cell, ())], dtype=np.int64)

    @cached_property
    def choice(self) -> Int64:
        """(P,) seat group each person would take, the first they fit; -1 for none."""
        problem = self.frame.problem
        fits = Skill().fits(problem.people.capability[:, self.day], len(problem.capabilities))
        choice = np.full(len(fits), -1, dtype=np.int64)
        for group in self.groups:
            asked = int(problem.demand.group_capability[group])
            choice[fits[:, asked + 1] & (choice < 0)] = group
        return choice

    @cached_property
    def first_broken(self) -> Int64:
        """(P,) index of the first rule broken in the order of `RULES`, `len(RULES)` for none."""
        stand, broken = self.stand, self.broken
        first = np.full(len(self.choice), _FREE, dtype=np.int64)
        elsewhere = stand.cell != self.cell
        for number, rule in reversed(list(enumerate(RULES))):
            bad = broken.get(rule.id, np.zeros(len(first), dtype=np.bool_))
            alone = self.frame.alone.get(rule.id)
            if alone is not None:
                bad = bad | ~alone[:, self.shift]
            pairs = self.frame.pairs.get(rule.id)
            if pairs is not None:
                bad = bad.copy()
                bad[stand.person[elsewhere & ~pairs[self.shift, stand.shift]]] = True
            first[bad] = number
        return first

    @property
    def broken(self) -> dict[str, Bool]:
        """Rule → (P,) whom it keeps away, for the hard rules that need the plan or the place."""
        problem, stand, checkpoint = self.frame.problem, self.stand, self.frame.row_checkpoint[self.row]
        broken = {
            "skill": self.choice < 0,
            "day_cap": stand.day_duties[:, self.day] >= problem.rules.cap_day,
            "week_cap": stand.week_duties >= problem.people.cap_week,
            **kept_out(problem, self.inside, checkpoint),
        }
        kind = int(problem.demand.kind[checkpoint])
        if problem.rules.kinds[kind].reach == HARD:
            broken["reach"] = self.metres_squared > problem.rules.reach_of(kind) ** 2
        for rule in RUNS:
            if rule.hard(problem):
                broken[rule.id] = rule.too_much(problem, stand.person, stand.shift, self.shift)
        return broken

    @cached_property
    def metres_squared(self) -> Int64:
        """(P,) squared metres from home."""
        return self.frame.squared(self.row)

    @cached_property
    def metres(self) -> Int64:
        """(P,) metres from home, 0 where a place is unknown."""
        return metres(self.metres_squared)

    @cached_property
    def eligible(self) -> Int64:
        """People whom no rule keeps away, in no order."""
        free = self.first_broken == _FREE
        free[self.inside] = False
        return np.flatnonzero(free)

    @cached_property
    def kept_away(self) -> Int64:
        """People whom a rule keeps away and who do not stand here."""
        kept = self.first_broken < _FREE
        kept[self.inside] = False
        return np.flatnonzero(kept)

    def required(self, people: Int64) -> Bool:
        """Return (n,): the seat each would take is one of the minimum."""
        demand = self.frame.problem.demand
        group = self.choice[people]
        needed: Bool = self.stand.heads[group] < demand.minimum[group]
        return needed


def find(stand: Stand, row: int, shift: int) -> Candidates:
    """Return candidates and those kept away for the next free seat of a cell."""
    opening = Opening.of(stand, row, shift)
    if not opening.groups:
        return Candidates()
    ranking = Ranking(opening)
    counts = np.bincount(opening.first_broken[opening.kept_away], minlength=_FREE)
    by_rule = [(rule.id, int(count)) for rule, count in zip(RULES, counts, strict=True) if count]
    demand = stand.frame.problem.demand
    return Candidates(
        ranked=tuple(ranking.candidate(number) for number in range(min(MOST_RANKED, len(ranking.order)))),
        eligible=len(opening.eligible),
        blocked=_blocked(opening),
        blocked_count=len(opening.kept_away),
        blocked_by=tuple(sorted(by_rule, key=lambda entry: -entry[1])),
        open_seats=sum(int(demand.desired[group] - stand.heads[group]) for group in opening.groups),
    )


def best(stand: Stand, row: int, shift: int, without: Collection[str] = ()) -> Candidate | None:
    """Return the first candidate alone, passing over those of whom the ids are in `without`."""
    opening = Opening.of(stand, row, shift)
    if not opening.groups or len(opening.eligible) == 0:
        return None
    ranking, ids = Ranking(opening), stand.frame.week_problem.person_ids
    ranked = (ids[person] for person in opening.eligible[ranking.order].tolist())
    return next((ranking.candidate(rank) for rank, person in enumerate(ranked) if person not in without), None)


@dataclass(frozen=True, eq=False, repr=False)
class Ranking:
    """The eligible people of an opening in order, with the points that put them there."""

    opening: Opening

    @cached_property
    def points(self) -> Int64:
        """(5, n) points for squad, load, way, wish and night of each eligible person."""
        opening, people = self.opening, self.opening.eligible
        return np.stack(
            [
                _squad_points(opening, people),
                _load_points(opening, people),
                opening.metres[people] // 100 * opening.frame.problem.weights.near,
                _wish_points(opening, people),
                np.maximum(0, NIGHTS_APART - self.nights) * 2,
            ]
        )

    @cached_property
    def nights(self) -> Int64:
        """(n,) days between this night and the nearest other; `NIGHTS_APART` where it is further off or no night."""
        opening = self.opening
        if not opening.frame.shifts[opening.shift].night:
            return np.full(len(opening.eligible), NIGHTS_APART, dtype=np.int64)
        days: Int64 = _days_since_night(opening)[opening.eligible]
        return days

    @cached_property
    def order(self) -> Int64:
        """(n,) positions in `Opening.eligible`, best first."""
        required = self.opening.required(self.opening.eligible)
        order: Int64 = np.lexsort((self.opening.eligible, self.points.sum(axis=0), ~required))
        return order

    @cached_property
    def mean(self) -> Int64:
        """(5,) usual points of the eligible."""
        usual: Int64 = self.points.mean(axis=1).astype(np.int64)
        return usual

    def candidate(self, rank: int) -> Candidate:
        """Return the candidate of a rank, counted from 0, with chips and reasons."""
        opening, position = self.opening, int(self.order[rank])
        frame, stand = opening.frame, opening.stand
        person = int(opening.eligible[position])
        parts = self._parts(person, position)
        better = self.mean - self.points[:, position]
        telling = [parts[part] for part in np.argsort(-better, kind="stable").tolist() if part in parts][:2]
        why = Message("board.rank", {"rank": rank + 1, "why": telling})
        group = int(opening.choice[person])
        soft = notes.soft(stand, person, (opening.row, opening.shift), group)
        return Candidate(
            person_id=frame.week_problem.person_ids[person],
            name=frame.names.people[person],
            squad=frame.squad_name(person),
            colour=frame.squad_colour(person),
            distance_m=int(opening.metres[person]) if frame.place_known(opening.row, person) else None,
            duties=int(stand.week_duties[person]),
            cap=int(frame.problem.people.cap_week[person]),
            chips=_chips(opening, person, group),
            reasons=(why, *parts.values()),
            group=group,
            warnings=tuple(found.message for found in soft if found.severity == "warn"),
        )

    def _parts(self, person: int, position: int) -> dict[int, Message]:
        """Return what may be said about each of the points."""
        opening = self.opening
        frame, people = opening.frame, opening.frame.problem.people
        duties, load = int(opening.stand.week_duties[person]), int(people.load[person].sum())
        parts: dict[int, Message] = {}
        if self.points[0, position] <= 0 and len(opening.inside) and frame.squad_name(person):
            parts[0] = Message("board.keeps_squad", {"squad": frame.squad_name(person)})
        parts[1] = Message("board.load", {"duties": duties, "cap": int(people.cap_week[person]), "earlier": load})
        if frame.place_known(opening.row, person):
            parts[2] = Message("board.from_home", {"km": _km(int(opening.metres[person]))})
        if people.availability[person, opening.shift] >= PREFER:
            parts[3] = Message("board.prefers")
        if frame.shifts[opening.shift].night:
            days = int(self.nights[position])
            parts[4] = Message("board.last_night", {"days": days}) if days < NIGHTS_APART else Message("board.no_night")
        return parts


def _squad_points(opening: Opening, people: Int64) -> Int64:
    problem, inside = opening.frame.problem, opening.inside
    if len(inside) == 0:
        return np.zeros(len(people), dtype=np.int64)
    squads = problem.people.squad[inside]
    same = np.isin(problem.people.squad[people], squads[squads >= 0])
    led = bool((problem.people.role[inside] != MEMBER).any())
    leads = same & (problem.people.role[people] != MEMBER) & (not led)
    points: Int64 = np.where(same, 0, problem.weights.extra_squad) - np.where(leads, problem.weights.no_lead, 0)
    return points


def _load_points(opening: Opening, people: Int64) -> Int64:
    problem, stand = opening.frame.problem, opening.stand
    kind = int(problem.shifts.load_class[opening.shift])
    before, duties = problem.people.load[people].astype(np.int64), stand.week_duties[people]
    alike = np.bincount(
        stand.person[problem.shifts.load_class[stand.shift] == kind], minlength=len(problem.people.ids)
    )[people]
    growth = problem.weights.load * (2 * (before.sum(axis=1) + duties) + 1)
    by_class = problem.weights.load_class[kind] * (2 * (before[:, kind] + alike) + 1)
    used: Int64 = CAP_POINTS * duties // np.maximum(problem.people.cap_week[people], 1)
    total: Int64 = growth + by_class + used
    return total


def _wish_points(opening: Opening, people: Int64) -> Int64:
    problem = opening.frame.problem
    wish = problem.people.availability[people, opening.shift]
    times: Int64 = np.where(wish >= PREFER, 0, np.where(wish == FINE, 1, 3)).astype(np.int64)
    return times * problem.weights.wish


def _days_since_night(opening: Opening) -> Int64:
    """Return (P,) days between the shift and each person's nearest other night, at most `NIGHTS_APART`."""
    frame, stand = opening.frame, opening.stand
    today = frame.shifts[opening.shift].on_date
    days = np.full(len(frame.names.people), NIGHTS_APART, dtype=np.int64)
    for person, night in frame.last_night.items():
        days[person] = min(NIGHTS_APART, (today - night).days)
    for shift in frame.shifts:
        if shift.night:
            there = stand.person[(stand.shift == shift.index) & (stand.cell != opening.cell)]
            days[there] = np.minimum(days[there], abs((today - shift.on_date).days))
    return days


def _chips(opening: Opening, person: int, group: int) -> tuple[Chip_, ...]:
    frame, people = opening.frame, opening.frame.problem.people
    duties = int(opening.stand.week_duties[person])
    chips: list[Chip_] = []
    if frame.place_known(opening.row, person):
        far = int(opening.metres[person])
        chips.append(Chip_(Message("board.km", {"km": _km(far)}), far <= NEAR_M))
    chips.append(Chip_(Message("board.week_duties", {"duties": duties}), duties == 0))
    chips.extend(_squad_chips(opening, int(people.squad[person])))
    asked = int(frame.problem.demand.group_capability[group])
    if asked >= 0:
        chips.append(Chip_(capability_words(frame, asked), True))
    if people.availability[person, opening.shift] >= PREFER:
        chips.append(Chip_(Message("board.chip_prefers"), True))
    return tuple(chips)


def _squad_chips(opening: Opening, squad: int) -> list[Chip_]:
    names, people = opening.frame.names, opening.frame.problem.people
    here = {int(people.squad[person]) for person in opening.inside.tolist()} - {-1}
    if squad < 0 or not here:
        return []
    if squad in here:
        return [Chip_(Message("board.same_squad"), True)]
    community = names.squad_communities[squad]
    near = community is not None and community in {names.squad_communities[other] for other in here}
    return [Chip_(Message("board.near_squad"), False)] if near else []


def _blocked(opening: Opening) -> tuple[Blocked, ...]:
    """Return those kept away: members of the squads standing there first, whoever is free at all first, by distance."""
    problem, people = opening.frame.problem, opening.kept_away
    here = problem.people.squad[opening.inside]
    strange = ~np.isin(problem.people.squad[people], here[here >= 0])
    anyway = np.isin(opening.first_broken[people], [n for n, rule in enumerate(RULES) if rule.id in _ANYWAY])
    order = np.lexsort((people, opening.metres[people], anyway, strange))[:MOST_BLOCKED]
    return tuple(_one_blocked(opening, person) for person in people[order].tolist())


def _one_blocked(opening: Opening, person: int) -> Blocked:
    frame, rule = opening.frame, RULES[int(opening.first_broken[person])]
    group = int(opening.choice[person])
    group = opening.groups[0] if group < 0 else group
    message = rule.sentence(Case(frame.problem, notes.small_plan(opening.stand, person, group), person, group))
    assert message is not None, rule.id
    return Blocked(
        person_id=frame.week_problem.person_ids[person],
        name=frame.names.people[person],
        squad=frame.squad_name(person),
        colour=frame.squad_colour(person),
        rule=rule.id,
        reason=worded(frame, message),
        icon=ICONS[rule.id],
    )


def _km(metres: int) -> str:
    return f"{metres / 1000:.1f}"
