"""An import is taken back, but for what was built on it."""

from pathlib import Path

import pytest

from patrol_desk.common.errors import (
    ConcurrentChangeError,
    InvalidDataError,
    PatrolError,
)
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Community, ImportRun, Leave, LeaveReason, Person, SquadMembership
from patrol_desk.services.importing import (
    ImportChoices,
    import_folder,
    list_imports,
    run_import,
    undo_import,
)
from patrol_desk.services.importing.run import KEPT_RUNS
from patrol_desk.services.station import Station
from patrol_desk.storage import backup, bulk, queries
from tests.helpers.importing import CLERK, content, model_of, put, skill
from tests.helpers.processes import Child
from tests.helpers.stations import chain_of
from tests.helpers.sync_data import CLOCK, Tables, write_folder


def test_an_import_is_taken_back_whole(station: Station, tmp_path: Path, tables: Tables) -> None:
    """One after the other, newest first, also after the program was closed: in the end all is as before."""
    before = content(station)
    import_folder(station, CLERK, write_folder(tmp_path / "来件", tables, "gb18030"))
    first = content(station)
    rows = [
        {"人员编号": row["人员编号"], "姓名": "改", "出生日期": "", "停用日期": "2026-11-01"}
        for row in tables["people"][:9]
    ]
    put(tmp_path / "改" / "people.csv", [*rows, {"人员编号": "NEU1", "姓名": "新"}])
    demand = [{**row, "最低人数": "0"} for row in tables["demand"][:5]]
    put(tmp_path / "改" / "demand.csv", demand)
    areas = [
        {"村（社区）编号": row["村（社区）编号"], "村（社区）名称": "改", "边界": ""} for row in tables["communities"]
    ]
    put(tmp_path / "改" / "communities.csv", areas)
    run_import(station, CLERK, ImportChoices((tmp_path / "改",)), ["many_changed", "many_ended"])
    assert content(station) != first
    station.close()
    with Station.open(station.path, clock=CLOCK) as again:
        second, original = list_imports(again, CLERK)
        assert (second.made_by, second.can_undo, second.undone_at) == ("内勤", True, None)
        undone = undo_import(again, CLERK, second.run_id)
        assert content(again) == first
        assert (undone.value.removed, undone.value.left_count, bool(undone.patch)) == (1, 0, False)
        assert undone.changes.touches("person")
        assert undone.changes.touches("import_run")
        undo_import(again, CLERK, original.run_id)
        assert content(again) == before
        assert chain_of(again.database).whole
        assert {saved.reason for saved in backup.backups(again.path)} == {"import", "undo"}
        closed = list_imports(again, CLERK)
        assert [(one.can_undo, one.undone_by, one.undone_at) for one in closed] == [(False, "内勤", CLOCK.now())] * 2
        with again.read() as session:
            assert bulk.rows(session, ImportRun, ("patch",)) == [(None,), (None,)]
        with pytest.raises(InvalidDataError) as refused:
            undo_import(again, CLERK, second.run_id)
        assert refused.value.message.code == "import.undo_again"
        assert all(render(refused.value.message, language) for language in LANGUAGES)


def test_what_was_built_on_stays_and_is_named(station: Station, folder: Path) -> None:
    """A person edited by hand, one who went on leave since, and what they stand on."""
    run = import_folder(station, CLERK, folder).run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        first, second = queries.many(unit.session, Person, "code")[:2]
        first.name = "手改"
        day = CLOCK.now().date()
        unit.session.add(Leave(person_id=second.id, first_on=day, last_on=day, reason=LeaveReason.SICK))
        unit.commit()
    undone = undo_import(station, CLERK, run).value
    left = {(render(row.table, "zh"), row.code): render(row.reason, "zh") for row in undone.left}
    assert left["人员", first.code] == "后来改过，保留现在的内容"
    assert left["人员", second.code] == "后来的记录用到它，保留"
    assert {table for table, _ in left} == {"人员", "村（社区）", "网格"}
    assert undone.left_count == len(left)
    with station.read() as session:
        assert len(bulk.rows(session, Person, ("id",))) == 2
        assert bulk.rows(session, SquadMembership, ("id",)) == []
        assert len(bulk.rows(session, Community, ("id",))) == len({first.community_id, second.community_id})
    assert [table.removed for table in undone.tables if render(table.table, "en") == "people"] == [38]


def test_rows_without_a_code_are_named_by_their_owner(station: Station, folder: Path, tables: Tables) -> None:
    """A membership that was changed is said by its person, a holiday by its day."""
    run = import_folder(station, CLERK, folder).run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        person = queries.many(unit.session, Person, "code")[3]
        for model, values in (("squad_membership", {"person_id": person.id}), ("holiday", {})):
            mapped = model_of(model)
            (row,) = bulk.dicts(unit.session, mapped, ("id", "row_version"), where=values)
            bulk.update(unit, mapped, [row | ({"name": "改"} if model == "holiday" else {"until_on": None})])
        unit.commit()
    left = {row.code for row in undo_import(station, CLERK, run).value.left}
    assert {person.code, tables["holidays"][0]["日期"]} <= left


