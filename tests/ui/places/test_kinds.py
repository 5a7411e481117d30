"""What only some kinds of checkpoint have: days of a temporary duty, the neighbour of a joint gate and its heads."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from patrol_desk.models import CheckpointKind, CheckpointStatus
from patrol_desk.ui.widgets.dialog import Dialog
from tests.helpers.desk import Act, DeskTest
from tests.ui.places.steps import opened, said, stored


async def dialog(test: DeskTest, name: str) -> None:
    """Wait until a dialog is open."""
    await test.until(lambda: any(found.isVisible() for found in test.window.findChildren(Dialog, name)))


def test_a_temporary_duty_is_added_with_its_days_and_ended_early(desk_test: Callable[[Act], None]) -> None:
    """Its days are asked for once it is of that kind; until the first it is planned; a nearer last day ends it."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        test.keys("Ctrl+N")
        await dialog(test, "new_record")
        test.write("T-90")
        test.write("新围夜市", test.find(QLineEdit, "name"))
        test.write("夜市", test.find(QLineEdit, "short_name"))
        assert not any(each.isVisible() for each in test.window.findChildren(QLineEdit, "first_on"))
        kinds = test.find(QComboBox, "kind")
        kinds.setFocus()
        test.key(Qt.Key.Key_End)
        for name, day in (("first_on", "2026-11-27"), ("last_on", "2026-11-20")):
            test.find(QLineEdit, name).setFocus()
            test.write(day)
        test.keys("Ctrl+Return")
        assert "勤务止" in said(test)
        test.keys("Ctrl+A")
        test.write("2026-11-29")
        test.keys("Ctrl+Return")
        await test.settled()
        detail = stored(test, "T-90")
        assert (detail.first_on, detail.last_on) == (date(2026, 11, 27), date(2026, 11, 29))
        assert (detail.row.kind, detail.row.status) == (CheckpointKind.TEMPORARY_DUTY, CheckpointStatus.PLANNED)
        assert "2026-11-27 – 11-29" in page.place.sub.text()
        page.place.form.put("first_on", date(2026, 11, 20))
        page.place.form.put("last_on", date(2026, 11, 24))
        test.keys("Ctrl+S")
        await test.settled()
        assert stored(test, "T-90").row.status is CheckpointStatus.CLOSED

    desk_test(act)


def test_a_joint_gate_says_how_many_the_neighbour_holds(desk_test: Callable[[Act], None]) -> None:
    """One more held is one fewer for the station; saved, in the file, and taken back by undo."""

    async def act(test: DeskTest) -> None:
        page = await opened(test)
        gate = next(row for row in page.checkpoints.list.model.all_rows() if row.kind is CheckpointKind.JOINT_GATE)
        page.checkpoints.list.reveal(gate.id)
        await test.settled()
        before = stored(test, gate.code)
        key = page.place.demand.grid.chosen_keys()[0]
        assert test.find(QWidget, "held").isVisible()
        page.place.demand.card.held_stepped.emit(1)
        assert "其中" in said(test)
        seats = page.place.demand.model.seats(key)
        was = sum(seat.held for cell in before.cells if cell.key == key for seat in cell.seats)
        assert sum(seat.held for seat in seats) == was + 1
        test.keys("Ctrl+S")
        await test.settled()
        now = {cell.key: cell.seats for cell in stored(test, gate.code).cells}
        assert now[key] == seats
        page.checkpoints.list.table.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        assert {cell.key: cell.seats for cell in stored(test, gate.code).cells}[key] != seats
        page.checkpoints.list.reveal(stored(test, "P-001").id)
        await test.settled()
        assert not page.place.demand.card.held.isVisible()

    desk_test(act)
