"""Who holds a seat is told their rank among exactly those whom the checker would let stand there."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.engine.explain import explain, why
from patrol_desk.engine.plan import Plan
from patrol_desk.engine.verify import check
from patrol_desk.messages.render import render
from patrol_desk.samples.problems import family, greedy, tiny
from tests.engine.explain.plans import filled
from tests.engine.explain.test_gaps import rules_added

SEEDS = st.integers(0, 10**6)


@given(SEEDS, st.booleans())
def test_those_counted_are_those_whom_the_checker_lets_stand_there(seed: int, full: bool) -> None:
    """With the pair itself taken out; the next best is one of them and not the person."""
    problem = tiny(seed, people=6, shifts=6, groups=8, full=full)
    plan = filled(problem, 6) if full else greedy(problem)
    for person, group in plan.assignments.tolist()[:4]:
        rest = Plan(plan.assignments[(plan.assignments != [person, group]).any(axis=1)])
        able = {who for who in range(6) if not rules_added(problem, rest, who, group)}
        found = why(problem, plan, person, group)
        assert found.able == len(able | {person})
        assert 1 <= found.rank <= found.able
        assert 1 <= found.turn <= found.able
        assert (found.next_best is None) == (able <= {person})
        if found.next_best is not None:
            assert found.next_best.person in able - {person}
            assert found.rank == 1 or found.next_best.points < found.chosen.points
        assert all(render(reason, language) for reason in found.reasons for language in ("zh", "en"))


def test_an_assignment_that_breaks_a_rule_says_so() -> None:
    """Somebody beyond their cap, put there by hand."""
    problem = family("saturated", 2, scale=0.05)
    plan = greedy(problem)
    gap = next(gap for gap in explain(problem, plan) if gap.nearest[0].rule == "week_cap")
    person = gap.nearest[0].person
    rows = [*plan.assignments.tolist(), [person, gap.group]]
    more = Plan(np.array(sorted(rows), dtype=np.int32))
    assert {v.rule for v in check(problem, more).violations} == {"week_cap"}
    told = [reason for reason in why(problem, more, person, gap.group).reasons if reason.code == "why.breaks"]
    assert told[0].params["rules"] == ["week_cap"]
