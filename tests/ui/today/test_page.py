"""The day's page, worked by mouse and key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPushButton, QWidget

from patrol_desk.common.clock import FixedClock
from patrol_desk.services.station import Station
from patrol_desk.services.today import Alerts, PostState, list_notes
from patrol_desk.storage.backup import backups
from patrol_desk.ui.pages.today.duty_model import FIRST_SHIFT, PLACE, Show
from patrol_desk.ui.pages.today.fill_dialog import FillDialog
from patrol_desk.ui.pages.today.note_section import NoteField
from patrol_desk.ui.widgets.labels import Chip
from tests.helpers.desk import Act, DeskTest, act_in_window, copy_station
from tests.helpers.stations import key_source
from tests.ui.today.steps import drop_out, duties, on_page, stored, today, words


def tick_on(test: DeskTest, minutes: int) -> None:
    """Let the station's clock go on and the page follow."""
    clock = test.desk.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(minutes=minutes))
    today(test).tick()


def phase(test: DeskTest) -> str:
    """Return what the bar says of the running shift."""
    return test.find(Chip, "today_phase").text()


def test_the_day_counts_down_and_turns_with_the_shift(desk_test: Callable[[Act], None]) -> None:
    """The countdown follows the clock; a shift's end brings the next one; the clock rests while the page is hidden."""

    async def act(test: DeskTest) -> None:
        page = today(test)
        assert phase(test) == "午班进行中 · 剩 2 时 34 分"
        tick_on(test, 1)
        assert phase(test) == "午班进行中 · 剩 2 时 33 分"
        assert not test.window.tasks.running
        tick_on(test, 153)
        await test.settled()
        assert phase(test) == "距晚班开始 1 时"
        assert page.view is not None
        assert [column.shift.mark for column in page.view.columns] == ["晚", "夜"]
        ticking = [page.ticking]
        for name in ("roster", "today"):
            await test.page(name)
            ticking.append(page.ticking)
        assert ticking == [True, False, True]

    desk_test(act)


def test_midnight_in_the_night_shift(qapp: QApplication, sample_station: Path, tmp_path: Path) -> None:
    """Half an hour after midnight yesterday's night shift runs and today's morning is next."""
    del qapp

    async def act(test: DeskTest) -> None:
        view = today(test).view
        assert view is not None
        assert [(shift.mark, shift.on_date.day) for shift in view.shifts][:2] == [("夜", 25), ("早", 26)]
        assert phase(test) == "夜班进行中 · 剩 1 时 30 分"
        assert today(test).strip.now_x() is not None
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert phase(test) == "Night running · 1 h 30 min left"

    act_in_window(act, copy_station(sample_station, tmp_path), tmp_path, datetime(2026, 11, 25, 16, 30, tzinfo=UTC))


def test_the_table_filters_and_leads_to_the_roster(desk_test: Callable[[Act], None]) -> None:
    """Due, gaps and all by click and by key; Enter shows the cell on the roster, a card its shift."""

    async def act(test: DeskTest) -> None:
        page = today(test)
        model, view = page.duty.duty, page.view
        assert view is not None
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
        due = model.rowCount()
        test.click(test.find(QAbstractButton, "all"))
        assert model.rowCount() == len(view.rows) >= due
        page.duty.setFocus()
        test.key(Qt.Key.Key_G)
        assert model.showing is Show.GAPS
        assert all(
            PostState.OK is not state
            for row in range(model.rowCount())
            for state in [max((model.post(row, n)[0] for n in (2, 3)), key=lambda post: post.wanting).state]
        )
        test.key(Qt.Key.Key_G)
        assert model.rowCount() == due
        index = model.index(1, FIRST_SHIFT + 1)
        page.duty.setCurrentIndex(index)
        wanted = model.place(1).checkpoint_id
        assert page.duty.show_place(wanted)
        assert not page.duty.show_place("gone")
        assert page.duty.currentIndex().column() == PLACE
        test.key(Qt.Key.Key_Return, page.duty)
        await test.settled()
        assert on_page(test, "roster")
        await test.page("today")
        test.click(page.strip, page.strip.rects()[2].center())
        await test.settled()
        assert on_page(test, "roster")

    desk_test(act)


