"""What was printed is remembered, and who holds an outdated sheet is known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, PatrolError
from patrol_desk.models import AuditEntry, SheetPrint
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.content import content_hash
from patrol_desk.services.printed.memory import PAPER, PDF, Held, outdated_holders, remember
from patrol_desk.services.printed.outdated import outdated_squads
from patrol_desk.services.printed.persons import ChangeSlip
from patrol_desk.services.printed.read import printed_sheets
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.test_printed import add_places
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft

OLD = (("A", "P1", "D", 0), ("B", "P1", "D", 0), ("C", "P2", "N", 4))
NEW = (("A", "P1", "D", 0), ("B", "P1", "D", 1), ("C", "P2", "N", 4))
"""B of S1 moves from Monday to Tuesday; S2 stays as it was."""


def put_out(tiny: Tiny, chief: Actor, kind: str, ask: Ask | None = None) -> None:
    """Print sheets of a kind and remember them."""
    remember(tiny.station, chief, printed_sheets(tiny.station, chief, kind, ask or Ask(week=WEEK)), PAPER)


def republish(tiny: Tiny, chief: Actor) -> None:
    """Publish the second version."""
    second_draft(tiny, chief, *NEW)
    publish(tiny.station, chief, WEEK)


def holders(tiny: Tiny, chief: Actor) -> list[tuple[str, str, int]]:
    """Return letters, subject and version of what is outdated."""
    return [(held.kind.letters, held.subject, held.number) for held in outdated_holders(tiny.station, chief, WEEK)]


def prints(tiny: Tiny) -> list[SheetPrint]:
    """Return all that is remembered."""
    with tiny.station.read() as session:
        return queries.many(session, SheetPrint, "at", "subject")


def test_a_print_is_one_audited_action_with_its_copies(tiny: Tiny, chief: Actor) -> None:
    """Version, hash, copies, profile and who; no name of a volunteer, no number."""
    assign(tiny, *OLD)
    sheets = printed_sheets(tiny.station, chief, "squad-week", Ask(week=WEEK, copies=2))
    done = remember(tiny.station, chief, sheets, PDF)
    first, second = prints(tiny)
    assert (done.value, first.subject, second.subject, first.copies) == (2, "S1", "S2", 2)
    assert (first.kind, first.medium, first.period, first.number, first.draft) == ("SW", "pdf", "2026-W48", 1, True)
    assert (first.content_hash, first.profile, first.printed_by) == (content_hash(sheets[0]), "office", chief.name)
    with tiny.station.read() as session:
        entries = queries.many(session, AuditEntry, "number", action="sheet.pdf")
    assert len({entry.at for entry in entries}) == 1
    told = "".join(str(entry.details) for entry in entries)
    assert "S1" in told
    assert "甲A" not in told
    assert "13800002046" not in told


def test_what_never_was_printed_can_be_taken_back(tiny: Tiny, chief: Actor) -> None:
    """A paper jam: undo takes the record, redo brings it."""
    assign(tiny, *OLD)
    done = remember(tiny.station, chief, printed_sheets(tiny.station, chief, "overview", Ask(week=WEEK)), PAPER)
    back = revert(tiny.station, chief, done.patch)
    assert prints(tiny) == []
    revert(tiny.station, chief, back.patch)
    assert len(prints(tiny)) == 1


def test_invented_data_are_not_remembered(tiny: Tiny, chief: Actor) -> None:
    """The sample card of a call-out."""
    assert remember(tiny.station, chief, printed_sheets(tiny.station, chief, "call-out", Ask()), PAPER).value == 0


def test_only_who_prints_writes_and_asks(tiny: Tiny) -> None:
    """A viewer looks at the screen."""
    viewer = Actor(None, "看", "viewer")
    with pytest.raises(ForbiddenError):
        remember(tiny.station, viewer, [], PAPER)
    with pytest.raises(ForbiddenError):
        outdated_holders(tiny.station, viewer, WEEK)


def test_without_a_version_in_force_nothing_is_outdated(tiny: Tiny, chief: Actor) -> None:
    """A draft is all there is."""
    assign(tiny, *OLD)
    put_out(tiny, chief, "squad-week")
    assert outdated_holders(tiny.station, chief, WEEK) == ()


def test_who_holds_an_outdated_sheet(tiny: Tiny, chief: Actor) -> None:
    """The squad that changed, its checkpoint, its person and the overview; not who is as before."""
    add_places(tiny)
    assign(tiny, *OLD)
    publish(tiny.station, chief, WEEK)
    for kind in ("squad-week", "checkpoint-week", "overview", "slip"):
        put_out(tiny, chief, kind)
    for day in (MONDAY, MONDAY + timedelta(days=4)):
        put_out(tiny, chief, "muster-day", Ask(day=day))
        put_out(tiny, chief, "sign-in", Ask(day=day))
        put_out(tiny, chief, "sign-in", Ask(day=day, squads=("S1",)))
    assert holders(tiny, chief) == []
    republish(tiny, chief)
    assert holders(tiny, chief) == [
        ("SW", "S1", 1), ("CW", "P1", 1), ("MD", "M1", 1), ("SI", "P1", 1), ("SI", "S1", 1),
        ("TO", "441900121000", 1), ("PS", "B", 1),
    ]  # fmt: skip
    put_out(tiny, chief, "squad-week")
    put_out(tiny, chief, "slip")
    assert [letters for letters, _subject, _number in holders(tiny, chief)] == ["CW", "MD", "SI", "SI", "TO"]


def test_a_draft_is_outdated_when_another_plan_is_published(tiny: Tiny, chief: Actor) -> None:
    """What hangs on the wall was never in force; the same content is good enough."""
    assign(tiny, *OLD)
    put_out(tiny, chief, "squad-week", Ask(week=WEEK, squads=("S2",), copies=3))
    publish(tiny.station, chief, WEEK)
    assert holders(tiny, chief) == []
    second_draft(tiny, chief, *NEW)
    put_out(tiny, chief, "squad-week", Ask(week=WEEK, squads=("S1",), number=2))
    (held,) = outdated_holders(tiny.station, chief, WEEK)
    assert isinstance(held, Held)
    assert (held.subject, held.number, held.draft, held.in_force, held.copies) == ("S1", 2, True, 1, 1)
    assert (held.at, held.by, held.medium) == (held.at.replace(hour=14, tzinfo=None), chief.name, PAPER)


def test_a_squad_that_is_gone_still_holds_its_sheet(tiny: Tiny, chief: Actor) -> None:
    """There is no sheet to compare with, so the paper is wrong."""
    from patrol_desk.models import Squad

    assign(tiny, *OLD)
    publish(tiny.station, chief, WEEK)
    put_out(tiny, chief, "squad-week", Ask(week=WEEK, squads=("S2",)))
    republish(tiny, chief)
    assert holders(tiny, chief) == []
    with tiny.station.write(chief, "test") as unit:
        squad = queries.first(unit.session, Squad, code="S2")
        assert squad is not None
        squad.ended_on = date(2026, 11, 22)
        unit.commit()
    assert holders(tiny, chief) == [("SW", "S2", 1)]


def slips(tiny: Tiny, chief: Actor, ask: Ask | None = None) -> dict[str, int]:
    """Return squad → the older version its slip tells of."""
    made = printed_sheets(tiny.station, chief, "change-slip", ask or Ask(week=WEEK))
    return {sheet.code: sheet.before for sheet in made if isinstance(sheet, ChangeSlip)}


def test_a_slip_tells_from_the_version_the_squad_holds(tiny: Tiny, chief: Actor) -> None:
    """S1 holds version 1 while 3 is in force: its slip spans both steps; a squad with nothing gets the last step."""
    assign(tiny, *OLD)
    publish(tiny.station, chief, WEEK)
    put_out(tiny, chief, "squad-week", Ask(week=WEEK, squads=("S1",)))
    republish(tiny, chief)
    third(tiny, chief)
    assert slips(tiny, chief) == {"S1": 1, "S2": 2}
    put_out(tiny, chief, "change-slip")
    with pytest.raises(PatrolError) as caught:
        slips(tiny, chief)
    assert caught.value.message.code == "sheet.all_told"
    assert slips(tiny, chief, Ask(week=WEEK, squads=("S2",))) == {"S2": 2}
    assert slips(tiny, chief, Ask(week=WEEK, before=2)) == {"S2": 2}
    assert holders(tiny, chief) == []


def third(tiny: Tiny, chief: Actor) -> None:
    """Publish a third version, in which C of S2 moves to P1 by day."""
    from patrol_desk.models import Assignment, AssignmentSource, PlanVersion, VersionState
    from patrol_desk.storage.reads import planning

    with tiny.station.read() as session:
        plan = planning.plan_of(session, str(WEEK))
        assert plan is not None
        plan_id = plan.id
    version = PlanVersion(
        plan_id=plan_id, number=3, state=VersionState.DRAFT, made_at=tiny.station.clock.now(), published_by=""
    )
    tiny.add(version)
    seats = (*NEW[:2], ("C", "P1", "D", 2))
    tiny.add(
        *(
            Assignment(
                version_id=version.id, person_id=tiny.ids[person], checkpoint_id=tiny.ids[place],
                pattern_id=tiny.ids[pattern], on_date=MONDAY + timedelta(days=day), source=AssignmentSource.HAND,
            )
            for person, place, pattern, day in seats
        )
    )  # fmt: skip
    publish(tiny.station, chief, WEEK)


def test_the_hash_is_of_all_copies_and_profiles(tiny: Tiny, chief: Actor) -> None:
    """So that a copy for the wall and one for the leader are the same sheet."""
    from patrol_desk.services.printed.marks import PrivacyProfile

    assign(tiny, *OLD)
    ask = Ask(week=WEEK, squads=("S1",))
    made = [
        printed_sheets(tiny.station, chief, "squad-week", replace(ask, profile=profile))[0]
        for profile in PrivacyProfile
    ]
    remember(tiny.station, chief, made, PAPER)
    assert (len(prints(tiny)), len({one.content_hash for one in prints(tiny)})) == (3, 1)


def test_squads_that_hold_an_outdated_sheet_are_told_by_a_slip(tiny: Tiny, chief: Actor) -> None:
    """Nobody at first; then S1, by a change slip, of which there is one; who may not print is told nothing."""
    assign(tiny, *OLD)
    publish(tiny.station, chief, WEEK)
    put_out(tiny, chief, "squad-week")
    assert outdated_squads(tiny.station, chief, WEEK).codes == ()
    republish(tiny, chief)
    found = outdated_squads(tiny.station, chief, WEEK)
    assert (found.codes, found.kind) == (("S1",), "change-slip")
    assert printed_sheets(tiny.station, chief, found.kind, Ask(week=WEEK, squads=found.codes))
    assert outdated_squads(tiny.station, Actor(None, "看板", "viewer"), WEEK).codes == ()
    put_out(tiny, chief, found.kind)
    assert outdated_squads(tiny.station, chief, WEEK).codes == ()


def test_from_a_draft_no_slip_tells(tiny: Tiny, chief: Actor) -> None:
    """Whoever holds a draft is told by the week's sheet again."""
    assign(tiny, *OLD)
    publish(tiny.station, chief, WEEK)
    second_draft(tiny, chief, *NEW)
    put_out(tiny, chief, "squad-week", Ask(week=WEEK, squads=("S1",), number=2))
    found = outdated_squads(tiny.station, chief, WEEK)
    assert (found.codes, found.kind) == (("S1",), "squad-week")
