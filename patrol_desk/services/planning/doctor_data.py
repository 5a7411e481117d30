"""What the doctor's page shows of a week: its gaps by shift and kind of seat, in names people know."""

from dataclasses import dataclass
from datetime import date, datetime

from patrol_desk.common.message import Message, Words
from patrol_desk.common.weeks import Week
from patrol_desk.engine.explain import FunnelStep, Nearly, Shortage
from patrol_desk.engine.explain.doctor import Deficit, Effect, WayOut
from patrol_desk.engine.problem import Problem
from patrol_desk.models import ActivityClass, Person, Skill, Squad
from patrol_desk.services.planning.live_names import Names, SeatRef, read_names
from patrol_desk.services.planning.problem import WeekProblem
from patrol_desk.storage import bulk
from patrol_desk.storage.session import Session
from patrol_desk.sync.tables.places import CHECKPOINT_KIND


@dataclass(frozen=True, slots=True)
class NearPerson:
    """Somebody who might fill a gap: who, how far, the first rule in the way of how many, and how they could serve.

    Parameters
    ----------
    person_id, code, name, squad
        Who; `squad` is empty for somebody without one.
    seat
        The short seat that is nearest to them.
    metres
        From home.
    rule, broken
        The first rule in the way, and how many there are.
    reason, serve
        Why not, and how all the same.
    """

    person_id: str
    code: str
    name: str
    squad: str
    seat: SeatRef
    metres: int
    rule: str
    broken: int
    reason: Message
    serve: Message


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps of one shift and one kind of seat, over all checkpoints.

    Parameters
    ----------
    id
        A name for it among the week's groups.
    pattern_id, on_date, shift, mark, start_minute
        Which shift; its name and the character that stands for it.
    capability
        Name of the skill asked for; ``leader``, or empty where anybody may come.
    needed, filled, missing, proven
        Minimum heads asked for, there and missing, and how many are missing in every plan.
    places
        Where, and how many heads each lacks.
    pool, funnel, serving, free
        People who have what is asked for; where they have gone, rule by rule; who serve; whom nothing keeps away.
    nearest
        Those whom fewest rules keep away first, then by distance.
    message
        The whole in one sentence.
    """

    id: str
    pattern_id: str
    on_date: date
    shift: str
    mark: str
    start_minute: int
    capability: str
    needed: int
    filled: int
    missing: int
    proven: int
    places: tuple[tuple[SeatRef, int], ...]
    pool: int
    funnel: tuple[FunnelStep, ...]
    serving: int
    free: int
    nearest: tuple[NearPerson, ...]
    message: Message


@dataclass(frozen=True, slots=True)
class Proposal:
    """A way out in names.

    Parameters
    ----------
    id, rule, soften
        By which `Diagnosis.ways` knows it; the rule that gives way, and whether it is kept as far as possible then.
    told
        What it does to the whole plan, by a plan that was really made.
    people, seats
        Whom it concerns, each once, and where.
    heads
        Seats that it concerns.
    before, after
        Of a number of the township: kilometres of reach or hours of rest before and after; else 0.
    term
        The certificate, the squad or the kind of checkpoint that it is about; None where there is none.
    monthly
        Of those who would serve more often, how many serve by the month now and would serve weekly.
    """

    id: str
    rule: str
    soften: bool
    told: Effect
    people: tuple[str, ...] = ()
    seats: tuple[SeatRef, ...] = ()
    heads: int = 0
    before: float = 0
    after: float = 0
    term: Words | None = None
    monthly: int = 0

    @property
    def asks_reason(self) -> bool:
        """Whether heads are left open, which is written only with a reason."""
        return self.rule == "open"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor says of a week's newest version, and what could give way.

    Parameters
    ----------
    week, number, revision
        Which version, and the state of the data it was looked at in: proposals are written only while it is the same.
    missing, proven
        Minimum heads missing in the version, and how many of them are missing in every plan.
    groups
        The gaps by shift and kind of seat, in order of time.
    deficits
        The same once all is filled that can be, in sentences.
    ways
        What could give way, cheapest per head first; each has an id.
    together
        What the chosen ways do together; None when none was chosen.
    proposals
        The ways in names, in the same order.
    begin
        Wall time before which nothing is looked at: shifts that started earlier are no gaps; None for the whole week.
    """

    week: Week
    number: int
    revision: int
    missing: int
    proven: int
    groups: tuple[GapGroup, ...]
    deficits: tuple[Deficit, ...]
    ways: tuple[WayOut, ...]
    together: Effect | None = None
    proposals: tuple[Proposal, ...] = ()
    begin: datetime | None = None


