"""The review before publishing by squad, its footnotes and old sheets; and two versions side by side."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.models import OverrideReason, Plan, PlanVersion, VersionState
from patrol_desk.services.planning import edits, told
from patrol_desk.services.planning.overrides import Override
from patrol_desk.services.planning.wishes import Wishes
from patrol_desk.services.station import Station
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.publishing.checks import checks
from patrol_desk.ui.pages.roster.publishing.dialog import PublishDialog
from patrol_desk.ui.pages.roster.versions.dialog import VersionsDialog
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.roster.steps import board_of, held_cells, roster, stored

Desk = Callable[[Act], None]


async def opened(d: DeskTest, kind: type[Dialog]) -> Dialog:
    """Wait for a dialog and what it reads."""
    await d.until(lambda: any(one.isVisible() for one in d.window.findChildren(kind)))
    return next(one for one in d.window.findChildren(kind) if one.isVisible())


async def changed(d: DeskTest) -> tuple[RosterPage, str]:
    """Take somebody off the published week by key; return the page and the squad."""
    page = await roster(d, WEEK)
    board = board_of(page)
    cell, holder = next(
        (cell, holders[0]) for cell in held_cells(board)
        if not board.past[cell[1]] and len(holders := board.holders(*cell)) == 1 and holders[0].squad
    )  # fmt: skip
    page.grid.go_to(*cell)
    d.key(Qt.Key.Key_Delete, page.grid)
    await d.settled()
    assert not stored(d, WEEK).cell(*cell).heads
    return page, holder.squad


def test_the_review_by_squad_says_who_has_been_told(desk_test: Desk) -> None:
    """By squad: what changes, and that its leader has confirmed the version that goes out of force."""

    async def act(d: DeskTest) -> None:
        page, squad = await changed(d)
        standing = await d.desk.read(told.week_standing, WEEK)
        one = next(each for each in standing.squads if each.name == squad)
        await d.desk.write("x", told.mark, WEEK, [one.id], "confirmed")
        d.click(d.find(QPushButton, "roster_publish"))
        dialog = await opened(d, PublishDialog)
        assert isinstance(dialog, PublishDialog)
        d.click(d.find(QAbstractButton, "squad"))
        (row,) = dialog.touched.squads.squads.shown_rows()
        assert (row.change.squad, row.change.removed, row.change.people) == (squad, 1, 1)
        assert row.standing is not None
        assert row.standing.confirmed is not None
        assert dialog.touched.squads.isVisible()
        assert not dialog.table.isVisible()
        d.click(d.find(QAbstractButton, "place"))
        assert dialog.table.isVisible()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        assert page.isVisible()

    desk_test(act)


def test_an_override_is_marked_and_footnoted_in_the_review(desk_test: Desk) -> None:
    """Who breaks a rule knowingly is marked in the list, with a footnote that says why."""

    async def act(d: DeskTest) -> None:
        page = await roster(d, WEEK)
        board = board_of(page)
        cell, one = next(
            (cell, one) for cell in ((gap.row, gap.shift) for gap in board.gaps(board.now, board.shifts[-1].ends_at))
            for one in board.candidates(*cell).blocked
            if all(each.overridable for each in board.conflicts(one.person_id, *cell) if each.severity == "block")
        )  # fmt: skip
        why = Override(OverrideReason.OTHER, "本人电话同意")
        await d.desk.write("x", edits.assign, board, one.person_id, *cell, override=why)
        await d.settled()
        d.click(d.find(QPushButton, "roster_publish"))
        dialog = await opened(d, PublishDialog)
        assert isinstance(dialog, PublishDialog)
        (row,) = [row for row in dialog.table.changes.shown_rows() if row.note]
        assert row.change.person_id == one.person_id
        assert row.place.endswith("①")
        assert f"① {one.name}" in d.find(QLabel, "publish_notes").text()
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)


def test_any_two_versions_are_compared_by_squad(desk_test: Desk) -> None:
    """From the review to the versions: the published one with the draft, by squad; the same twice says so; and back."""

    async def act(d: DeskTest) -> None:
        _, squad = await changed(d)
        d.click(d.find(QPushButton, "roster_publish"))
        await opened(d, PublishDialog)
        d.click(d.find(QPushButton, "publish_compare"))
        dialog = await opened(d, VersionsDialog)
        assert isinstance(dialog, VersionsDialog)
        await d.until(lambda: dialog.changes.changes.rowCount() == 1)
        d.click(next(b for b in dialog.order.findChildren(QAbstractButton) if b.objectName() == "squad"))
        assert [row.change.squad for row in dialog.squads.squads.shown_rows()] == [squad]
        box = d.find(QComboBox, "versions_against")
        box.setCurrentIndex(1)
        assert dialog.states.state() == "notice"
        d.key(Qt.Key.Key_Escape, dialog.table)
        again = await opened(d, PublishDialog)
        d.key(Qt.Key.Key_Escape, again)
        await d.settled()
        assert stored(d, WEEK).versions[0].published_at is None

    desk_test(act)


def test_old_sheets_are_told(desk_test: Desk) -> None:
    """A squad that has printed the version in force and is touched holds an outdated sheet afterwards."""

    async def act(d: DeskTest) -> None:
        _, squad = await changed(d)
        d.click(d.find(QPushButton, "roster_publish"))
        dialog = await opened(d, PublishDialog)
        assert isinstance(dialog, PublishDialog)
        standing = await d.desk.read(told.week_standing, WEEK)
        printed = told.Mark(dialog.review.board.now, "值班")
        squads = tuple(
            told.SquadStanding(one.id, one.code, one.name, one.colour, one.people, printed, None, None)
            for one in standing.squads
        )
        known = checks(dialog.review, told.WeekStanding(WEEK, standing.number, squads))
        (line,) = [one for one in known if squad in one.detail and one.severity == "note" and one.place is None]
        assert line.title == "1 个小组手里的表会过期"
        assert line not in checks(dialog.review, standing)
        d.key(Qt.Key.Key_Escape)
        await d.settled()

    desk_test(act)


def planned_otherwise(station: Station, actor: Actor) -> Done[None]:
    """Say of the newest version that its run kept the least rest and the reach less strictly."""
    with station.write(actor, "test.run") as unit:
        plan = queries.first(unit.session, Plan, week=str(WEEK))
        assert plan is not None
        (version,) = queries.many(unit.session, PlanVersion, plan_id=plan.id, state=VersionState.DRAFT)
        version.figures = {**version.figures, **Wishes({"rest_minutes": "weighted", "reach_m": "off"}).record()}
        return finish(unit, None)


def test_rules_that_a_run_kept_otherwise_are_told_wherever_its_version_is_shown(desk_test: Desk) -> None:
    """Above the cells until it is closed, in the list of versions, and in the review before publishing."""

    async def act(d: DeskTest) -> None:
        page, _squad = await changed(d)
        assert not page.run_line.isVisible()
        await d.desk.write("x", planned_otherwise)
        await d.settled()
        assert page.run_line.isVisible()
        said = page.run_line.accessibleName()
        assert "两班之间的最少休息（尽量遵守）" in said
        assert "（不要求）" in said
        d.click(d.find(QPushButton, "run_versions"))
        dialog = await opened(d, VersionsDialog)
        assert isinstance(dialog, VersionsDialog)
        await d.until(lambda: "另定" in dialog.words.text())
        assert "尽量遵守" in dialog.words.text()
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        d.click(d.find(QPushButton, "roster_publish"))
        review = await opened(d, PublishDialog)
        assert isinstance(review, PublishDialog)
        standing = await d.desk.read(told.week_standing, WEEK)
        found = [one for one in checks(review.review, standing) if "另定" in one.title]
        assert [(one.severity, one.title) for one in found] == [("warn", "自动排班时另定了 2 条规则")]
        d.key(Qt.Key.Key_Escape)
        await d.settled()
        d.click(d.find(QAbstractButton, "run_close"))
        assert not page.run_line.isVisible()
        await d.page("today")
        await d.page("roster")
        assert not page.run_line.isVisible()

    desk_test(act)
