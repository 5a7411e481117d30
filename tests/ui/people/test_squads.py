"""Squads and response teams: found, moved by drag and by key, led, made, changed and closed; the file has it."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMenu, QWidget

from patrol_desk.models import Squad, SquadMembership, SquadRole, TeamMembership
from patrol_desk.storage import bulk, queries
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.pages.people.squads.board import Board
from patrol_desk.ui.pages.people.squads.group_list import GroupList
from patrol_desk.ui.pages.people.squads.view import SquadsView
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import TODAY, Start, open_page, pick, shown, text_of

TOMORROW = TODAY + timedelta(days=1)


async def open_squads(d: DeskTest) -> tuple[PeoplePage, SquadsView]:
    """Go to the view; the list has the focus and the first squad is shown."""
    page = await open_page(d)
    d.click(d.find(QAbstractButton, "squads"))
    await d.settled()
    view = page.modes.squads
    assert view is not None
    assert d.focus() is view.list
    assert view.detail is not None
    return page, view


def stays(d: DeskTest, person_id: str, *, team: bool = False) -> Sequence[tuple[object, ...]]:
    """Return (group, role, from, until) of somebody's stays as a new session reads them, the latest last."""
    model = TeamMembership if team else SquadMembership
    columns = ("team_id" if team else "squad_id", "role", "from_on", "until_on")
    where = {"person_id": person_id, "ended_on": None}
    with d.fresh() as station, station.read() as session:
        return bulk.rows(session, model, columns, where=where, order_by=("from_on",))


def squad(d: DeskTest, squad_id: str) -> Squad:
    """Return a squad as a new session reads it."""
    with d.fresh() as station, station.read() as session:
        found = queries.first(session, Squad, id=squad_id)
    assert found is not None
    return found