class Namer:
    """Puts names to the indices of a week's problem."""

    def __init__(self, session: Session, week_problem: WeekProblem) -> None:
        self._week_problem = week_problem
        self._names: Names = read_names(session)
        self._squads = {row[0]: row[1] for row in bulk.rows(session, Squad, ("code", "name"))}
        classes = bulk.rows(session, Person, ("id", "activity_class"))
        self._monthly = {row[0] for row in classes if row[1] is ActivityClass.MONTHLY}
        self._skills = {row[0]: row[1] for row in bulk.rows(session, Skill, ("id", "name"))}

    def group(self, found: Shortage) -> GapGroup:
        """Return the gaps of one kind in names."""
        known, demand = self._week_problem, self._week_problem.problem.demand
        seats = [self._names.task(known, int(demand.group_task[group])) for group in found.groups]
        pattern, day = known.shifts[found.shift]
        first = seats[0]
        return GapGroup(
            id=f"{known.problem.shifts.ids[found.shift]}/{found.capability}",
            pattern_id=pattern,
            on_date=day,
            shift=first.shift,
            mark=first.mark,
            start_minute=first.start_minute,
            capability=self._capability(found.capability),
            needed=found.needed,
            filled=found.filled,
            missing=found.needed - found.filled,
            proven=found.proven,
            places=tuple(sorted(zip(seats, found.missing, strict=True))),
            pool=found.pool,
            funnel=found.funnel,
            serving=found.serving,
            free=found.free,
            nearest=tuple(self._near(person) for person in found.nearest),
            message=found.message,
        )

    def _near(self, found: Nearly) -> NearPerson:
        known, problem = self._week_problem, self._week_problem.problem
        squad = int(problem.people.squad[found.person])
        code = problem.squads[squad] if squad >= 0 else ""
        person = known.person_ids[found.person]
        return NearPerson(
            person_id=person,
            code=problem.people.ids[found.person],
            name=self._names.person(person),
            squad=self._squads.get(code, code),
            seat=self._names.task(known, int(problem.demand.group_task[found.group])),
            metres=found.metres,
            rule=found.rule,
            broken=found.broken,
            reason=found.message,
            serve=found.serve,
        )

    def _capability(self, capability: int) -> str:
        if capability < 0:
            return ""
        skill = self._week_problem.skills[capability]
        return "leader" if skill is None else self._skills.get(skill, "")

    def way(self, way: WayOut) -> Proposal:
        """Return a way out in names."""
        known, step = self._week_problem, way.step
        task = known.problem.demand.group_task
        seats = {self._names.task(known, int(task[group])) for group in step.groups}
        before, after = _numbers(known.problem, way)
        return Proposal(
            id=step.id,
            rule=step.rule,
            soften=step.soften,
            told=way.told,
            people=tuple(dict.fromkeys(self._names.person(known.person_ids[person]) for person in step.people)),
            seats=tuple(sorted(seats)),
            heads=sum(step.heads) or len(step.groups),
            before=before,
            after=after,
            term=self._term(known.problem, way),
            monthly=len({known.person_ids[person] for person in step.people} & self._monthly)
            if step.rule == "week_cap"
            else 0,
        )

    def _term(self, problem: Problem, way: WayOut) -> Words | None:
        step = way.step
        if step.rule == "skill":
            name = self._capability(step.amount)
            return Words(name, name)
        if step.rule == "squad":
            code = problem.squads[int(problem.people.squad[step.people[0]])]
            name = self._squads.get(code, code)
            return Words(name, name)
        if step.kind < 0:
            return None
        value = problem.rules.kinds[step.kind].name
        return next((Words(word.zh, word.en) for word in CHECKPOINT_KIND.words if word.value == value), None)


def _numbers(problem: Problem, way: WayOut) -> tuple[float, float]:
    """Return the township's number before and after, in kilometres or hours."""
    step, rules = way.step, problem.rules
    if step.soften:
        return 0, 0
    if step.rule == "reach":
        before = rules.reach_of(step.kind) if step.kind >= 0 else rules.reach_m
        return before / 1000, step.amount / 1000
    return (rules.rest_min / 60, step.amount / 60) if step.rule == "rest" else (0, 0)
