"""What rows mean for what is stored: added, changed, the same or kept out, to the row."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from patrol_desk.common.ids import new_id
from patrol_desk.messages import render
from patrol_desk.models import Force
from patrol_desk.sync.kinds import References
from patrol_desk.sync.rows import Outcome, Values
from patrol_desk.sync.tables import table_named
from tests.helpers.sync_data import csv_text, resident_id
from tests.helpers.sync_read import codes, match


def put(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write rows to a file and return the folder."""
    (folder / name).write_bytes(csv_text(rows).encode("utf-8-sig"))
    return folder


def stored(outcome: Outcome) -> list[Values]:
    """Return the values as they would be stored afterwards."""
    return [candidate.values for candidate in (*outcome.added, *outcome.changed)]


def value(outcome: Outcome, name: str, row: int = 0) -> object:
    """Return a value of a row that is added or changed."""
    return stored(outcome)[row][outcome.table.positions[name]]


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Return added, changed, same and rejected, and check that they are all that was read."""
    found = len(outcome.added), len(outcome.changed), outcome.same, len(outcome.rejected)
    assert sum(found) == outcome.read
    return found


def test_new_rows_get_defaults_and_an_id(tmp_path: Path) -> None:
    """What a new row leaves blank has a sensible value."""
    outcome = match(put(tmp_path, "people.csv", [{"人员编号": "V1", "姓名": "甲"}]), table="people")
    assert counts(outcome) == (1, 0, 0, 0)
    assert value(outcome, "force") is Force.VOLUNTEER
    assert value(outcome, "weekly_cap") == 1
    assert value(outcome, "status_reason") == ""
    assert value(outcome, "resident_id") is None
    assert outcome.added[0].record_id.count("-") == 4


def test_the_same_file_again_is_all_same_and_a_cell_changes_one_row(tmp_path: Path) -> None:
    """Nothing is written for what is already there."""
    rows = [{"人员编号": f"V{n}", "姓名": f"甲{n}", "手机号": f"1380000{n:04d}"} for n in range(30)]
    before = stored(match(put(tmp_path, "people.csv", rows), table="people"))
    assert counts(match(tmp_path, before, table="people")) == (0, 0, 30, 0)
    rows[3]["手机号"] = "13900000003"
    rows[4]["手机号"] = ""
    outcome = match(put(tmp_path, "people.csv", rows), before, table="people")
    assert counts(outcome) == (0, 1, 29, 0)
    assert value(outcome, "phone") == "13900000003"


def test_a_blank_keeps_and_the_clearing_word_empties(tmp_path: Path) -> None:
    """A sheet with empty columns destroys nothing."""
    row = {"人员编号": "V1", "姓名": "甲", "手机号": "13800001111", "状态原因": "搬家", "每周上限": "3"}
    before = stored(match(put(tmp_path, "people.csv", [row]), table="people"))
    blank = {"人员编号": "V1", "姓名": "甲", "手机号": "", "状态原因": " ", "每周上限": ""}
    assert counts(match(put(tmp_path, "people.csv", [blank]), before, table="people")) == (0, 0, 1, 0)
    cleared = match(
        put(tmp_path, "people.csv", [{**blank, "手机号": "清空", "状态原因": "CLEAR"}]), before, table="people"
    )
    assert (value(cleared, "phone"), value(cleared, "status_reason"), value(cleared, "weekly_cap")) == (None, "", 3)
    refused = match(put(tmp_path, "people.csv", [{**blank, "每周上限": "清空"}]), before, table="people")
    assert codes(refused) == [{"not_clearable"}]
    assert codes(match(put(tmp_path, "people.csv", [{"人员编号": "V2", "姓名": ""}]), table="people")) == [
        {"missing_value"}
    ]


def test_a_record_id_goes_before_the_code(tmp_path: Path) -> None:
    """With its id a record can be given a new code; without, the code finds it."""
    first, second = new_id(), new_id()
    rows = [{"记录号": first, "人员编号": "V1", "姓名": "甲"}, {"记录号": second, "人员编号": "V2", "姓名": "乙"}]
    outcome = match(put(tmp_path, "people.csv", rows), table="people")
    assert [candidate.record_id for candidate in outcome.added] == [first, second]
    before = stored(outcome)
    renamed = match(put(tmp_path, "people.csv", [{**rows[0], "人员编号": "V9"}]), before, table="people")
    assert (counts(renamed), value(renamed, "code")) == ((0, 1, 0, 0), "V9")
    taken = match(put(tmp_path, "people.csv", [{**rows[0], "人员编号": "V2"}]), before, table="people")
    assert codes(taken) == [{"key_of_another"}]
    stranger = match(put(tmp_path, "people.csv", [{**rows[0], "记录号": new_id()}]), before, table="people")
    assert codes(stranger) == [{"key_of_another"}]
    clash = [{**rows[0], "人员编号": "V9"}, {"人员编号": "V9", "姓名": "丙"}, {"人员编号": "V8", "姓名": "丁"}]
    outcome = match(put(tmp_path, "people.csv", clash), before, table="people")
    assert (counts(outcome), codes(outcome)) == ((1, 1, 0, 1), [{"key_of_another"}])


def test_the_same_row_twice_goes_in_once(tmp_path: Path) -> None:
    """Within a file, across files, by code and by id: the first stays, the second says where the first is."""
    row = {"人员编号": "V1", "姓名": "甲"}
    put(tmp_path, "people.csv", [row, row])
    outcome = match(put(tmp_path, "义警.csv", [{**row, "姓名": "乙"}]), table="people")
    assert codes(outcome) == [{"row_twice"}, {"row_twice"}]
    assert value(outcome, "name") == "甲"
    assert "people.csv 第 2 行" in render(outcome.rejected[1].faults[0].fault.reason, "zh")
    again = match(tmp_path, stored(outcome), table="people")
    assert counts(again) == (0, 0, 1, 2)
    (tmp_path / "义警.csv").unlink()
    same_id = new_id()
    rows = [{"记录号": same_id, "人员编号": "V1", "姓名": "甲"}, {"记录号": same_id, "人员编号": "V2", "姓名": "乙"}]
    assert codes(match(put(tmp_path, "people.csv", rows), table="people")) == [{"record_id_twice"}]


def test_a_resident_id_belongs_to_one_person(tmp_path: Path) -> None:
    """Two people with one number are a question for somebody, never merged."""
    number, other = resident_id(date(1990, 3, 7), 1), resident_id(date(1990, 3, 7), 2)
    rows = [{"人员编号": "V1", "姓名": "甲", "身份证号": number}, {"人员编号": "V2", "姓名": "乙", "身份证号": number}]
    outcome = match(put(tmp_path, "people.csv", rows), table="people")
    assert (counts(outcome), codes(outcome)) == ((1, 0, 0, 1), [{"value_of_another"}])
    rows[0]["身份证号"] = other
    assert counts(match(put(tmp_path, "people.csv", rows), stored(outcome), table="people")) == (0, 1, 0, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"出生日期": "1991-03-07", "身份证号": resident_id(date(1990, 3, 7), 1)}, "birth_differs"),
        ({"保险起": "2026-05-01", "保险止": "2026-04-30"}, "last_before_first"),
        ({"住址经度": "113.6"}, "half_place"),
    ],
)
def test_cells_of_a_row_must_agree(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    """What contradicts itself is kept out."""
    outcome = match(put(tmp_path, "people.csv", [{"人员编号": "V1", "姓名": "甲", **cells}]), table="people")
    assert codes(outcome) == [{code}]


def test_several_faults_of_a_row_are_all_told(tmp_path: Path) -> None:
    """One round of mending is enough."""
    row = {"人员编号": "V1", "姓名": "甲", "手机号": "1", "每周上限": "9", "性别": "?"}
    assert codes(match(put(tmp_path, "people.csv", [row]), table="people")) == [
        {"mobile_length", "out_of_range", "unknown_word"}
    ]


def test_cells_beyond_the_headings_keep_a_row_out(tmp_path: Path) -> None:
    """An unquoted comma shifts a row; it is not read as if nothing had happened."""
    (tmp_path / "people.csv").write_bytes("人员编号,姓名\r\nV1,甲,乙\r\nV2\r\n,,\r\nV3,丙,,\r\n".encode())
    outcome = match(tmp_path, table="people")
    assert codes(outcome) == [{"extra_cells"}, {"missing_value"}]
    assert [candidate.place.line for candidate in outcome.added] == [5]


def moves(order: Sequence[int]) -> list[dict[str, str]]:
    """Return ten people whose phones are those of others."""
    return [{"人员编号": f"V{n}", "姓名": f"甲{n}", "手机号": f"1380000{order[n]:04d}"} for n in range(10)]


def test_a_column_sorted_alone_is_noticed(tmp_path: Path) -> None:
    """Its values are those of before on other rows: held, unless it is confirmed."""
    before = stored(match(put(tmp_path, "people.csv", moves(range(10))), table="people"))
    put(tmp_path, "people.csv", moves([9, 8, 2, 3, 4, 5, 7, 6, 1, 0]))
    outcome = match(tmp_path, before, table="people")
    assert counts(outcome) == (0, 0, 4, 6)
    assert set.union(*codes(outcome)) == {"column_permuted"}
    assert counts(match(tmp_path, before, table="people", confirm_permuted=True)) == (0, 6, 4, 0)
    put(tmp_path, "people.csv", moves([1, 0, 2, 3, 4, 5, 6, 7, 8, 9]))
    assert counts(match(tmp_path, before, table="people")) == (0, 2, 8, 0)


@pytest.fixture
def references() -> References:
    """Two people, two squads, a checkpoint, a pattern and a skill that are known."""
    known = References()
    for table, codes_ in (
        ("people", ("V1", "V2")),
        ("squads", ("S1", "S2")),
        ("checkpoints", ("P1",)),
        ("shift_patterns", ("N1",)),
        ("skills", ("DRV",)),
    ):
        for code in codes_:
            known.add(table, code, f"{table}-{code}")
    return known


def member(squad: str, first: str, last: str = "", person: str = "V1") -> dict[str, str]:
    """Return a row of squad memberships."""
    return {"人员编号": person, "小组编号": squad, "起始日期": first, "截止日期": last}


def test_a_person_is_in_one_squad_at_a_time(tmp_path: Path, references: References) -> None:
    """Overlapping memberships are kept out; one after the other, and of other people, go in."""
    rows = [
        member("S1", "2025-01-01", "2025-06-30"),
        member("S2", "2025-07-01"),
        member("S1", "2025-12-01"),
        member("S1", "2025-03-01", "2025-03-02"),
        member("S1", "2025-03-01", person="V2"),
    ]
    outcome = match(put(tmp_path, "squad_memberships.csv", rows), table="squad_memberships", references=references)
    assert counts(outcome) == (3, 0, 0, 2)
    assert set.union(*codes(outcome)) == {"overlap"}
    assert sorted(row.place.line for row in outcome.rejected) == [4, 5]


def test_a_transfer_ends_one_membership_and_begins_the_next(tmp_path: Path, references: References) -> None:
    """Whatever the order of the rows, the end of the old one counts; without it the new one must wait."""
    spec = "squad_memberships"
    path = put(tmp_path, f"{spec}.csv", [member("S1", "2025-01-01")])
    before = stored(match(path, table=spec, references=references))
    transfer = [member("S2", "2026-01-01"), member("S1", "2025-01-01", "2025-12-31")]
    outcome = match(put(tmp_path, f"{spec}.csv", transfer), before, table=spec, references=references)
    assert counts(outcome) == (1, 1, 0, 0)
    put(tmp_path, f"{spec}.csv", transfer[:1])
    assert counts(match(tmp_path, before, table=spec, references=references)) == (0, 0, 0, 1)
    put(tmp_path, f"{spec}.csv", [member("S2", "2024-06-01", "2025-01-01")])
    assert counts(match(tmp_path, before, table=spec, references=references)) == (0, 0, 0, 1)


def test_demand_by_kind_of_seat(tmp_path: Path, references: References) -> None:
    """One row per kind of seat; the kind may be left out, and min may not exceed desired."""
    row = {"执勤点编号": "P1", "班次编号": "N1", "星期": "周六", "最低人数": "2", "期望人数": "3"}
    plain = match(put(tmp_path, "demand.csv", [row]), table="demand", references=references)
    assert value(plain, "seat") == (None, False)
    rows = [{**row, "岗位类别": seat} for seat in ("", "任意", "组长", "DRV")] + [
        {**row, "星期": "Sun", "最低人数": "4"}
    ]
    outcome = match(put(tmp_path, "demand.csv", rows), stored(plain), table="demand", references=references)
    assert counts(outcome) == (2, 0, 1, 2)
    assert codes(outcome) == [{"row_twice"}, {"minimum_over_desired"}]
    put(tmp_path, "demand.csv", [row])
    assert counts(match(tmp_path, stored(plain), table="demand", references=references)) == (0, 0, 1, 0)


def test_a_row_whose_parent_was_rejected_says_so(tmp_path: Path) -> None:
    """The clerk mends the parent first."""
    references = References()
    put(
        tmp_path,
        "people.csv",
        [{"人员编号": "V1", "姓名": "甲", "手机号": "1"}, {"人员编号": "V\u202e2 x", "姓名": "甲"}],
    )
    match(tmp_path, table="people", references=references)
    (tmp_path / "people.csv").unlink()
    references.add("squads", "S1", "s")
    rows = [member("S1", "2025-01-01"), member("S1", "2025-01-01", person="V7")]
    put(tmp_path, "squad_memberships.csv", rows)
    outcome = match(tmp_path, table="squad_memberships", references=references)
    assert codes(outcome) == [{"parent_rejected"}, {"unknown_reference"}]


def test_a_database_holds_one_township(tmp_path: Path) -> None:
    """A second one is kept out, in the same file or later."""
    row = {"镇街编号": "441900121000", "镇街名称": "虚门镇", "字头": "XM", "派出所名称": "虚门派出所"}
    other = {**row, "镇街编号": "441900122000"}
    outcome = match(put(tmp_path, "township.csv", [row, other]), table="township")
    assert (counts(outcome), codes(outcome)) == ((1, 0, 0, 1), [{"other_township"}])
    put(tmp_path, "township.csv", [other])
    assert codes(match(tmp_path, stored(outcome), table="township")) == [{"other_township"}]


def test_an_unmarked_example_row_is_passed_over_and_a_marked_text_is_not(tmp_path: Path) -> None:
    """Only what a template wrote is left out."""
    rows = [{"人员编号": "【示例】V1", "姓名": "甲"}, {"人员编号": "'【示例】V2", "姓名": "'=甲"}]
    outcome = match(put(tmp_path, "people.csv", rows), table="people")
    assert (outcome.read, value(outcome, "code"), value(outcome, "name")) == (1, "【示例】V2", "=甲")


def test_a_column_that_is_not_in_the_file_is_named_by_its_heading(tmp_path: Path) -> None:
    """A fault about an absent column still says which."""
    outcome = match(put(tmp_path, "people.csv", [{"人员编号": "V1", "姓名": "甲", "住址纬度": "22.7"}]), table="people")
    cell = outcome.rejected[0].faults[0]
    assert (cell.heading, cell.value, cell.column) == ("住址纬度", "22.7", "home_lat")
    lon = match(put(tmp_path, "people.csv", [{"人员编号": "V1", "姓名": "甲", "住址经度": "113.7"}]), table="people")
    assert (lon.rejected[0].faults[0].heading, lon.rejected[0].faults[0].value) == ("住址纬度", "")
    assert table_named("people").by_name["home_lat"].zh == "住址纬度"
