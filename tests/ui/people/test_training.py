"""Courses are noted in the panel and for everybody ticked, changed, taken back; a filter lists who is due."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu

from patrol_desk.models import TrainingResult
from patrol_desk.services.people import Training, TrainingRow, add_training, person_detail
from patrol_desk.ui.pages.people.training_words import due_text, hours_wrong, minutes_of
from patrol_desk.ui.widgets.labels import Chip, Label
from tests.helpers.desk import WEEK, DeskTest
from tests.helpers.people_page import TODAY, Start, open_page, pick, shown


def courses(d: DeskTest, person_id: str) -> tuple[TrainingRow, ...]:
    """Return somebody's courses as another program reads them."""
    with d.fresh() as station:
        return person_detail(station, station.system_actor(), person_id, WEEK).training


async def put(d: DeskTest, name: str, text: str) -> None:
    """Type into a field of the dialog."""
    field = d.find(QLineEdit, name)
    field.setFocus()
    field.selectAll()
    d.write(text)


def test_one_is_noted_changed_and_taken_back_by_keys(desk_test: Start) -> None:
    """What cannot be is said under its field; each step is undone by Ctrl+Z; the other language at once."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        person = next(row for row in page.model.all_rows() if row.squad and row.refresh_on is None and row.skills)
        page.table.go_to(person.id)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        before = len(courses(d, person.id))
        page.panel.tabs.choose("proofs")
        d.click(d.find(QAbstractButton, "add_training"))
        dialog = await shown(d, "training_dialog")
        await put(d, "hours", "两")
        d.keys("Ctrl+Return")
        await d.settled()
        assert any("例如 2 或 1.5" in label.text() for label in dialog.findChildren(Label) if label.isVisible())
        assert len(courses(d, person.id)) == before
        await put(d, "hours", "1.5")
        await put(d, "course", "夜巡安全")
        due = TODAY + timedelta(days=20)
        await put(d, "expires_on", due.isoformat())
        d.keys("Ctrl+Return")
        await d.settled()
        noted = next(row for row in courses(d, person.id) if row.course == "夜巡安全")
        assert (noted.taken_on, noted.minutes, noted.expires_on) == (TODAY, 90, due)
        section = page.panel.proofs.training
        assert f"{due} 前复训，还有 20 天" in [chip.text() for chip in section.findChildren(Chip)]
        d.keys("Ctrl+Shift+L")
        await d.settled()
        assert f"refresh by {due.day} {due:%b} {due.year}, 20 days left" in [
            chip.text() for chip in section.findChildren(Chip)
        ]
        d.keys("Ctrl+Shift+L")
        await d.settled()
        d.click(section.findChildren(QAbstractButton, "training_pencil")[0])
        await shown(d, "training_dialog")
        await put(d, "course", "夜巡安全二")
        d.keys("Ctrl+Return")
        await d.settled()
        assert "夜巡安全二" in [row.course for row in courses(d, person.id)]
        d.click(section.findChildren(QAbstractButton, "training_x")[0])
        await d.settled()
        assert len(courses(d, person.id)) == before
        d.keys("Ctrl+Z")
        d.keys("Ctrl+Z")
        await d.settled()
        assert "夜巡安全" in [row.course for row in courses(d, person.id)]

    desk_test(act)


def test_everybody_ticked_and_who_is_due(desk_test: Start) -> None:
    """The number is told first; nobody twice; the filter then lists those who are due, and the spare column the day."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        people = [row for row in page.model.all_rows() if row.squad and not row.retired][:3]
        late = Training("夜巡安全", TODAY - timedelta(days=400), 60, TrainingResult.PASSED, TODAY - timedelta(days=35))
        await d.desk.write("test", add_training, [people[0].id], late)
        page.model.ticks.set(row.id for row in people)
        await d.settled()
        d.click(d.find(QAbstractButton, "bulk_training"))
        dialog = await shown(d, "training_dialog")
        assert any("登记 3 人" in label.text() for label in dialog.findChildren(Label))
        await put(d, "course", "夜巡安全")
        await put(d, "expires_on", (TODAY + timedelta(days=60)).isoformat())
        d.keys("Ctrl+Return")
        await d.settled()
        assert all(any(one.course == "夜巡安全" for one in courses(d, row.id)) for row in people)
        d.key(Qt.Key.Key_Escape)
        button = d.find(QAbstractButton, "filter_proof")
        d.click(button)
        menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
        await pick(d, menu, "60 天内要复训")
        await d.settled()
        shown_rows = page.model.shown_rows()
        assert {row.id for row in people} <= {row.id for row in shown_rows}
        limit = TODAY + timedelta(days=60)
        assert all(row.refresh_on is not None and TODAY <= row.refresh_on <= limit for row in shown_rows)
        place = next(at for at, column in enumerate(page.model.columns) if column.key == "refresh")
        assert page.table.isColumnHidden(place)
        assert page.model.columns[place].text(shown_rows[0]) == str(shown_rows[0].refresh_on)

    desk_test(act)


def test_hours_and_days_are_said_plainly() -> None:
    """Full-width digits are understood; what is no number is said; overdue is red."""
    assert [minutes_of(text) for text in ("2", " 1.5 ", "\uff10.\uff12\uff15")] == [120, 90, 15]
    assert hours_wrong("2") is None
    for text in ("", "NaN", "一", "-1", "100.1"):
        assert hours_wrong(text) is not None
    assert due_text(TODAY - timedelta(days=1), TODAY)[1] == "red"
    assert due_text(TODAY + timedelta(days=61), TODAY)[1] == "plain"
