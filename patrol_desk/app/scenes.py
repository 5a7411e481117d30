"""The scenes of which pictures are taken: every page and dialog as a user reaches it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QTabBar, QWidget

from patrol_desk.app import (
    scenes_decisions,
    scenes_dialogs,
    scenes_help,
    scenes_importing,
    scenes_map,
    scenes_people,
    scenes_places,
    scenes_planning,
    scenes_rules,
    scenes_sheets,
    scenes_views,
)
from patrol_desk.app.scenes_settings import key_sheet, longer_rest, settings, shorter_again
from patrol_desk.app.stage import Stage
from patrol_desk.ui.pages.roster.grid.view import RosterGrid
from patrol_desk.ui.pages.today.page import TodayPage

Act = Callable[[Stage], Awaitable[None]]


SAMPLE, EMPTY, NOTHING = "sample", "empty", "nothing"


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Parameters
    ----------
    name
        Of its file.
    act
        Brings the window there.
    station
        What is open: `SAMPLE`, `EMPTY`, or `NOTHING`, with the start page.
    dialog
        Whether Esc has to close something afterwards.
    """

    name: str
    act: Act
    station: str = SAMPLE
    dialog: bool = False


def click(stage: Stage, name: str) -> None:
    """Click the button of an object name."""
    QTest.mouseClick(stage.find(QAbstractButton, name), Qt.MouseButton.LeftButton)


def press(stage: Stage, key: Qt.Key, name: str = "") -> None:
    """Press a key in the widget of an object name, or where the focus is."""
    QTest.keyClick(stage.find(QWidget, name) if name else stage.focus(), key)


def open_row(stage: Stage, name: str, row: int) -> None:
    """Click a row of a table and open it."""
    view = stage.find(QAbstractItemView, name)
    place = view.visualRect(view.model().index(row, 1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.keyClick(view, Qt.Key.Key_Return)


def tab(name: str, number: int) -> Act:
    """Return what goes to a tab of a panel that is open already, by the arrow key."""

    async def act(stage: Stage) -> None:
        tabs = stage.find(QWidget, name)
        bar = tabs.findChild(QTabBar) or tabs
        bar.setFocus()
        QTest.keyClick(bar, Qt.Key.Key_Home)
        for _ in range(number):
            QTest.keyClick(bar, Qt.Key.Key_Right)

    return act


def page(name: str) -> Act:
    """Return what goes to a page."""

    async def act(stage: Stage) -> None:
        await stage.page(name)

    return act


async def welcome(stage: Stage) -> None:
    """Stand before the three cards."""
    if stage.window.start is None:
        stage.window.open_start()


async def create(stage: Stage) -> None:
    """Open the form of a new station."""
    await welcome(stage)
    stage.find(QWidget, "card_create").setFocus()
    press(stage, Qt.Key.Key_Return)


async def all_places(stage: Stage) -> None:
    """Show all checkpoints of the day."""
    await stage.page("today")
    click(stage, "all")


async def backfill(stage: Stage) -> None:
    """Open the preview of the backfill."""
    page = await stage.page("today")
    assert isinstance(page, TodayPage)
    await stage.settled()
    # Not by its button: that is out of use where nobody is eligible, as in the smallest samples.
    page.backfill.fill_red()


async def gap(stage: Stage) -> None:
    """Stand on a gap of the roster."""
    await stage.page("roster")
    grid = stage.find(QAbstractItemView, "roster_grid")
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_F8)


async def covered(stage: Stage) -> None:
    """Stand on the first covered cell to come."""
    await stage.page("roster")
    grid = stage.find(RosterGrid, "roster_grid")
    board = await stage.desk.boards.get(stage.desk.week)
    cells = ((row.index, shift.index) for row in board.rows for shift in board.shifts)
    row, shift = next(at for at in cells if board.cell(*at).heads > 1 and not board.cell(*at).past)
    grid.setFocus()
    grid.go_to(row, shift)


async def weeks(stage: Stage) -> None:
    """Open the list of weeks."""
    await stage.page("roster")
    click(stage, "week_button")


async def next_week(stage: Stage) -> None:
    """Look at a week that has no plan yet."""
    await stage.page("roster")
    stage.desk.week = stage.desk.week.plus(1)


async def this_week(stage: Stage) -> None:
    """Come back to the present week."""
    stage.desk.week = stage.desk.week.plus(-1)
    await stage.page("roster")


async def edited(stage: Stage) -> None:
    """Take one person off, so that there is something to publish and to undo."""
    await this_week(stage)
    await covered(stage)
    await stage.settled()
    press(stage, Qt.Key.Key_Delete, "roster_grid")
    await stage.settled()
    confirm = stage.window.findChildren(QAbstractButton, "confirmDo")
    if confirm:
        QTest.mouseClick(confirm[-1], Qt.MouseButton.LeftButton)


async def publish(stage: Stage) -> None:
    """Open the publish dialog."""
    await stage.page("roster")
    click(stage, "roster_publish")


async def person(stage: Stage) -> None:
    """Open a person."""
    await stage.page("people")
    open_row(stage, "people_table", 3)


async def ticked(stage: Stage) -> None:
    """Tick three people."""
    await stage.page("people")
    view = stage.find(QAbstractItemView, "people_table")
    view.setFocus()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Space)
        QTest.keyClick(view, Qt.Key.Key_Down)