def test_a_former_parent_that_is_gone_is_not_brought_back(station: Station, tmp_path: Path, tables: Tables) -> None:
    """A person whom a second import moved stays there when the first village was taken away meanwhile."""
    old, new = (tables["communities"][number]["村（社区）编号"] for number in (0, 1))
    put(tmp_path / "一" / "communities.csv", tables["communities"][:1])
    put(tmp_path / "一" / "people.csv", [])
    first = run_import(station, CLERK, put(tmp_path / "一" / "communities.csv", tables["communities"][:1])).value
    run_import(
        station, CLERK, put(tmp_path / "人" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "村（社区）编号": old}])
    )
    put(tmp_path / "二" / "communities.csv", tables["communities"][1:2])
    put(tmp_path / "二" / "people.csv", [{"人员编号": "V1", "姓名": "甲", "村（社区）编号": new}])
    second = run_import(station, CLERK, ImportChoices((tmp_path / "二",))).value
    assert first.run_id is not None
    assert second.run_id is not None
    undo_import(station, CLERK, first.run_id)
    with pytest.raises(PatrolError) as refused:
        undo_import(station, CLERK, second.run_id)
    assert refused.value.message.code == "import.undo_nothing"
    with station.read() as session:
        assert len(bulk.rows(session, Person, ("id",))) == 1


def test_a_code_that_was_taken_since_is_in_the_way(station: Station, tmp_path: Path) -> None:
    """A renamed record does not get its code back beside a new one that has it; nothing is written."""
    run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [skill("AID", "急救")]))
    with station.read() as session:
        (row,) = bulk.dicts(session, model_of("skill"))
    renamed = {**skill("AID2", "急救"), "记录号": str(row["id"])}
    second = run_import(station, CLERK, put(tmp_path / "二" / "skills.csv", [renamed])).value
    run_import(station, CLERK, put(tmp_path / "三" / "skills.csv", [skill("AID", "另一")]))
    before = content(station)
    assert second.run_id is not None
    with pytest.raises(ConcurrentChangeError) as refused:
        undo_import(station, CLERK, second.run_id)
    assert refused.value.message.code == "import.undo_in_the_way"
    assert content(station) == before


def test_an_import_that_cannot_be_taken_back_says_why(station: Station, tmp_path: Path) -> None:
    """One nobody made, one of the first release, one of which everything was built on."""
    with pytest.raises(InvalidDataError) as unknown:
        undo_import(station, CLERK, "nichts")
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [skill("AID", "急救")])).value.run_id
    assert run is not None
    with station.write(CLERK, "test.edit") as unit:
        bulk.update(
            unit,
            model_of("skill"),
            [{**bulk.dicts(unit.session, model_of("skill"), ("id", "row_version"))[0], "mark": "改"}],
        )
        unit.commit()
    with pytest.raises(PatrolError) as nothing:
        undo_import(station, CLERK, run)
    with station.write(CLERK, "test.old") as unit:
        held = queries.first(unit.session, ImportRun, id=run)
        assert held is not None
        held.patch = held.made_by = None
        unit.commit()
    with pytest.raises(InvalidDataError) as old:
        undo_import(station, CLERK, run)
    codes = [one.value.message.code for one in (unknown, nothing, old)]
    assert codes == ["import.undo_unknown", "import.undo_nothing", "import.undo_too_old"]
    assert all(render(one.value.message, language) for one in (unknown, nothing, old) for language in LANGUAGES)
    (entry,) = list_imports(station, CLERK)
    assert (entry.can_undo, entry.made_by) == (False, "")


def test_only_the_newest_imports_can_be_taken_back(station: Station, tmp_path: Path) -> None:
    """What older ones replaced is forgotten: it may be about people."""
    for number in range(KEPT_RUNS + 2):
        run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [skill(f"S{number}", "技能")]))
    entries = list_imports(station, CLERK)
    assert [entry.can_undo for entry in entries] == [True] * KEPT_RUNS + [False] * 2
    with pytest.raises(InvalidDataError) as refused:
        undo_import(station, CLERK, entries[-1].run_id)
    assert str(KEPT_RUNS) in render(refused.value.message, "en")


def test_two_who_take_back_at_once(station: Station, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds that it was done while the backup was being made."""
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", [skill("AID", "急救")])).value.run_id
    assert run is not None
    with Station.open(station.path, clock=CLOCK) as other, monkeypatch.context() as patched:
        patched.setattr(station.database, "backup", lambda _reason, _clock: undo_import(other, CLERK, run))
        with pytest.raises(InvalidDataError) as refused:
            undo_import(station, CLERK, run)
    assert refused.value.message.code == "import.undo_again"


def test_a_kill_while_taking_back_leaves_all_or_nothing(tmp_path: Path, folder: Path) -> None:
    """Everybody is there or nobody, the log holds, and the next try finishes the work."""
    path = tmp_path / "站.db"
    with Station.create(path, None, clock=CLOCK) as made:
        run = import_folder(made, CLERK, folder).run_id
        whole = content(made)
    with Child("take_back", path, None, run) as child:
        assert child.line() == "undoing"
        child.kill()
    with Station.open(path, clock=CLOCK) as again:
        (entry,) = list_imports(again, CLERK)
        assert chain_of(again.database).whole
        if entry.can_undo:
            assert content(again) == whole
            undo_import(again, CLERK, entry.run_id)
        assert content(again)["person"] == {}


def test_rows_that_are_gone_need_no_taking_back(station: Station, tmp_path: Path) -> None:
    """What was deleted since is neither removed nor left."""
    rows = [skill("AID", "急救"), skill("DRV", "驾驶")]
    run = run_import(station, CLERK, put(tmp_path / "一" / "skills.csv", rows)).value.run_id
    assert run is not None
    with station.write(CLERK, "test.delete") as unit:
        bulk.delete(unit, model_of("skill"), {"code": "DRV"})
        unit.commit()
    undone = undo_import(station, CLERK, run).value
    assert (undone.removed, undone.left_count) == (1, 0)
