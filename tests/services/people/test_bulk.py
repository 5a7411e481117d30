"""Bulk edits: who changes, who cannot and why; one step; and the way from the application to the books."""

from datetime import date, timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.models import ActivityClass, Person, PersonStatus, Role
from patrol_desk.services.people import list_people, retire_people, set_squad
from patrol_desk.services.people.bulk import NO_SQUAD, BulkEdit, apply_bulk, preview_bulk
from patrol_desk.services.people.rows import PersonRow
from patrol_desk.services.people.status import next_step, set_status
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import MONDAY, WEEK, Tiny

TODAY = date(2026, 11, 22)


def rows(tiny: Tiny, actor: Actor) -> dict[str, PersonRow]:
    """Return everybody by code."""
    return {row.code: row for row in list_people(tiny.station, actor, WEEK)}


def person(tiny: Tiny, code: str) -> Person:
    """Return a stored person."""
    with tiny.station.read() as session:
        found = queries.first(session, Person, id=tiny.ids[code])
    assert found is not None
    return found


def test_an_edit_is_previewed_and_done_in_one_step(tiny: Tiny, chief: Actor) -> None:
    """The preview says what the edit then does; who is like that already is not touched; undo restores every row."""
    people = [tiny.ids[code] for code in "ABCXY"]
    retire_people(tiny.station, chief, [tiny.ids["Y"]], "迁出")
    tiny.add(tiny.certificate("B", "AID", None, date(2030, 1, 1)))
    set_squad(tiny.station, chief, [tiny.ids["C"]], tiny.ids["S1"], from_on=MONDAY + timedelta(days=9))
    edit = BulkEdit(
        squad_id=tiny.ids["S2"], cap=5, activity_class=ActivityClass.MONTHLY, skill_id=tiny.ids["AID"],
        expires_on=date(2028, 1, 1),
    )  # fmt: skip
    seen = preview_bulk(tiny.station, chief, people, edit)
    assert (seen.people, seen.changing, seen.same) == (5, 2, 0)
    assert {(each.why.code, each.people, each.codes) for each in seen.refused} == {
        ("people.bulk_retired", 1, ("Y",)),
        ("people.bulk_certificate_longer", 1, ("B",)),
        ("people.bulk_squad_later", 1, ("C",)),
    }
    before = rows(tiny, chief)
    done = apply_bulk(tiny.station, chief, people, edit)
    assert done.value == seen
    after = rows(tiny, chief)
    assert (after["A"].cap, after["A"].activity_class, [skill.name for skill in after["A"].skills]) == (
        5, ActivityClass.MONTHLY, ["急救"],
    )  # fmt: skip
    assert after["B"] == before["B"]
    again = preview_bulk(tiny.station, chief, people[:1], edit)
    assert (again.changing, again.same) == (0, 1)
    revert(tiny.station, chief, done.patch)
    assert rows(tiny, chief) == before


def test_skills_are_taken_back_and_given_again(tiny: Tiny, chief: Actor) -> None:
    """A dropped certificate ends today; giving it again brings the same row back, longer."""
    people = [tiny.ids[code] for code in "AB"]
    tiny.add(tiny.certificate("A", "AID", None, date(2027, 1, 1)))
    assert apply_bulk(tiny.station, chief, people, BulkEdit(dropped_skill_id=tiny.ids["AID"])).value.changing == 1
    assert rows(tiny, chief)["A"].skills == ()
    done = apply_bulk(tiny.station, chief, people, BulkEdit(skill_id=tiny.ids["AID"]))
    assert done.value.changing == 2
    assert [len(rows(tiny, chief)[code].skills) for code in "ABC"] == [1, 1, 0]
    assert rows(tiny, chief)["A"].expires_on is None


def test_people_leave_their_squad_together(tiny: Tiny, chief: Actor) -> None:
    """Out of the squad from tomorrow on; somebody without one stays as is."""
    tiny.add(tiny.person("N"))
    people = [tiny.ids[code] for code in "AN"]
    assert apply_bulk(tiny.station, chief, people, BulkEdit(squad_id=NO_SQUAD)).value.same == 1
    assert preview_bulk(tiny.station, chief, people, BulkEdit(squad_id=NO_SQUAD)).changing == 0


def test_what_cannot_be_is_refused(tiny: Tiny, chief: Actor) -> None:
    """A cap out of range, a squad or skill that is gone, nobody at all."""
    people = [tiny.ids["A"]]
    with pytest.raises(InvalidDataError):
        preview_bulk(tiny.station, chief, people, BulkEdit(cap=8))
    with pytest.raises(InvalidDataError):
        apply_bulk(tiny.station, chief, [], BulkEdit(cap=1))
    for edit in (BulkEdit(squad_id="gone"), BulkEdit(skill_id="gone")):
        with pytest.raises(ConcurrentChangeError):
            apply_bulk(tiny.station, chief, people, edit)


def test_a_person_goes_from_application_to_active(tiny: Tiny, chief: Actor) -> None:
    """Each step has its date and reason; a step back needs one; undo brings the old one back."""
    tiny.add(tiny.person("N", status=PersonStatus.APPLIED, status_on=date(2026, 11, 1)))
    steps = [PersonStatus.APPLIED]
    while (step := next_step(steps[-1])) is not None:
        assert set_status(tiny.station, chief, [tiny.ids["N"]], step, TODAY, "").value == 1
        steps.append(step)
    assert steps[-1] is PersonStatus.ACTIVE
    assert next_step(PersonStatus.INACTIVE) is None
    back = PersonStatus.AWAITING_TRAINING
    done = set_status(tiny.station, chief, [tiny.ids["N"]], back, TODAY, " 急救证过期 ")
    assert (person(tiny, "N").status, person(tiny, "N").status_reason) == (back, "急救证过期")
    assert set_status(tiny.station, chief, [tiny.ids["N"]], back, TODAY).value == 0
    revert(tiny.station, chief, done.patch)
    assert person(tiny, "N").status is PersonStatus.ACTIVE
    for status, day, reason, said in (
        (PersonStatus.APPLIED, TODAY, "", "people.status_back_reason"),
        (PersonStatus.INACTIVE, TODAY, "x", "people.status_by_retiring"),
        (PersonStatus.VETTED, TODAY + timedelta(days=1), "x", "people.status_future"),
        (PersonStatus.VETTED, date(2026, 1, 1), "x", "people.status_before"),
        (PersonStatus.VETTED, TODAY, "长" * 201, "people.reason_needed"),
    ):
        with pytest.raises(InvalidDataError) as told:
            set_status(tiny.station, chief, [tiny.ids["N"]], status, day, reason)
        assert told.value.message.code == said


def test_statuses_of_many_go_the_same_way(tiny: Tiny, chief: Actor) -> None:
    """Who would step back without a reason is named; with one everybody changes."""
    tiny.add(tiny.person("N", status=PersonStatus.VETTED))
    people = [tiny.ids["A"], tiny.ids["N"]]
    edit = BulkEdit(status=PersonStatus.AWAITING_TRAINING)
    seen = preview_bulk(tiny.station, chief, people, edit)
    assert (seen.changing, [each.why.code for each in seen.refused]) == (1, ["people.status_back_reason"])
    reasoned = BulkEdit(status=PersonStatus.AWAITING_TRAINING, reason="轮训")
    assert apply_bulk(tiny.station, chief, people, reasoned).value.changing == 2
    assert (person(tiny, "A").status_on, person(tiny, "A").status_reason) == (TODAY, "轮训")
    viewer = Actor(None, "只读", Role.VIEWER)
    assert preview_bulk(tiny.station, viewer, people, reasoned).same == 2