async def new_person(stage: Stage) -> None:
    """Begin a new person."""
    await stage.page("people")
    click(stage, "people_new")


async def printing(stage: Stage) -> None:
    """Open the print dialog and wait for its first page."""
    await stage.page("roster")
    stage.keys("Ctrl+P")
    words = "print_page_words"
    await stage.until(lambda: any(label.text() for label in stage.window.findChildren(QLabel, words)), 10)


def sheets(kind: int) -> Act:
    """Return what opens the print dialog and chooses a kind of sheet."""

    async def act(stage: Stage) -> None:
        await printing(stage)
        box = stage.window.findChildren(QComboBox, "print_kind")[-1]
        box.setCurrentIndex(kind)
        words = stage.window.findChildren(QLabel, "print_page_words")[-1]
        await stage.until(lambda: bool(words.text()), 10)

    return act


async def notice(stage: Stage) -> None:
    """Tell something."""
    await stage.page("today")
    stage.desk.undo.clear()
    stage.keys("Ctrl+Shift+L")
    stage.keys("Ctrl+Shift+L")
    stage.desk.commands.start("backup")


async def versions(stage: Stage) -> None:
    """Open the list of the week's versions."""
    await stage.page("roster")
    stage.desk.commands.start("roster.versions")


async def order(stage: Stage) -> None:
    """Show what the order of candidates rests on, at the cell that was edited."""
    await stage.page("roster")
    await stage.settled()
    click(stage, "why_order")


async def retire(stage: Stage) -> None:
    """Ask before three people are retired."""
    await ticked(stage)
    await stage.settled()
    click(stage, "bulk_retire")


async def leave_days(stage: Stage) -> None:
    """Give three people leave."""
    await stage.page("people")
    click(stage, "bulk_leave")


def _all(some: Iterable[tuple[str, Act, bool]], station: str = SAMPLE) -> tuple[Scene, ...]:
    """Return scenes that are written down by name, act, and whether each is a dialog."""
    return tuple(Scene(name, act, station, dialog) for name, act, dialog in some)


