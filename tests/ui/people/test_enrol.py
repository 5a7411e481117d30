"""A factory's list is pasted, looked at line by line, and becomes a squad in one step; the file has it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from patrol_desk.app.job import FixedPicker
from patrol_desk.models import Organisation, Person, Squad, SquadMembership, SquadRole
from patrol_desk.services.people.enrol import LineKind
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.pages.people.enrol.dialog import EnrolDialog
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import Start, open_page, shown, text_of

LIST = """姓名\t手机号\t职务\t工种
欧阳文静\t13917600001\t\t车工
冯志强\t139 1760\t\t焊工
邓小燕\t13917600003\t副组长\t
罗启东\t13917600004\t\t
"""


async def opened(d: DeskTest) -> EnrolDialog:
    """Open the dialog from the view of groups."""
    await open_page(d)
    d.click(d.find(QAbstractButton, "squads"))
    await d.settled()
    d.click(d.find(Button, "people_enrol"))
    dialog = await shown(d, "enrol_dialog")
    assert isinstance(dialog, EnrolDialog)
    return dialog


def squad_of(d: DeskTest, code: str) -> tuple[Squad | None, list[tuple[str, SquadRole]]]:
    """Return a squad and its members' names and roles as a new session reads them."""
    with d.fresh() as station, station.read() as session:
        squad = queries.first(session, Squad, code=code, ended_on=None)
        if squad is None:
            return None, []
        rows = bulk.rows(session, SquadMembership, ("person_id", "role"), where={"squad_id": squad.id})
        people = {row[0]: row[1] for row in rows}
        names = bulk.rows(session, Person, ("id", "name"), where={"organisation_id": squad.organisation_id})
        return squad, sorted((str(name), people[person]) for person, name in names)


def test_a_factory_is_enrolled_by_keys_and_taken_back(desk_test: Start) -> None:
    """Name, list, leader, Ctrl+Enter; the bad line stays out with its reason; one Ctrl+Z takes all of it back."""

    async def act(d: DeskTest) -> None:
        dialog = await opened(d)
        assert not dialog.do.isEnabled()
        d.write("金龙电子厂")
        assert dialog.form.value("name") == "金龙电子厂"
        text = d.find(QPlainTextEdit, "enrol_text")
        text.setFocus()
        text.insertPlainText(LIST)
        await d.settled()
        lines = dialog.table.lines.all_rows()
        assert [line.kind for line in lines] == [LineKind.NEW, LineKind.BAD, LineKind.NEW, LineKind.NEW]
        assert "新建 3 人" in text_of(d, "enrol_sum")
        assert "1 行有错" in text_of(d, "enrol_sum")
        assert "工种" in text_of(d, "enrol_sum")
        assert "139 1760" in text_of(d, "enrol_line")
        dialog.table.go_to(lines[1].id)
        dialog.table.setFocus()
        d.key(Qt.Key.Key_Space)
        assert lines[1].id not in dialog.table.lines.ticks
        dialog.table.go_to(lines[3].id)
        d.key(Qt.Key.Key_Space)
        assert "1 行没有勾选" in text_of(d, "enrol_sum")
        assert dialog.do.text() == "建组并加入 2 人"
        leader = dialog.form.control("leader").inner
        leader.setFocus()
        d.key(Qt.Key.Key_Down)
        code = str(dialog.form.value("code"))
        d.keys("Ctrl+Return")
        await d.settled()
        squad, members = squad_of(d, code)
        assert squad is not None
        assert (squad.name, squad.strength) == ("金龙电子厂", 2)
        assert members == [("欧阳文静", SquadRole.LEADER), ("邓小燕", SquadRole.DEPUTY)]
        assert text_of(d, "group_name") == "金龙电子厂"
        d.keys("Ctrl+Z")
        await d.settled()
        assert squad_of(d, code) == (None, [])
        with d.fresh() as station, station.read() as session:
            assert queries.first(session, Organisation, name="金龙电子厂") is None
            assert queries.first(session, Person, name="欧阳文静") is None

    desk_test(act)


def test_a_refusal_keeps_the_list_in_sight(desk_test: Start, tmp_path: Path) -> None:
    """A code that is taken is said under the list, which stays; a file fills the list; Esc writes nothing."""

    async def act(d: DeskTest) -> None:
        dialog = await opened(d)
        (tmp_path / "source").mkdir()
        (tmp_path / "source" / "list.csv").write_text(LIST.replace("\t", ","), encoding="gb18030")
        dialog.picker = FixedPicker(tmp_path / "source", tmp_path / "none")
        d.click(d.find(Button, "enrol_file"))
        await d.until(lambda: dialog.table.lines.rowCount() == 4)
        d.click(dialog.do)
        assert "organisation" in dialog.form.errors()
        dialog.form.put("organisation", "金龙电子厂")
        with d.fresh() as station, station.read() as session:
            code = str(bulk.rows(session, Squad, ("code",))[0][0])
        dialog.form.put("code", code)
        d.click(dialog.do)
        await d.until(lambda: not dialog.findChildren(QLabel, "enrol_wrong")[0].isHidden())
        assert code in text_of(d, "enrol_wrong")
        assert dialog.table.lines.rowCount() == 4
        (tmp_path / "source" / "list.csv").write_text("\n", encoding="utf-8")
        d.click(d.find(Button, "enrol_file"))
        await d.until(lambda: "list.csv" in dialog.findChildren(QLabel, "enrol_wrong")[0].text())
        text = d.find(QPlainTextEdit, "enrol_text")
        text.setPlainText("欧阳文静,13917600001\n" * 1001)
        await d.until(lambda: dialog.table.lines.rowCount() == 0)
        assert "1000" in text_of(d, "enrol_wrong")
        d.keys("Ctrl+Shift+L")
        await d.settled()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        with d.fresh() as station, station.read() as session:
            assert queries.first(session, Organisation, name="金龙电子厂") is None

    desk_test(act)
