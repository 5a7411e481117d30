"""Two records of one person are found, compared side by side and merged; the file has it, and undo parts them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from patrol_desk.models import Person, PersonStatus
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.people.merging import OTHER
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.table import DataTable
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import Start, current, open_page, shown, stored


def twins(d: DeskTest) -> tuple[str, str]:
    """Give a person the phone and another cap than somebody else, in the file, and return both ids."""
    with d.fresh() as station:
        with station.read() as session:
            rows = bulk.rows(
                session, Person, ("id", "row_version", "phone"), where={"ended_on": None}, order_by=("code",)
            )
        first, second = rows[0], rows[1]
        with station.write(station.system_actor(), "test.twins") as unit:
            change = {"id": second[0], "row_version": second[1], "phone": first[2], "weekly_cap": 7}
            bulk.update(unit, Person, [change])
            unit.commit()
    return first[0], second[0]


def said_whole(d: DeskTest) -> str:
    """Return the reason of the first pair listed, which has room to be read whole."""
    table = d.find(DataTable, "pick_table")
    index = table.model().index(0, 1)
    text = str(index.data())
    assert table.fontMetrics().horizontalAdvance(text) < table.visualRect(index).width()
    return text


def test_a_phone_that_others_have_leads_to_the_pair(desk_test: Start) -> None:
    """Saving says whose phone it is, and one click compares the two."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        d.key(Qt.Key.Key_Return)
        await d.settled()
        rows = page.model.all_rows()
        other = next(row for row in rows if row.id != current(page) and stored(d, row.id).phone)
        field = d.find(QLineEdit, "phone")
        d.click(field)
        d.keys("Ctrl+A")
        d.write(str(stored(d, other.id).phone))
        d.keys("Ctrl+S")
        await d.settled()
        d.click(next(button for button in d.window.findChildren(QPushButton, "") if button.text() == "查重"))
        await shown(d, "duplicates_dialog")
        d.keys("Esc")
        await d.settled()

    desk_test(act)


def test_two_records_are_merged_side_by_side(desk_test: Start) -> None:
    """Both are listed with the reason; one value is taken from the other; it ends with a pointer; undo parts them."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        d.click(d.find(Button, "people_duplicates"))
        await d.settled()
        kept_id, other_id = twins(d)
        kept, other = stored(d, kept_id), stored(d, other_id)
        d.click(d.find(Button, "people_duplicates"))
        await shown(d, "duplicates_dialog")
        assert "电话相同" in said_whole(d)
        d.keys("Return")
        await shown(d, "merge_dialog")
        assert other.code in d.find(QLabel, "dialog_told").text()
        box = d.find(QComboBox, "weekly_cap")
        box.setCurrentIndex(box.findData(OTHER))
        box.activated.emit(box.currentIndex())
        d.keys("Ctrl+Return")
        await d.settled()
        assert stored(d, kept_id).weekly_cap == 7
        ended = stored(d, other_id)
        assert (ended.status, ended.status_reason) == (PersonStatus.INACTIVE, f"→ {kept.code}")
        assert page.model.place_of(other_id) is None
        assert current(page) == kept_id
        d.keys("Ctrl+Z")
        await d.settled()
        assert (stored(d, kept_id).weekly_cap, stored(d, other_id).status) == (kept.weekly_cap, other.status)

    desk_test(act)
