"""A whole organisation becomes one squad: its list is read, checked line by line, and written as one step."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import (
    Gender,
    Organisation,
    OrganisationKind,
    Person,
    PersonStatus,
    Squad,
    SquadMembership,
    SquadRole,
)
from patrol_desk.services.people import retire_people
from patrol_desk.services.people.enrol import (
    Checked,
    Enrolment,
    LineKind,
    check_list,
    enrol_organisation,
    read_list_file,
)
from patrol_desk.services.people.enrol.file import MOST_LINES
from patrol_desk.services.people.squads import GroupText
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, queries
from tests.helpers.tiny import Tiny

TODAY = date(2026, 11, 22)
ID, OTHER_ID = "11010519491231002X", "440524188001010014"
FACTORY = """序号\t姓名\t手机号\t职务\t工种
1\t欧阳娜\t13900000001\t组长\t车工
2\t冯一凡\t139 0000\t组员\t焊工
3\t甲A\t13800002046\t组员\t焊工
4\t𬭊秀\t13900000004\t副组长\t仓管
5\t欧阳娜\t13900000001\t\t
"""


def plan(text: str, lines: Sequence[int], **changed: object) -> Enrolment:
    """Return an enrolment of lines of a list as the factory's squad."""
    squad = GroupText("S9", "金龙厂队", None, None, 40)
    held = Enrolment(text, frozenset(lines), "金龙电子厂", OrganisationKind.COMPANY, squad)
    return replace(held, **changed)  # type: ignore[arg-type]  # by field name


def kinds(checked: Checked) -> list[LineKind]:
    """Return what each line is."""
    return [line.kind for line in checked.lines]


def said(checked: Checked, place: int) -> str:
    """Return what is wrong with a line, in Chinese."""
    return " ".join(render(message, "zh") for message in checked.lines[place].problems)


def people(tiny: Tiny) -> list[tuple[object, ...]]:
    """Return code and organisation of everybody."""
    with tiny.station.read() as session:
        return [tuple(row) for row in bulk.rows(session, Person, ("code", "organisation_id"), order_by=("code",))]


def test_each_line_is_checked(tiny: Tiny, chief: Actor) -> None:
    """A stranger, a bad phone by place and value, somebody known with the squad, and the same person twice."""
    checked = check_list(tiny.station, chief, FACTORY)
    assert kinds(checked) == ["new", "bad", "known", "new", "bad"]
    assert checked.fields == ("name", "phone", "role")
    assert checked.unknown == ("序号", "工种")
    assert [line.line for line in checked.lines] == [2, 3, 4, 5, 6]
    assert "139 0000" in said(checked, 1)
    assert "第 2 行" in said(checked, 4)
    known = checked.lines[2]
    assert known.twin is not None
    assert (known.twin.code, known.squad) == ("A", "石桥队")
    assert checked.lines[0].phone == "139****0001"
    assert [line.role for line in checked.lines[:4:3]] == [SquadRole.LEADER, SquadRole.DEPUTY]
    assert (checked.count(LineKind.BAD), checked.lines[0].id) == (2, "2")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("欧阳娜,女,13900000001\n冯一凡,男,13900000002", ("name", "gender", "phone")),
        ("1、 欧阳娜 13900000001\n2、 冯一凡 13900000002", ("name", "phone")),
        (f"欧阳娜，{ID}，1949-12-31\n冯一凡，{OTHER_ID}，1880-01-01", ("name", "resident_id", "birth_date")),
        ("组长；欧阳娜；保安员\n组员；冯一凡；保安员", ("role", "name", "force")),
        ("", ()),
    ],
)
def test_a_list_without_headings_tells_its_columns(
    tiny: Tiny, chief: Actor, text: str, fields: tuple[str, ...]
) -> None:
    """By how the cells look, whatever parts them."""
    checked = check_list(tiny.station, chief, text)
    assert checked.fields == fields
    assert len(checked.lines) == (2 if text else 0)


def test_what_may_be_one_person_is_found(tiny: Tiny, chief: Actor) -> None:
    """By resident ID, by name and birth date; a phone alone is only worth a look; retired ones must come back first."""
    tiny.add(
        tiny.person("R", name="欧阳娜", resident_id=ID, phone="13700000000"),
        tiny.person("T", name="冯一凡", birth_date=date(1990, 5, 6), phone=None),
    )
    text = f"姓名,身份证号,出生日期,手机号\n欧娜,{ID},,\n冯一凡,,1990-05-06,\n邓宁,,,13700000000\n甲A,{ID},,13800002046"
    checked = check_list(tiny.station, chief, text)
    assert kinds(checked) == ["known", "known", "new", "bad"]
    assert [line.twin.code for line in checked.lines[:2] if line.twin] == ["R", "T"]
    assert [note.params["code"] for note in checked.lines[2].notes] == ["R"]
    retire_people(tiny.station, chief, [tiny.ids["R"]], "搬走")
    assert "R" in said(check_list(tiny.station, chief, text), 0)
    assert "出生日期" in said(check_list(tiny.station, chief, f"姓名,出生日期,身份证号\n欧,1990-01-01,{ID}"), 0)


