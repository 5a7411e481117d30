"""People are made, changed, retired and taken back; every step can be undone."""

from collections.abc import Callable
from datetime import date

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import (
    Assignment,
    AuditEntry,
    Community,
    Person,
    PersonStatus,
    PlanVersion,
    ResponseTeam,
    Role,
    SquadMembership,
    SquadRole,
    TeamMembership,
    VersionState,
)
from patrol_desk.services.people import (
    Cell,
    affected_duties,
    create_person,
    doubles,
    next_code,
    person_detail,
    restore_people,
    retire_people,
    reveal_phone,
    update_person,
)
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, queries
from patrol_desk.sync.kinds.identity import check_character
from tests.helpers.tiny import MONDAY, WEEK, Tiny

Plot = Callable[[str], str]
TODAY = date(2026, 11, 22)


def stored(station: Station, code: str) -> Person:
    """Return the stored person."""
    with station.read() as session:
        found = queries.first(session, Person, code=code)
    assert found is not None
    return found


def memberships(station: Station, person_id: str) -> list[tuple[date, date | None, date | None]]:
    """Return from, until and ended of a person's time in squads."""
    with station.read() as session:
        rows = bulk.rows(
            session, SquadMembership, ("from_on", "until_on", "ended_on"), where={"person_id": person_id},
            order_by=("from_on",),
        )  # fmt: skip
    return [(row[0], row[1], row[2]) for row in rows]


