"""打印诊断: from the doctor's page to a PDF, with names for the station alone; from any page the doctor looks first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QWidget

from patrol_desk.models import SheetPrint
from patrol_desk.services.printed.kinds import DIAGNOSIS
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.storage import queries
from patrol_desk.ui.dialogs.printing.dialog import PrintDialog
from patrol_desk.ui.dialogs.printing.looks import offered
from patrol_desk.ui.dialogs.printing.settings import last_choice
from tests.helpers.desk import WEEK, Act, DeskTest
from tests.ui.planning.test_doctor import DRAFT
from tests.ui.planning.test_doctor import opened as doctor
from tests.ui.printing.paper import opened, painted, saved, texts


def dialog_of(test: DeskTest) -> PrintDialog:
    """Return the print dialog that is open."""
    return next(one for one in test.window.findChildren(PrintDialog) if one.isVisible())


def test_what_the_page_found_is_printed_and_remembered(desk_test: Callable[[Act], None], tmp_path: Path) -> None:
    """The button opens the dialog with the sheet at once; the station's copy names people, the other nobody."""

    async def act(test: DeskTest) -> None:
        page = await doctor(test)
        found = page.consult.diagnosis
        assert found is not None
        names = {person.name for group in found.groups for person in group.nearest}
        test.click(test.find(QAbstractButton, "doctor_print"))
        dialog = dialog_of(test)
        assert not dialog.work.busy
        await painted(test)
        assert (dialog.looks.option, len(dialog.choice.chosen())) == (DIAGNOSIS, 1)
        await saved(test, tmp_path / "named.pdf")
        box = test.find(QComboBox, "print_profile")
        box.setFocus()
        test.key(Qt.Key.Key_Down, box)
        await painted(test)
        assert dialog.looks.profile is PrivacyProfile.PUBLIC
        await saved(test, tmp_path / "open.pdf")
        named, plain = ("".join("".join(texts(tmp_path / file)).split()) for file in ("named.pdf", "open.pdf"))
        assert names
        assert all("".join(name.split()) in named for name in names)
        assert not any("".join(name.split()) in plain for name in names)
        assert f"缺{found.missing}人次" in plain
        with test.fresh() as station, station.read() as session:
            kept = [(one.kind, one.period, one.profile) for one in queries.many(session, SheetPrint, "at")]
        assert kept == [("DG", str(DRAFT), "office"), ("DG", str(DRAFT), "public")]
        assert last_choice(test.desk.settings)[0] != DIAGNOSIS
        test.keys("Esc")
        await test.settled()
        assert test.frame.page is page

    desk_test(act)


def test_from_another_page_the_doctor_looks_under_the_foot_and_can_be_stopped(
    desk_test: Callable[[Act], None],
) -> None:
    """Choosing the kind starts the doctor; a stop says so and leaves nothing to print; choosing it again finds it."""

    async def act(test: DeskTest) -> None:
        dialog = await opened(test)
        box = test.find(QComboBox, "print_kind")
        box.setFocus()
        test.key(Qt.Key.Key_Home, box)
        test.key(Qt.Key.Key_Down, box, times=list(offered()).index(DIAGNOSIS))
        await test.until(lambda: dialog.work.busy)
        test.click(test.find(QPushButton, "print_stop"))
        await painted(test)
        assert not dialog.work.busy
        assert dialog.choice.chosen() == []
        assert dialog.preview.states.state() == "notice"
        assert test.focus() is box
        test.key(Qt.Key.Key_Up, box)
        await painted(test)
        test.key(Qt.Key.Key_Down, box)
        await painted(test)
        assert dialog.looks.when == "第 48 周"
        assert str(WEEK).endswith("48")
        assert len(dialog.choice.chosen()) == 1
        assert test.find(QWidget, "print_save_button").isEnabled()
        assert "第 " in test.find(QComboBox, "print_version").currentText()
        test.keys("Esc")
        await test.settled()

    desk_test(act)
