"""今日, 排班 by squad and by person, 自动排班 and its doctor, the print dialog: the main job of each by keys alone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton

from patrol_desk.models import Assignment, Attendance, AttendanceState, HandoverNote, SheetPrint
from patrol_desk.services.planning.doctoring import gap_groups
from patrol_desk.storage import queries
from patrol_desk.ui.pages.planning.doctor.page import DoctorPage
from patrol_desk.ui.pages.roster.page import RosterPage
from patrol_desk.ui.pages.roster.views import PERSONS, SQUADS
from tests.helpers.desk import NOON, WEEK, Act, DeskTest
from tests.helpers.keyboard import Keys

DRAFT = WEEK.plus(1)
TODAY = (NOON + timedelta(hours=8)).date()


def roster(d: DeskTest) -> RosterPage:
    """Return the page in sight."""
    page = d.frame.page
    assert isinstance(page, RosterPage)
    return page


def duties(d: DeskTest) -> dict[str, Assignment]:
    """Return all duties by id, from the file itself."""
    with d.fresh() as station, station.read() as session:
        return {row.id: row for row in queries.many(session, Assignment)}


def missing(d: DeskTest) -> int:
    """Return the minimum heads that the draft lacks, from the file itself."""
    with d.fresh() as station:
        return sum(group.missing for group in gap_groups(station, station.system_actor(), DRAFT, 0))


async def arrivals_and_a_note(d: DeskTest, keys: Keys) -> None:
    """今日: a patrol has come, and what the next officer must know is written down."""
    await keys.page("Ctrl+1", "F2", "A", "Ctrl+N")
    d.write("钥匙在前台")
    await keys.press("Return")
    with d.fresh() as station, station.read() as session:
        assert {row.state for row in queries.many(session, Attendance, on_date=TODAY)} == {AttendanceState.PRESENT}
        assert "钥匙在前台" in [note.text for note in queries.many(session, HandoverNote)]


async def an_empty_panel_is_no_dead_end(d: DeskTest, keys: Keys) -> None:
    """By squad, at a shift with nobody on duty and nobody to draw: Tab goes on from the grid as anywhere."""
    await keys.page("Ctrl+2", "Alt+2", "Ctrl+Home")
    panel = roster(d).views.squad_panel
    await keys.walk(Qt.Key.Key_Right, lambda: not (panel.spare_list.cards.items or panel.duty_list.pairs.items))
    keys.to("squad_close")


async def a_squads_gap_is_filled(d: DeskTest, keys: Keys) -> None:
    """排班 by squad: somebody is taken off, the squad of the place is found, and its gaps are filled."""
    await keys.page("Ctrl+2", "]")
    await keys.clear_a_cell()
    short = duties(d).keys()
    await keys.press("Alt+2", "Ctrl+Home")
    assert roster(d).views.chosen == SQUADS
    button = d.window.findChild(QPushButton, "squad_fill")
    assert button is not None
    await keys.walk(Qt.Key.Key_Down, button.isEnabled)
    keys.to("squad_fill")
    await keys.press("Space")
    await keys.answer("confirmDo", "Ctrl+Return")
    assert len(duties(d)) > len(short)


async def a_persons_duty_is_locked(d: DeskTest, keys: Keys) -> None:
    """排班 by person: walk to somebody's duty and lock it."""
    await keys.page("Ctrl+2", "Alt+3")
    page = roster(d)
    assert page.views.chosen == PERSONS
    for _ in range(200):
        if page.views.duties_chosen():
            break
        d.key(Qt.Key.Key_Right if page.views.persons.grid.currentIndex().column() < 27 else Qt.Key.Key_Home)
        if page.views.persons.grid.currentIndex().column() == 0:
            d.key(Qt.Key.Key_Down)
    (duty,) = page.views.duties_chosen()
    was = duties(d)[duty].locked
    await keys.press("L")
    assert duties(d)[duty].locked != was


async def a_gap_gives_way(d: DeskTest, keys: Keys) -> None:
    """自动排班's doctor: reached from the roster, a way ticked and applied."""
    await keys.page("Ctrl+2", "Alt+1", "Ctrl+R")
    keys.to("plan_doctor")
    await keys.press("Return")
    page = d.frame.page
    assert isinstance(page, DoctorPage)
    before = missing(d)
    assert page.consult.diagnosis is not None
    assert page.consult.diagnosis.missing == before > 0
    first = page.ways.cards[0]
    keys.to(first.box.objectName())
    await keys.press("Space")
    assert isinstance(d.focus(), QCheckBox)
    if first.way.asks_reason:
        keys.to("doctor_reason")
        d.write("会展抽调")
    await keys.press("Ctrl+Return")
    assert missing(d) == first.way.told.after < before


async def findings_go_on_paper(d: DeskTest, keys: Keys, pdf: Path) -> None:
    """The print dialog: from the doctor, another kind of sheet chosen, two copies, saved."""
    await keys.press("Ctrl+P")
    await d.until(lambda: keys.shows("print_dialog"))
    keys.to("print_kind")
    keys.choose("点位周表")
    await d.settled()
    keys.to("print_copies")
    await keys.press("Up")
    keys.to("print_none")
    await keys.press("Space")
    keys.to("print_squads")
    await keys.press("Home", "Space")
    await d.until(lambda: d.find(QPushButton, "print_save_button").isEnabled())
    await d.settled()
    d.keys("Ctrl+S")
    await keys.file(pdf)
    await d.until(lambda: keys.shows("print_folder_button"))
    with d.fresh() as station, station.read() as session:
        (kept,) = queries.many(session, SheetPrint)
    assert (kept.kind, kept.copies) == ("CW", 2)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 2
    await keys.press("Esc")
    assert not keys.shows("print_dialog")


def test_a_day_on_duty_by_keyboard_alone(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """Each page from its key to a change that a new session reads."""

    async def act(d: DeskTest) -> None:
        keys = Keys(d)
        await arrivals_and_a_note(d, keys)
        await an_empty_panel_is_no_dead_end(d, keys)
        await a_squads_gap_is_filled(d, keys)
        await a_persons_duty_is_locked(d, keys)
        await a_gap_gives_way(d, keys)
        await findings_go_on_paper(d, keys, tmp_path / "sheets.pdf")

    desk_test(act)