def test_a_new_person_has_an_imports_defaults(tiny: Tiny, chief: Actor) -> None:
    """Code and name are enough; a squad from today on; undo takes all of it back."""
    done = create_person(
        tiny.station, chief, {"code": "N1", "name": "莫静怡"}, squad=(tiny.ids["S1"], SquadRole.DEPUTY)
    )
    person = stored(tiny.station, "N1")
    assert (person.status, person.weekly_cap, person.status_on) == (PersonStatus.ACTIVE, 1, TODAY)
    assert memberships(tiny.station, person.id) == [(TODAY, None, None)]
    assert done.changes.touches("person")
    revert(tiny.station, chief, done.patch)
    with tiny.station.read() as session:
        assert queries.first(session, Person, code="N1") is None


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"code": "N1"}, "“姓名”"),
        ({"code": "A", "name": "甲"}, "“编号”写的是“A”"),
        ({"code": "N1", "name": "甲", "weekly_cap": "9"}, "“每周上限”写的是“9”"),
        ({"code": "N1", "name": "甲", "insured_from": "2026-02-01", "insured_until": "2026-01-01"}, "“保险止”"),
        ({"code": "N1", "name": "甲", "status": "inactive"}, "停用"),
        ({"code": "N1", "name": "甲", "community_id": "no-such-id"}, "“村（社区）”"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(tiny: Tiny, chief: Actor, texts: dict[str, str], said: str) -> None:
    """The sentence names the field; nothing is written."""
    with pytest.raises(InvalidDataError) as told:
        create_person(tiny.station, chief, texts)
    assert said in render(told.value.message)
    assert render(told.value.message, "en")
    with tiny.station.read() as session:
        assert len(bulk.rows(session, Person, ("id",))) == 5


def test_two_people_may_share_a_phone_but_not_an_id(tiny: Tiny, chief: Actor) -> None:
    """The phone is a warning, the resident ID a refusal, as in an import; both are told while typing."""
    body = "44199919900307101"
    resident = body + check_character(body)
    texts = {"code": "N1", "name": "甲", "phone": "13900002046", "resident_id": resident}
    assert create_person(tiny.station, chief, texts).value.warnings == ()
    again = create_person(tiny.station, chief, {"code": "N2", "name": "乙", "phone": "139-0000-2046"})
    assert "N1" in render(again.value.warnings[0])
    with pytest.raises(InvalidDataError) as told:
        create_person(tiny.station, chief, {"code": "N3", "name": "丙", "resident_id": resident})
    assert resident not in render(told.value.message)
    found = doubles(tiny.station, chief, {"code": "N1", "phone": "13900002046", "resident_id": resident}, None)
    assert set(found) == {"code", "phone", "resident_id"}
    own = stored(tiny.station, "N1").id
    assert set(doubles(tiny.station, chief, {"code": "N1", "phone": "13900002046"}, own)) == {"phone"}
    assert doubles(tiny.station, chief, {"phone": "139", "code": " "}, None) == {}


def test_the_next_code_follows_the_usual_form(tiny: Tiny, chief: Actor) -> None:
    """One more than the highest of the most usual form, as wide as it; none to go by, none suggested."""
    assert next_code(tiny.station, chief) == ""
    tiny.add(*(tiny.person(code) for code in ("YJ-0007", "YJ-0042", "FJ9")))
    assert next_code(tiny.station, chief) == "YJ-0043"


def test_one_save_writes_fields_and_painted_cells(tiny: Tiny, chief: Actor) -> None:
    """One transaction, one undo step; the status carries its day."""
    tiny.add(Community(code="441900121001", name="石桥社区"))
    before = person_detail(tiny.station, chief, tiny.ids["A"], WEEK)
    done = update_person(
        tiny.station,
        chief,
        tiny.ids["A"],
        {"name": "梁子谦", "status": "awaiting_training", "weekly_cap": "5", "community_id": tiny.ids["441900121001"]},
        seen=before.row_version,
        cells=[Cell(tiny.ids["D"], 0, 2, 3), Cell(tiny.ids["N"], 6, 2, 0)],
    )
    after = person_detail(tiny.station, chief, tiny.ids["A"], WEEK)
    assert (after.fields["name"], after.fields["weekly_cap"], after.status_on) == ("梁子谦", "5", TODAY)
    assert after.availability[tiny.ids["D"]] == (3, 2, 2, 2, 2, 2, 2)
    assert after.availability[tiny.ids["N"]] == (2, 2, 2, 2, 2, 2, 0)
    revert(tiny.station, chief, done.patch)
    back = person_detail(tiny.station, chief, tiny.ids["A"], WEEK)
    assert (back.fields, back.availability) == (before.fields, before.availability)


def test_an_edit_of_what_somebody_else_changed_is_refused(tiny: Tiny, chief: Actor) -> None:
    """The version that was read is checked, and every painted cell."""
    seen = person_detail(tiny.station, chief, tiny.ids["A"], WEEK).row_version
    update_person(tiny.station, chief, tiny.ids["A"], {"name": "甲乙"}, seen=seen)
    with pytest.raises(ConcurrentChangeError) as told:
        update_person(tiny.station, chief, tiny.ids["A"], {"name": "丙"}, seen=seen)
    assert "A" in render(told.value.message)
    with pytest.raises(ConcurrentChangeError):
        update_person(tiny.station, chief, tiny.ids["A"], {}, seen=seen + 1, cells=[Cell(tiny.ids["D"], 0, 1, 3)])
    with pytest.raises(ConcurrentChangeError):
        update_person(tiny.station, chief, "gone", {}, seen=1)
    assert stored(tiny.station, "A").name == "甲乙"


def test_retiring_says_which_duties_are_touched_and_takes_them_out(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """Out of squad and team from today, duties out of the draft in the same step; undo brings all back."""
    draft("AAB")
    team = ResponseTeam(code="T1", name="先莞一队")
    tiny.add(team)
    tiny.add(
        TeamMembership(
            person_id=tiny.ids["A"], team_id=tiny.ids["T1"], role=SquadRole.LEADER, from_on=date(2026, 1, 1)
        ),
        SquadMembership(
            person_id=tiny.ids["B"], squad_id=tiny.ids["S2"], role=SquadRole.MEMBER, from_on=date(2026, 12, 24)
        ),
    )  # fmt: skip
    people = [tiny.ids["A"], tiny.ids["B"]]
    told = affected_duties(tiny.station, chief, people, TODAY)
    assert (told.people, told.drafts, told.published, told.total, told.weeks) == (2, 3, 0, 3, (str(WEEK),))
    done = retire_people(tiny.station, chief, people, " 迁往外地 ", drop=True)
    assert (done.value.people, done.value.removed, done.value.affected) == (2, 3, told)
    one = stored(tiny.station, "A")
    assert (one.status, one.status_on, one.status_reason, one.ended_on) == (
        PersonStatus.INACTIVE, TODAY, "迁往外地", TODAY,
    )  # fmt: skip
    assert memberships(tiny.station, tiny.ids["A"]) == [(date(2026, 1, 1), TODAY, None)]
    assert memberships(tiny.station, tiny.ids["B"])[-1] == (date(2026, 12, 24), None, TODAY)
    with tiny.station.read() as session:
        assert bulk.rows(session, Assignment, ("id",)) == []
    again = retire_people(tiny.station, chief, people, "再一次")
    assert again.value.people == 0
    revert(tiny.station, chief, done.patch)
    assert stored(tiny.station, "A").status is PersonStatus.ACTIVE
    with tiny.station.read() as session:
        assert len(bulk.rows(session, Assignment, ("id",))) == 3


def test_published_duties_stay_until_a_new_version(tiny: Tiny, chief: Actor, draft: Plot) -> None:
    """They are counted, and the paper that hangs on the wall keeps them."""
    draft("A")
    publish(tiny.station, chief, WEEK)
    done = retire_people(tiny.station, chief, [tiny.ids["A"]], "生病", drop=True)
    assert (done.value.affected.published, done.value.removed) == (1, 0)
    with tiny.station.read() as session:
        assert len(bulk.rows(session, Assignment, ("id",))) == 1
        assert queries.highest(session, PlanVersion, "number", state=VersionState.PUBLISHED) == 1
    assert affected_duties(tiny.station, chief, [tiny.ids["A"]], MONDAY, MONDAY).total == 1
    assert affected_duties(tiny.station, chief, [tiny.ids["A"]], TODAY, TODAY).total == 0


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_retiring_needs_a_reason(tiny: Tiny, chief: Actor, reason: str) -> None:
    """Without one nothing happens."""
    with pytest.raises(InvalidDataError):
        retire_people(tiny.station, chief, [tiny.ids["A"]], reason)
    with pytest.raises(InvalidDataError):
        retire_people(tiny.station, chief, [], "生病")


def test_people_come_back(tiny: Tiny, chief: Actor) -> None:
    """Active from today, without the squad they left; who is active already is left alone."""
    retire_people(tiny.station, chief, [tiny.ids["A"]], "生病")
    done = restore_people(tiny.station, chief, [tiny.ids["A"], tiny.ids["B"]])
    assert done.value == 1
    one = stored(tiny.station, "A")
    assert (one.status, one.status_reason, one.ended_on) == (PersonStatus.ACTIVE, "", None)
    assert memberships(tiny.station, tiny.ids["A"])[0][1] == TODAY


def test_a_number_is_shown_and_noted(tiny: Tiny, chief: Actor) -> None:
    """Who saw whose number stands in the audit log, the number does not."""
    assert reveal_phone(tiny.station, chief, tiny.ids["A"]).value == "13800002046"
    with tiny.station.read() as session:
        entry = bulk.dicts(session, AuditEntry, where={"action": "person.reveal_phone", "kind": "person"})[0]
    assert (entry["record_id"], entry["account_name"]) == (tiny.ids["A"], chief.name)
    assert "13800002046" not in str(entry)
    tiny.add(tiny.person("N9", phone=None))
    with pytest.raises(InvalidDataError):
        reveal_phone(tiny.station, chief, tiny.ids["N9"])


def test_a_viewer_edits_nothing(tiny: Tiny) -> None:
    """Reading is allowed, writing is not."""
    viewer = Actor(None, "看", Role.VIEWER)
    assert person_detail(tiny.station, viewer, tiny.ids["A"], WEEK).fields["code"] == "A"
    for write in (
        lambda: create_person(tiny.station, viewer, {"code": "N1", "name": "甲"}),
        lambda: update_person(tiny.station, viewer, tiny.ids["A"], {}, seen=1),
        lambda: retire_people(tiny.station, viewer, [tiny.ids["A"]], "生病"),
        lambda: restore_people(tiny.station, viewer, [tiny.ids["A"]]),
    ):
        with pytest.raises(ForbiddenError):
            write()
