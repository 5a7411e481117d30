"""Find-anything, worked by key."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person
from patrol_desk.services.finding.entries import FindKind
from patrol_desk.services.finding.readings import pinyin
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.shell.finder.finder import Finder
from patrol_desk.ui.shell.finder.model import detail_text, kind_text
from patrol_desk.ui.shell.finder.paint import pinyin_of
from patrol_desk.ui.widgets.labels import Label
from tests.helpers.desk import Act, DeskTest
from tests.ui.today.steps import today


async def opened(test: DeskTest) -> Finder:
    """Press Ctrl+K and wait until the index is there."""
    test.keys("Ctrl+K")
    await test.settled()
    (finder,) = open_ones(test)
    return finder


def open_ones(test: DeskTest) -> list[Finder]:
    """Return the overlays that are not closed."""
    return [one for one in test.window.findChildren(Finder) if one.is_open]


def found(finder: Finder) -> list[str]:
    """Return the titles in sight, in order."""
    hits = [finder.model.hit(row) for row in range(finder.model.rowCount())]
    return [hit.entry.title for hit in hits if hit is not None]


def rename(station: Station, actor: Actor, person_id: str, name: str) -> Done[None]:
    """Give somebody another name."""
    with station.write(actor, "test.rename") as unit:
        person = queries.first(unit.session, Person, id=person_id)
        assert person is not None
        person.name = name
        return finish(unit, None)


def somebody(test: DeskTest) -> Person:
    """Return a person of the file."""
    with test.fresh() as station, station.read() as session:
        person = queries.first(session, Person, code="YJ-GX-000007")
        assert person is not None
        return person


def test_a_person_is_found_by_pinyin_initials_and_last_digits(desk_test: Callable[[Act], None]) -> None:
    """Each way of typing a name finds its person; Enter opens the person's page."""

    async def act(test: DeskTest) -> None:
        person = somebody(test)
        letters = pinyin(person.name)
        finder = await opened(test)
        QAbstractItemModelTester(finder.model, QAbstractItemModelTester.FailureReportingMode.Fatal, finder)
        for typed in (
            person.name,
            letters,
            "".join(word[0] for word in letters.split()),
            f"@{(person.phone or '')[-4:]}",
        ):
            finder.field.clear()
            test.write(typed)
            assert person.name in found(finder), typed
        finder.field.clear()
        test.write(person.code)
        assert found(finder) == [person.name]
        test.key(Qt.Key.Key_Return)
        await test.settled()
        page = test.frame.page
        assert page is not None
        assert page.name == "people"
        assert open_ones(test) == []

    desk_test(act)


def test_arrows_preview_and_the_roster(desk_test: Callable[[Act], None]) -> None:
    """Arrows skip headings; facts of the selected place come up; Tab enters the actions, Ctrl+Enter the roster."""

    async def act(test: DeskTest) -> None:
        finder = await opened(test)
        test.write("#sq")
        first = finder.selected()
        assert first is not None
        assert first.entry.kind is FindKind.CHECKPOINT
        assert pinyin_of(first)[0].startswith("S")
        test.key(Qt.Key.Key_Down)
        second = finder.selected()
        test.key(Qt.Key.Key_Up, times=9)
        assert finder.selected() == first != second
        test.key(Qt.Key.Key_PageDown)
        test.key(Qt.Key.Key_PageUp)
        assert finder.selected() == first
        labels = finder.frame.preview
        await test.until(lambda: "下一班" in [label.text() for label in labels.findChildren(Label)])
        test.key(Qt.Key.Key_Tab)
        actions = finder.frame.preview.action_list
        assert test.focus() is actions
        test.key(Qt.Key.Key_Up)
        assert actions.accessibleName() == "在排班表定位"
        test.key(Qt.Key.Key_Tab)
        assert test.focus() is finder.field
        test.keys("Ctrl+Return")
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "roster"

    desk_test(act)