def test_a_gap_is_filled_by_key_and_taken_back(desk_test: Callable[[Act], None]) -> None:
    """Ctrl+Enter puts the best candidate into the selected gap, one undo takes that back: the file says so."""

    async def act(test: DeskTest) -> None:
        gap = (await drop_out(test, 3))[1]
        gaps = today(test).panel.gaps.list
        best = gaps.model_.best(gap)
        assert best is not None
        assert best.person_id not in stored(test, gap)
        gaps.setFocus()
        while gaps.selected() != gap:
            test.key(Qt.Key.Key_Down)
        row = gaps.model_.row_of(gap.key)
        below = gaps.model_.gaps[row + 1]
        test.keys("Ctrl+Return")
        await test.settled()
        assert best.person_id in stored(test, gap)
        assert gaps.model_.row_of(gap.key) < 0
        chosen = gaps.selected()
        assert chosen is not None
        assert (chosen.key, gaps.currentIndex().row()) == (below.key, row)
        test.keys("Ctrl+Z")
        await test.settled()
        assert best.person_id not in stored(test, gap)
        assert gaps.model_.row_of(gap.key) >= 0

    desk_test(act)


def test_a_gap_is_filled_by_mouse_with_another_candidate(desk_test: Callable[[Act], None]) -> None:
    """The button takes the best; the arrow lists the others with their facts, and the way to the roster."""

    async def act(test: DeskTest) -> None:
        first, second = (await drop_out(test, 3))[:2]
        gaps = today(test).panel.gaps.list
        QAbstractItemModelTester(gaps.model_, QAbstractItemModelTester.FailureReportingMode.Fatal, gaps)
        best = gaps.model_.best(first)
        assert best is not None
        test.click(gaps, gaps.fill_rect(gaps.model_.row_of(first.key)).center())
        await test.settled()
        assert best.person_id in stored(test, first)
        await test.until(lambda: gaps.model_.best(second) is not None)
        row = gaps.model_.row_of(second.key)
        other = gaps.model_.found(second)
        assert other is not None
        menu = gaps.show_candidates(row)
        assert menu is not None
        assert len(menu.actions()) == len(other.ranked) + 2
        menu.actions()[len(other.ranked) - 1].trigger()
        menu.close()
        await test.settled()
        assert other.ranked[-1].person_id in stored(test, second)

    desk_test(act)


def test_all_gaps_below_the_minimum_after_a_preview(desk_test: Callable[[Act], None]) -> None:
    """The preview names everybody and writes nothing; confirming writes them in one step that one undo takes back."""

    async def act(test: DeskTest) -> None:
        await drop_out(test, 4)
        button = test.find(QPushButton, "today_fill_all")

        async def preview() -> FillDialog:
            test.click(button)
            await test.until(lambda: bool(test.window.findChildren(FillDialog)))
            (dialog,) = test.window.findChildren(FillDialog)
            return dialog

        before = duties(test)
        people = (await preview()).people
        assert people
        test.key(Qt.Key.Key_Escape)
        await test.settled()
        assert duties(test) == before
        await preview()
        test.keys("Ctrl+Return")
        await test.settled()
        after = duties(test)
        assert before < after
        assert len(after - before) == people
        test.keys("Ctrl+Z")
        await test.settled()
        assert duties(test) == before

    desk_test(act)


def test_a_gap_nobody_can_fill_says_so(desk_test: Callable[[Act], None]) -> None:
    """Where every person is kept away by a rule, the card says how many, and the key says that nobody is there."""

    async def act(test: DeskTest) -> None:
        gaps = today(test).panel.gaps
        listed = gaps.list
        await test.until(lambda: all(listed.model_.found(gap) is not None for gap in listed.in_sight()))
        hopeless = next(gap for gap in listed.in_sight() if listed.model_.best(gap) is None)
        assert "人被规则挡住" in listed.model_.who(hopeless)
        listed.setCurrentIndex(listed.model_.index(listed.model_.row_of(hopeless.key)))
        test.keys("Ctrl+Return")
        assert "选中的缺口还没有可安排的人。" in words(test.window)
        test.click(next(button for button in test.window.findChildren(QPushButton) if button.text() == "看谁被挡住"))
        await test.settled()
        assert on_page(test, "roster")
        await test.page("today")
        test.click(test.find(QPushButton, "today_all_gaps"))
        await test.until(lambda: all(listed.model_.found(gap) is not None for gap in listed.in_sight()))
        menu = listed.show_candidates(listed.model_.row_of(hopeless.key))
        assert menu is not None
        menu.actions()[-1].trigger()
        menu.close()
        await test.settled()
        assert on_page(test, "roster")

    desk_test(act)