def drag_to(board: Board, person_id: str, groups: GroupList, group_id: str, *, drop: bool = True) -> None:
    """Press on somebody's card, go to a group of the list, and let go there."""
    start = board.rect_of(person_id).center()
    place = groups.groups.place_of(group_id)
    assert place is not None
    target = groups.visualRect(groups.groups.index(place, 0)).center()
    end = groups.viewport().mapToGlobal(target)
    QTest.mousePress(board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(board, start + QPoint(25, 2))
    QTest.mouseMove(board, board.mapFromGlobal(end))
    if drop:
        QTest.mouseRelease(board, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, board.mapFromGlobal(end))


def test_groups_are_found_while_typing(desk_test: Start) -> None:
    """By name, by a leader's and by a member's initials; nothing found says so; what is looked for narrows."""

    async def act(d: DeskTest) -> None:
        page, view = await open_squads(d)
        groups = view.list.groups
        QAbstractItemModelTester(groups, QAbstractItemModelTester.FailureReportingMode.Fatal, groups)
        everything = len(groups.shown())
        assert everything == len(groups.lines())
        assert d.find(QAbstractButton, "squads").text().endswith(str(everything))
        member = next(row for row in page.model.all_rows() if row.squad and row.role is SquadRole.MEMBER)
        assert member.squad is not None
        d.write("/")
        assert d.focus() is view.left.search
        d.write(member.name)
        assert member.squad.id in {line.id for line in groups.shown()}
        assert len(groups.shown()) < everything
        d.key(Qt.Key.Key_Escape)
        d.write("zzzz")
        assert view.left.states.state() == "notice"
        d.click(next(button for button in view.left.states.findChildren(Button) if button.isVisible()))
        assert len(groups.shown()) == everything
        d.click(d.find(QAbstractButton, "vacant"))
        assert groups.shown()
        assert all(line.vacancies for line in groups.shown())
        d.click(d.find(QAbstractButton, "headless"))
        assert not any(line.leaders for line in groups.shown())

    desk_test(act)


def test_a_member_is_dragged_to_another_squad(desk_test: Start) -> None:
    """The target says what changes before the drop; from tomorrow on; Ctrl+Z brings every row back."""

    async def act(d: DeskTest) -> None:
        _, view = await open_squads(d)
        assert view.detail is not None
        source, target = view.list.groups.shown()[0], view.list.groups.shown()[2]
        assert view.detail.line.id == source.id
        board = d.find(Board, "members")
        mover = next(card for card in view.detail.members if card.role is SquadRole.MEMBER)
        before = stays(d, mover.id)
        drag_to(board, mover.id, view.list, target.id, drop=False)
        assert view.list.target == target.id
        assert f"{target.members} → {target.members + 1} 人" in view.list.target_words
        assert d.find(QWidget, "drag_ghost").isVisible()
        d.key(Qt.Key.Key_Escape, board)
        assert (view.list.target, stays(d, mover.id)) == ("", before)
        drag_to(board, mover.id, view.list, target.id)
        await d.settled()
        assert stays(d, mover.id)[-2:] == [
            (*before[-1][:3], TODAY), (target.id, SquadRole.MEMBER, TOMORROW, None),
        ]  # fmt: skip
        assert view.detail.line.members == source.members - 1
        moved = next(line for line in view.list.groups.lines() if line.id == target.id)
        assert moved.members == target.members + 1
        d.keys("Ctrl+Z")
        await d.settled()
        assert stays(d, mover.id) == before
        assert view.detail.line.members == source.members

    desk_test(act)


def test_members_are_moved_by_key_alone(desk_test: Start) -> None:
    """Enter goes to the cards, Space chooses two, M asks where with numbers, Enter moves both in one step."""

    async def act(d: DeskTest) -> None:
        _, view = await open_squads(d)
        assert view.detail is not None
        source = view.detail.line
        d.key(Qt.Key.Key_Return)
        board = d.find(Board, "members")
        assert d.focus() is board
        d.key(Qt.Key.Key_End)
        d.key(Qt.Key.Key_Space)
        d.key(Qt.Key.Key_Left)
        d.key(Qt.Key.Key_Space)
        people = [card.id for card in board.chosen()]
        assert len(people) == 2
        d.key(Qt.Key.Key_M)
        await shown(d, "transfer_dialog")
        other = next(line for line in view.list.groups.shown() if line.id != source.id)
        d.write(other.code)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert [stays(d, person)[-1] for person in people] == [(other.id, SquadRole.MEMBER, TOMORROW, None)] * 2
        d.keys("Ctrl+Z")
        await d.settled()
        assert {stays(d, person)[-1][0] for person in people} == {source.id}
        d.key(Qt.Key.Key_Up, board)
        d.key(Qt.Key.Key_Down, board)
        d.key(Qt.Key.Key_Home, board)
        assert board.current() is board.cards()[0]
        assert board.cards()[0].row.name in board.accessibleDescription()

    desk_test(act)


def test_a_member_becomes_leader_and_another_leaves(desk_test: Start) -> None:
    """The menu of a card: who led before becomes a deputy; taking somebody out ends the stay."""

    async def act(d: DeskTest) -> None:
        _, view = await open_squads(d)
        assert view.detail is not None
        board = d.find(Board, "members")
        leader = next(card for card in view.detail.members if card.role is SquadRole.LEADER)
        follower, leaver = [card for card in view.detail.members if card.role is SquadRole.MEMBER][:2]
        board.go_to(follower.id)
        board.menu_wanted.emit(board.mapToGlobal(board.rect_of(follower.id).center()))
        await pick(d, d.find(QMenu, "member_menu"), "设为组长")
        await d.settled()
        assert stays(d, follower.id)[-1][1:] == (SquadRole.LEADER, TOMORROW, None)
        assert stays(d, leader.id)[-1][1:] == (SquadRole.DEPUTY, TOMORROW, None)
        assert view.detail.line.leaders == (follower.row.name,)
        d.click(board, board.rect_of(leaver.id).center())
        board.menu_wanted.emit(board.mapToGlobal(board.rect_of(leaver.id).center()))
        await pick(d, d.find(QMenu, "member_menu"), "移出本队")
        await d.settled()
        assert stays(d, leaver.id)[-1][3] == TODAY

    desk_test(act)


def test_a_squad_is_made_changed_and_closed(desk_test: Start) -> None:
    """Ctrl+N, a name; its full strength makes vacancies; closing tells how many are left without; the file has it."""

    async def act(d: DeskTest) -> None:
        _, view = await open_squads(d)
        d.keys("Ctrl+N")
        await shown(d, "group_dialog")
        d.write("码头夜巡队")
        d.keys("Ctrl+Return")
        await d.settled()
        assert text_of(d, "group_name") == "码头夜巡队"
        assert view.detail is not None
        made = view.detail.line
        assert (squad(d, made.id).name, squad(d, made.id).strength, made.members) == ("码头夜巡队", None, 0)
        d.click(d.find(Button, "group_edit"))
        await shown(d, "group_dialog")
        assert not d.find(QComboBox, "kind").isEnabled()
        strength = d.find(QLineEdit, "strength")
        d.click(strength)
        d.write("0")
        d.keys("Ctrl+Return")
        assert d.find(QWidget, "group_dialog").isVisible()
        d.keys("Ctrl+A")
        d.write("3")
        d.keys("Ctrl+Return")
        await d.settled()
        assert squad(d, made.id).strength == 3
        assert view.detail.line.vacancies == 3
        board = d.find(Board, "members")
        d.click(board, QPoint(board.width() // 4, board.height() - 30))
        await shown(d, "pick")
        d.key(Qt.Key.Key_Down)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert len(view.detail.members) == 1
        joined = view.detail.members[0].id
        view.centre.head.close_wanted.emit()
        await shown(d, "confirm")
        d.click(d.find(Button, "confirmDo"))
        await d.settled()
        assert squad(d, made.id).ended_on == TODAY
        assert made.id not in {line.id for line in view.list.groups.lines()}
        assert not [stay for stay in stays(d, joined) if stay[0] == made.id]
        d.keys("Ctrl+Z")
        await d.settled()
        assert squad(d, made.id).ended_on is None
        assert made.id in {line.id for line in view.list.groups.lines()}

    desk_test(act)


def test_somebody_without_a_squad_is_dragged_in_and_a_member_into_a_team(desk_test: Start) -> None:
    """From the panel onto the squad in view; a squad's member joins a response team and keeps the squad."""

    async def act(d: DeskTest) -> None:
        page, view = await open_squads(d)
        assert view.detail is not None
        home = view.detail.line
        free = d.find(Board, "free_people")
        newcomer = free.cards()[0]
        drag_to(free, newcomer.id, view.list, home.id)
        await d.settled()
        assert stays(d, newcomer.id)[-1] == (home.id, SquadRole.MEMBER, TOMORROW, None)
        board = d.find(Board, "members")
        member = next(card for card in view.detail.members if not card.row.team and card.id != newcomer.id)
        team = next(line for line in view.list.groups.shown() if line.kind == "team")
        board.go_to(member.id)
        board.setFocus()
        d.key(Qt.Key.Key_M)
        await shown(d, "transfer_dialog")
        d.write(team.code)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        assert stays(d, member.id, team=True)[-1] == (team.id, SquadRole.MEMBER, TOMORROW, None)
        assert stays(d, member.id)[-1][0] == home.id
        view.list.go_to(team.id)
        await d.settled()
        assert view.detail.line.id == team.id
        assert not [button for button in d.window.findChildren(Button, "group_print") if button.isVisible()]
        request = page.print_request()
        assert request is None
        view.list.go_to(home.id)
        await d.settled()
        request = page.print_request()
        assert request is not None
        assert request.squad_ids == (home.id,)

    desk_test(act)


def test_the_tabs_tell_certificates_hours_and_changes(desk_test: Start) -> None:
    """Three tables of the same members; a double click opens the person; back from the list nothing is lost."""

    async def act(d: DeskTest) -> None:
        page, view = await open_squads(d)
        assert view.detail is not None
        detail = view.detail
        tabs = d.find(QWidget, "group_tabs")
        tabs.setFocus()
        for name, rows in (("proofs", detail.certificates), ("hours", detail.members), ("changes", detail.stays)):
            d.key(Qt.Key.Key_Right, tabs)
            table = d.find(QWidget, f"group_{name}")
            assert view.centre.tables.views[name] is table
            assert view.centre.tables.views[name].rows_model().rowCount() == len(rows)
        for order in ("skill", "load", "name"):
            d.key(Qt.Key.Key_Home, tabs)
            d.click(d.find(QAbstractButton, order))
        board = d.find(Board, "members")
        card = board.cards()[-1]
        board.opened.emit(card)
        await d.settled()
        assert not page.modes.in_squads
        assert text_of(d, "person_name") == card.row.name
        d.click(d.find(QAbstractButton, "squads"))
        await d.settled()
        view.centre.head.list_wanted.emit()
        await d.settled()
        assert {row.squad.id for row in page.model.shown_rows() if row.squad} == {detail.line.id}

    desk_test(act)