def test_commands_run_and_speak_the_language(desk_test: Callable[[Act], None]) -> None:
    """Behind the angle stand the commands with their keys; Enter runs one; in English they are found in English."""

    async def act(test: DeskTest) -> None:
        finder = await opened(test)
        test.write(">")
        assert "立即备份" in found(finder)
        test.write("qhss")
        assert found(finder) == ["切换深色和浅色"]
        test.key(Qt.Key.Key_Return)
        assert test.desk.theme.name == "dark"
        finder = await opened(test)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        test.write(">dark")
        assert found(finder) == ["Switch dark and light"]
        assert kind_text(FindKind.COMMAND) == "Commands"

    desk_test(act)


def test_nothing_found_and_ways_out(desk_test: Callable[[Act], None]) -> None:
    """What is not there is said with what to try; Esc and a click outside close, and the focus goes back."""

    async def act(test: DeskTest) -> None:
        before = test.focus()
        finder = await opened(test)
        test.write("ljqqq")
        assert found(finder) == []
        assert test.find(Label, "finder_empty").text() == "没有找到“ljqqq”。试试姓名、拼音首字母或尾号。"
        test.key(Qt.Key.Key_Return)
        test.keys("Ctrl+Return")
        test.key(Qt.Key.Key_Tab)
        assert test.focus() is finder.field
        test.keys("Ctrl+2")
        assert open_ones(test) == [finder]
        test.key(Qt.Key.Key_Escape)
        assert open_ones(test) == []
        assert test.focus() is before
        again = await opened(test)
        assert await opened(test) is again
        test.click(again, QPoint(5, 5))
        assert open_ones(test) == []

    desk_test(act)


def test_the_index_follows_what_is_written(desk_test: Callable[[Act], None]) -> None:
    """A new name is found at once, and the old one again after undo."""

    async def act(test: DeskTest) -> None:
        person = somebody(test)
        await test.desk.write("改名", rename, person.id, "欧阳测")
        await test.settled()
        finder = await opened(test)
        test.write("oyc")
        assert "欧阳测" in found(finder)
        test.key(Qt.Key.Key_Escape)
        test.keys("Ctrl+Z")
        await test.settled()
        finder = await opened(test)
        test.write("@oyc")
        assert "欧阳测" not in found(finder)
        finder.field.clear()
        test.write(person.name)
        hit = finder.selected()
        assert hit is not None
        test.click(finder.list, finder.list.visualRect(finder.list.currentIndex()).center())
        await test.settled()
        assert open_ones(test) == []

    desk_test(act)


def test_a_place_that_is_short_leads_to_its_gap(desk_test: Callable[[Act], None]) -> None:
    """The next gap of a checkpoint stands in its facts; the action selects it on the day's page."""

    async def act(test: DeskTest) -> None:
        page = today(test)
        assert page.view is not None
        gap = page.view.gaps[-1]
        finder = await opened(test)
        test.write(f"#{gap.place.code}")
        await test.until(lambda: len(finder.frame.preview.action_list.texts()) == 3)
        assert finder.frame.preview.action_list.texts()[1] == "为缺口找人"
        test.key(Qt.Key.Key_Tab)
        test.key(Qt.Key.Key_Down)
        finder.list.viewport().repaint()
        test.key(Qt.Key.Key_Return)
        await test.settled()
        selected = page.panel.gaps.list.selected()
        assert selected is not None
        assert selected.place == gap.place

    desk_test(act)


def test_a_squad_is_found_with_its_leader(desk_test: Callable[[Act], None]) -> None:
    """A squad says how many it has and who leads it; its week can be printed from here."""

    async def act(test: DeskTest) -> None:
        finder = await opened(test)
        test.write("XZ-GX-0003")
        hit = finder.selected()
        assert hit is not None
        assert hit.entry.leader
        assert hit.entry.leader in detail_text(hit)
        await test.until(lambda: "个班次" in "".join(one.text() for one in finder.frame.preview.findChildren(Label)))
        test.key(Qt.Key.Key_Return)
        await test.settled()
        page = test.frame.page
        assert isinstance(page, PeoplePage)
        assert {row.squad.name for row in page.model.shown_rows() if row.squad} == {hit.entry.title}
        finder = await opened(test)
        test.write("XG-001")
        team = finder.selected()
        assert team is not None
        test.key(Qt.Key.Key_Tab)
        test.key(Qt.Key.Key_Down)
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert page.panel.detail is not None
        assert page.panel.detail.id == team.entry.leader_id

    desk_test(act)