def test_one_person_on_two_lines_joins_once(tiny: Tiny, chief: Actor) -> None:
    """Two lines that mean one record, and somebody who has another squad from later on."""
    tiny.add(tiny.person("R", name="欧阳娜", resident_id=ID, birth_date=date(1949, 12, 31), phone=None))
    checked = check_list(tiny.station, chief, f"姓名,身份证号,出生日期\n欧阳娜,{ID},\n欧阳娜,,1949-12-31")
    assert kinds(checked) == ["known", "bad"]
    with tiny.station.write(chief, "test") as unit:
        row = queries.first(unit.session, SquadMembership, person_id=tiny.ids["A"])
        assert row is not None
        row.until_on = TODAY + timedelta(days=20)
        unit.commit()
    later = {"person_id": tiny.ids["A"], "squad_id": tiny.ids["S2"], "role": SquadRole.MEMBER}
    tiny.add(SquadMembership(**later, from_on=TODAY + timedelta(days=21)))
    assert kinds(check_list(tiny.station, chief, "姓名,手机号\n甲A,13800002046")) == ["bad"]


def test_the_squad_is_made_in_one_step(tiny: Tiny, chief: Actor) -> None:
    """Organisation, squad, new people from today, a known one from tomorrow, one leader; undone, nothing is left."""
    before = people(tiny)
    done = enrol_organisation(tiny.station, chief, plan(FACTORY, [2, 4, 5], status=PersonStatus.VETTED))
    assert (done.value.new, done.value.known) == (2, 1)
    with tiny.station.read() as session:
        squad = queries.first(session, Squad, code="S9")
        assert squad is not None
        organisation = queries.first(session, Organisation, id=squad.organisation_id)
        assert organisation is not None
        columns = ("person_id", "role", "from_on")
        rows = bulk.rows(session, SquadMembership, columns, where={"squad_id": squad.id})
        new = queries.first(session, Person, name="欧阳娜")
        assert new is not None
    assert (squad.id, squad.strength, organisation.name) == (done.value.squad_id, 40, "金龙电子厂")
    assert {(row[1], (row[2] - TODAY).days) for row in rows} == {
        (SquadRole.DEPUTY, 0), (SquadRole.LEADER, 0), (SquadRole.MEMBER, 1),
    }  # fmt: skip
    assert next(row[0] for row in rows if row[1] is SquadRole.LEADER) == new.id
    assert (new.status, new.status_on, new.organisation_id) == (PersonStatus.VETTED, TODAY, organisation.id)
    assert new.code == "S9-001"
    revert(tiny.station, chief, done.patch)
    assert people(tiny) == before
    with tiny.station.read() as session:
        assert queries.first(session, Organisation, name="金龙电子厂") is None


def test_a_leader_is_chosen_and_an_organisation_on_record_is_taken(tiny: Tiny, chief: Actor) -> None:
    """The chosen line leads, whoever the list names; a second squad of the factory adds no second organisation."""
    enrol_organisation(tiny.station, chief, plan(FACTORY, [2]))
    text = "姓名,性别,职务\n邓宁,女,组长\n冯一凡,男,\n"
    second = plan(text, [2, 3], leader=3, squad=GroupText("S10", "金龙二队"))
    squad_id = enrol_organisation(tiny.station, chief, second).value.squad_id
    with tiny.station.read() as session:
        assert len(bulk.rows(session, Organisation, ("id",), where={"name": "金龙电子厂"})) == 1
        leader = queries.first(session, SquadMembership, squad_id=squad_id, role=SquadRole.LEADER)
        assert leader is not None
        person = queries.first(session, Person, id=leader.person_id)
        assert person is not None
    assert (person.name, person.gender, person.code) == ("冯一凡", Gender.MALE, "S9-003")


def test_what_cannot_be_is_refused(tiny: Tiny, chief: Actor) -> None:
    """Nobody, a bad line, no name, a code that is taken, a status by retiring, too many: nothing is written."""
    before = people(tiny)
    wrong = [
        plan(FACTORY, []),
        plan(FACTORY, [2, 3]),
        plan(FACTORY, [2], organisation="  "),
        plan(FACTORY, [2], squad=GroupText("S1", "重号")),
        plan(FACTORY, [2], status=PersonStatus.INACTIVE),
        plan("\n".join(["欧阳娜,13900000001"] * (MOST_LINES + 1)), [1]),
    ]
    for each in wrong:
        with pytest.raises(InvalidDataError):
            enrol_organisation(tiny.station, chief, each)
    assert people(tiny) == before
    with pytest.raises(ForbiddenError):
        enrol_organisation(tiny.station, Actor(None, "看板", "viewer"), plan(FACTORY, [2]))


def test_a_list_comes_from_a_file(tiny: Tiny, chief: Actor, tmp_path: Path) -> None:
    """The first filled sheet as text; what cannot be read, is empty or too long says so."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("名单")
    for row in (["姓名", "手机号"], ["欧阳\n娜", 13900000001], ["冯一凡", "13900000002"]):
        sheet.append(row)
    book.save(tmp_path / "厂.xlsx")
    text = read_list_file(tiny.station, chief, tmp_path / "厂.xlsx")
    assert kinds(check_list(tiny.station, chief, text)) == ["new", "new"]
    (tmp_path / "gbk.csv").write_text("姓名,手机号\n冯一凡,13900000002\n", encoding="gb18030")
    assert read_list_file(tiny.station, chief, tmp_path / "gbk.csv").startswith("姓名\t手机号")
    (tmp_path / "blank.csv").write_text("\n", encoding="utf-8")
    (tmp_path / "long.csv").write_text("a,b\n" * (MOST_LINES + 2), encoding="utf-8")
    for name in ("blank.csv", "long.csv", "none.csv", "."):
        with pytest.raises(InvalidDataError):
            read_list_file(tiny.station, chief, tmp_path / name)