def test_handover_notes(desk_test: Callable[[Act], None]) -> None:
    """A note is written, changed and ticked off by key and mouse; undo takes the ticking back."""

    async def act(test: DeskTest) -> None:
        notes = today(test).panel.notes
        test.keys("Ctrl+N")
        test.write("手台 3 号电池已更换")
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert "手台 3 号电池已更换" in words(notes)
        test.click(test.find(QPushButton, "today_note_edit"))
        field = test.find(NoteField, "today_note_field")
        field.end(False)
        test.write("，勿动")
        test.key(Qt.Key.Key_Return)
        await test.settled()
        test.keys("Ctrl+N")
        test.write("不写了")
        test.key(Qt.Key.Key_Escape)
        (box,) = notes.findChildren(QCheckBox)
        test.key(Qt.Key.Key_Space, box)
        await test.settled()
        with test.fresh() as station:
            (note,) = list_notes(station, station.system_actor())
        assert (note.text, note.done_at is not None) == ("手台 3 号电池已更换，勿动", True)
        today(test).duty.setFocus()
        test.keys("Ctrl+Z")
        await test.settled()
        with test.fresh() as station:
            (note,) = list_notes(station, station.system_actor())
        assert note.done_at is None

    desk_test(act)


def test_alerts_lead_to_what_they_are_about(desk_test: Callable[[Act], None]) -> None:
    """A backup is made with one click and then mentioned; certificates lead to people; English follows at once."""

    async def act(test: DeskTest) -> None:
        alerts = today(test).panel.alerts
        assert "还没有备份" in words(alerts)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert "No backup yet" in words(alerts)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        link = next(button for button in alerts.findChildren(QPushButton) if button.text() == "备份")
        test.click(link)
        await test.settled()
        assert backups(test.path)
        await test.page("roster")
        await test.page("today")
        assert "今日 14:26 已备份" in words(alerts)
        link = next(button for button in alerts.findChildren(QPushButton) if button.text() == "查看")
        test.click(link)
        await test.settled()
        assert on_page(test, "people")

    desk_test(act)


def test_a_new_station_says_what_to_do(qapp: QApplication, tmp_path: Path) -> None:
    """Without checkpoints and shifts the page says so and leads to the import."""
    del qapp
    path = tmp_path / "新站.db"
    Station.create(path, key_source(path)).close()

    async def act(test: DeskTest) -> None:
        assert "还没有点位和班次" in words(today(test))
        button = next(
            one for one in today(test).findChildren(QPushButton) if one.text() == "去导入" and one.isVisible()
        )
        test.click(button)
        await test.settled()
        assert on_page(test, "importing")

    act_in_window(act, path, tmp_path)


def test_keys_reach_every_part(desk_test: Callable[[Act], None]) -> None:
    """Tab goes from the cards through table, gaps and notes to the quick actions, and back round."""

    async def act(test: DeskTest) -> None:
        page = today(test)
        page.strip.setFocus()
        test.key(Qt.Key.Key_Right)
        assert page.strip.accessibleName().startswith("午 13–17, 进行中")
        seen: list[QWidget] = []
        while (widget := test.focus()) not in seen:
            seen.append(widget)
            test.key(Qt.Key.Key_Tab)
        assert page.duty in seen
        assert page.panel.gaps.list in seen
        assert {"today_note_add", "today_plan", "today_print"} <= {widget.objectName() for widget in seen}

    desk_test(act)


def test_alerts_are_walked_and_taken_by_key(desk_test: Callable[[Act], None]) -> None:
    """F4 goes to the first, arrows walk and stop at both ends, Enter deals with it; without any the page says so."""

    async def act(test: DeskTest) -> None:
        alerts = today(test).panel.alerts
        test.keys("F4")
        first = test.focus()
        assert isinstance(first, QPushButton)
        assert first.text() == "去登记"
        test.key(Qt.Key.Key_Up)
        assert test.focus() is first
        for _ in range(12):
            test.key(Qt.Key.Key_Down)
        last = test.focus()
        assert isinstance(last, QPushButton)
        assert last.text() == "备份"
        test.key(Qt.Key.Key_Return)
        await test.settled()
        assert backups(test.path)
        view = today(test).view
        assert view is not None
        nothing = Alerts(None, None, (), (), None, 0, sample=True)
        alerts.show_alerts(nothing, replace(view, columns=()), test.desk.now)
        assert "没有提醒。" in words(alerts)
        test.keys("F4")
        assert "没有提醒。" in words(test.window)

    desk_test(act)


def test_an_unplanned_week_is_not_called_free_of_gaps(qapp: QApplication, sample_station: Path, tmp_path: Path) -> None:
    """Nobody is on duty and nothing is planned: the section of gaps says so, and what will be listed when."""
    del qapp

    async def act(d: DeskTest) -> None:
        said = words(today(d).panel.gaps)
        assert "本周还没有排班" in said
        assert "没有缺口" not in said

    now = datetime(2026, 12, 9, 6, 26, tzinfo=UTC)
    act_in_window(act, copy_station(sample_station, tmp_path), tmp_path, now)
