"""Who may serve when, as far as it hangs on the person alone."""

from patrol_desk.engine.problem import HARD, UNAVAILABLE, Bool, Problem


def may_serve(problem: Problem) -> Bool:
    """Return (P, T): no hard rule on person and shift stands against it; duties outside the problem are left out."""
    people, shifts, rules = problem.people, problem.shifts, problem.rules
    may: Bool = (people.availability != UNAVAILABLE) & ~people.leave & people.on_roster[:, None]
    may &= shifts.start >= problem.begin
    if rules.insured == HARD:
        may &= people.insured[:, shifts.day]
    if rules.workday_eve == HARD:
        may &= ~(people.spares_eve[:, None] & shifts.workday_eve)
    return may
