"""What is asked of one run only: a rule kept less strictly, only some squads; told with the version, never set."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.engine.options import SolveOptions
from patrol_desk.models import AuditEntry, PlanVersion, VersionState
from patrol_desk.services.planning.draft import Mode
from patrol_desk.services.planning.live import accept_run, prepare_again, prepare_run
from patrol_desk.services.planning.saved import accept_saved, list_saved, open_saved, prepare_from, save_candidate
from patrol_desk.services.planning.wishes import Wishes
from patrol_desk.services.rules import read_rules
from patrol_desk.storage import queries
from tests.helpers.tiny import WEEK, Tiny
from tests.services.planning.test_live import held, planned
from tests.services.today.planted import plant

SHORT = SolveOptions(seed=1, moves=2000)


def far(tiny: Tiny) -> None:
    """Let nobody live near enough: the reach is one metre."""
    with tiny.station.write(tiny.station.system_actor(), "test.reach") as unit:
        for person in "ABCXY":
            row = queries.first(unit.session, type(tiny.person("Q")), id=tiny.ids[person])
            assert row is not None
            row.home_lon = 113.95
        unit.commit()


def test_a_hard_rule_is_off_for_one_run_and_that_is_told(tiny: Tiny, chief: Actor) -> None:
    """Everybody lives too far away: nobody is planned; without the rule all seats are, and the version says why."""
    far(tiny)
    before = read_rules(tiny.station, chief)
    nobody, _ = planned(prepare_run(tiny.station, chief, WEEK, Mode.FRESH), SHORT)
    assert len(nobody.solved.plan.assignments) == 0
    for strength in ("weighted", "off"):
        wishes = Wishes({"reach_m": strength})
        start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH, wishes)
        result, _ = planned(start, SHORT)
        assert len(result.solved.plan.assignments) == 6
        again = prepare_again(tiny.station, chief, start, result)
        assert again.prepared.wishes == wishes
    accept_run(tiny.station, chief, start, result)
    assert read_rules(tiny.station, chief) == before
    with tiny.station.read() as session:
        (version,) = queries.many(session, PlanVersion)
        noted = [entry.details for entry in queries_of(session) if "wishes" in entry.details]
    assert Wishes.of(version.figures) == wishes
    assert [details["wishes"]["rules"] for details in noted] == [{"reach_m": "off"}]


def queries_of(session: object) -> list[AuditEntry]:
    """Return the audit log."""
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    assert isinstance(session, Session)
    return list(session.scalars(select(AuditEntry)))


def test_only_some_squads_are_planned_and_the_others_keep_their_duties(tiny: Tiny, chief: Actor) -> None:
    """B's and C's duties stay; what is new is given to S2 alone, whoever else would be free."""
    plant(tiny, [("B", "P1", "D", 0, False), ("X", "P1", "D", 1, False)], state=VersionState.DRAFT)
    wishes = Wishes(squads=frozenset({tiny.ids["S2"]}))
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH, wishes)
    result, _ = planned(start, SHORT)
    accept_run(tiny.station, chief, start, result)
    found = held(tiny)
    assert {row for row in found if row[0] in "AB"} == {("B", "P1", 0)}
    assert {person for person, _, _ in found} <= {"B", "C", "X", "Y"}
    assert len(found) > 2


def test_what_cannot_be_asked_for_is_refused(tiny: Tiny, chief: Actor) -> None:
    """A squad nobody is in, and a strength that a rule may not have."""
    with pytest.raises(InvalidDataError) as empty:
        prepare_run(tiny.station, chief, WEEK, Mode.FRESH, Wishes(squads=frozenset({"nobody"})))
    assert empty.value.message.code == "plan.squads_empty"
    with pytest.raises(InvalidDataError):
        prepare_run(tiny.station, chief, WEEK, Mode.FRESH, Wishes({"cap_day": "off"}))


def test_a_kept_candidate_keeps_its_wishes(tiny: Tiny, chief: Actor) -> None:
    """Opened, accepted or planned from later, it is held against the rules it was asked to keep."""
    far(tiny)
    wishes = Wishes({"reach_m": "off"})
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH, wishes)
    result, _ = planned(start, SHORT)
    save_candidate(tiny.station, chief, start, result, 1, "甲")
    (saved,) = list_saved(tiny.station, chief, WEEK)
    opened = open_saved(tiny.station, chief, saved.id)
    assert (opened.faults, opened.start.prepared.wishes) == ((), wishes)
    assert prepare_from(tiny.station, chief, saved.id).prepared.wishes == wishes
    accept_saved(tiny.station, chief, opened)
    assert len(held(tiny)) == 6