SCENES: Final = (
    Scene("start", welcome, station=NOTHING),
    Scene("start-create", create, station=NOTHING, dialog=True),
    Scene("start-locked", scenes_dialogs.locked, station=NOTHING, dialog=True),
    Scene("today", page("today")),
    Scene("today-all", all_places),
    Scene("today-backfill", backfill, dialog=True),
    Scene("finder", scenes_help.finder, dialog=True),
    Scene("finder-nothing", scenes_help.finder_nothing, dialog=True),
    Scene("roster", covered),
    Scene("roster-gap", gap),
    Scene("roster-weeks", weeks, dialog=True),
    Scene("roster-empty-week", next_week),
    Scene("roster-edited", edited),
    Scene("roster-publish", publish, dialog=True),
    Scene("roster-versions", versions, dialog=True),
    Scene("roster-order", order, dialog=True),
    Scene("roster-override", scenes_decisions.override, dialog=True),
    Scene("today-arrivals", scenes_decisions.arrivals),
    Scene("today-stand-in", scenes_decisions.stand_in, dialog=True),
    Scene("today-request", scenes_decisions.request, dialog=True),
    *_all(scenes_views.SCENES),
    Scene("roster-telling", scenes_decisions.telling, dialog=True),
    Scene("planning", page("planning")),
    Scene("planning-squads", scenes_planning.squads, dialog=True),
    Scene("planning-asked", scenes_planning.asked),
    Scene("planning-done", scenes_planning.run),
    Scene("planning-keep", scenes_planning.keep, dialog=True),
    Scene("planning-saved", scenes_planning.saved, dialog=True),
    Scene("doctor", scenes_planning.doctor),
    Scene("doctor-chosen", scenes_planning.chosen),
    Scene("printing-diagnosis", scenes_planning.printed, dialog=True),
    Scene("people", page("people")),
    Scene("people-person", person),
    Scene("people-certificates", tab("person_tabs", 1)),
    Scene("people-times", tab("person_tabs", 2)),
    Scene("people-records", tab("person_tabs", 3)),
    Scene("people-belonging", tab("person_tabs", 4)),
    Scene("people-ticked", ticked),
    Scene("people-leave", leave_days, dialog=True),
    Scene("people-retire", retire, dialog=True),
    Scene("people-pause", scenes_people.pause, dialog=True),
    Scene("people-new", new_person, dialog=True),
    Scene("people-squads", scenes_people.squads),
    Scene("people-squad-proofs", scenes_people.proofs),
    Scene("people-squad-changes", scenes_people.changes),
    Scene("people-teams", scenes_people.teams),
    Scene("people-drag", scenes_people.drag, dialog=True),
    Scene("people-move", scenes_people.move, dialog=True),
    Scene("people-forms", scenes_people.forms),
    Scene("today-forms", page("today")),
    Scene("people-squad-edit", scenes_people.edit, dialog=True),
    Scene("people-enrol", scenes_people.enrol, dialog=True),
    Scene("people-bulk", scenes_people.bulk, dialog=True),
    Scene("people-export", scenes_people.export, dialog=True),
    Scene("people-paused", scenes_people.paused),
    *_all(scenes_dialogs.PEOPLE),
    Scene("places", page("places")),
    Scene("places-place", scenes_places.place),
    Scene("places-basics", tab("detail_tabs", 1)),
    Scene("places-muster", scenes_places.muster),
    Scene("places-borrower", scenes_places.borrower, dialog=True),
    Scene("places-lend", scenes_places.lend, dialog=True),
    Scene("places-lent", scenes_places.lent),
    Scene("places-short", scenes_places.short, dialog=True),
    Scene("places-loans", scenes_places.history),
    Scene("places-copying", scenes_places.copying, dialog=True),
    Scene("places-new", scenes_places.new, dialog=True),
    Scene("places-pause", scenes_places.pause, dialog=True),
    Scene("places-changes", scenes_places.changes),
    Scene("places-communities", scenes_places.communities),
    Scene("places-cells", scenes_places.cells),
    Scene("places-on-map", scenes_places.on_map),
    Scene("places-gate", scenes_places.gate),
    Scene("places-temporary", scenes_places.temporary, dialog=True),
    Scene("places-visits", scenes_places.visits),
    Scene("printing-places", scenes_places.printed, dialog=True),
    Scene("places-areas", scenes_places.areas),
    Scene("places-area-add", scenes_places.area_add, dialog=True),
    Scene("places-periods", scenes_places.periods),
    Scene("places-period-new", scenes_places.period_new, dialog=True),
    Scene("map", scenes_map.plain),
    Scene("map-chosen", scenes_map.chosen),
    Scene("map-squads", scenes_map.squads),
    Scene("map-distance", scenes_map.distance),
    Scene("map-search", scenes_map.search),
    Scene("map-measure", scenes_map.measure),
    *_all(scenes_dialogs.MAP),
    Scene("importing", page("importing")),
    Scene("printing", printing, dialog=True),
    Scene("printing-checkpoints", sheets(1), dialog=True),
    Scene("printing-slips", sheets(6), dialog=True),
    Scene("printing-township", scenes_sheets.township, dialog=True),
    Scene("notice", notice),
    Scene("settings", settings("station")),
    Scene("settings-holidays", settings("holidays")),
    Scene("settings-rules", longer_rest),
    *_all(scenes_dialogs.SETTINGS),
    Scene("settings-looks", shorter_again),
    Scene("settings-keys", settings("keys")),
    Scene("keys", key_sheet, dialog=True),
    Scene("help", scenes_help.guide, dialog=True),
    Scene("help-sought", scenes_help.sought, dialog=True),
    Scene("tour", scenes_help.tour),
    Scene("tour-gap", scenes_help.tour_on),
    Scene("tour-end", scenes_help.tour_end),
    Scene("error", scenes_dialogs.fault, dialog=True),
    Scene("roster-run-line", scenes_rules.run_line),
    Scene("roster-hints", scenes_rules.hints),
    Scene("roster-hints-squads", scenes_rules.hints_of_squads),
    Scene("roster-hints-persons", scenes_rules.hints_of_persons),
    Scene("roster-refused", scenes_rules.refused, dialog=True),
    Scene("importing-choose", page("importing"), station=EMPTY),
    Scene("importing-files", scenes_importing.choose_files, station=EMPTY),
    Scene("importing-preview", scenes_importing.preview, station=EMPTY),
    Scene("importing-result", scenes_importing.imported, station=EMPTY),
    Scene("importing-past", scenes_importing.past, station=EMPTY),
    Scene("importing-left", scenes_dialogs.left, station=EMPTY, dialog=True),
)
