"""Buttons, labels, search, segments, states, figures, progress, banner, toasts and steps."""

import threading

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from patrol_desk.common.message import Message
from patrol_desk.ui.i18n.catalog import Translation
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button, IconButton
from patrol_desk.ui.widgets.kpi import Kpi, KpiStrip
from patrol_desk.ui.widgets.labels import Chip, ElidedLabel, Kbd, Label, SquadTick, squad_colour
from patrol_desk.ui.widgets.pick_box import PickBox
from patrol_desk.ui.widgets.progress import ProgressPanel
from patrol_desk.ui.widgets.search_field import SearchField
from patrol_desk.ui.widgets.sections import Section, SidePanel
from patrol_desk.ui.widgets.segmented import Segmented
from patrol_desk.ui.widgets.states import StateStack, state_button
from tests.ui.widgets.conftest import put

LEFT = Qt.MouseButton.LeftButton


def test_buttons_show_their_words_whole_in_every_kind(host: QWidget, theme: Theme) -> None:
    """Icon, words and key's cap have room; Enter presses; a larger text makes them larger."""
    pressed: list[str] = []
    buttons = []
    for kind in ("plain", "primary", "danger", "ghost", "link"):
        button = Button(theme, "plus", kind, "Ctrl+N")
        button.setText("新增人员")
        button.clicked.connect(lambda _on=False, kind=kind: pressed.append(kind))
        buttons.append(button)
    put(host, *buttons)
    for button in buttons:
        assert button.width() > button.fontMetrics().horizontalAdvance("新增人员")
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        assert not button.grab().isNull()
    assert pressed == ["plain", "primary", "danger", "ghost", "link"]
    before = buttons[0].sizeHint().width()
    theme.use(scale=1.3)
    assert buttons[0].sizeHint().width() > before
    buttons[0].setEnabled(False)
    QTest.mouseClick(buttons[0], LEFT)
    assert len(pressed) == 5


def test_an_icon_button_has_a_name(host: QWidget, theme: Theme) -> None:
    """What shows no words says them to the screen reader, with its key in the tool tip."""
    button = IconButton(theme, "x")
    button.set_name("关闭", "Esc")
    button.setMenu(QMenu(button))
    put(host, button)
    assert (button.accessibleName(), button.toolTip()) == ("关闭", "关闭  Esc")
    assert button.width() == button.height() == 30


def test_a_chip_is_clicked_or_taken_away(host: QWidget, theme: Theme) -> None:
    """The cross and Del remove, the word and Enter open; a plain chip takes no focus."""
    chip, plain = Chip(theme, "accent", removable=True, text="状态：在队"), Chip(theme, text="固定岗")
    told: list[str] = []
    chip.removed.connect(lambda: told.append("removed"))
    chip.clicked.connect(lambda: told.append("clicked"))
    put(host, chip, plain)
    QTest.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 8, chip.height() // 2))
    QTest.mouseClick(chip, LEFT, pos=QPoint(10, chip.height() // 2))
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    QTest.keyClick(chip, Qt.Key.Key_Return)
    assert told == ["removed", "clicked", "removed", "clicked"]
    assert plain.focusPolicy() == Qt.FocusPolicy.NoFocus
    plain.set_icon("star")
    plain.set_tone("green")
    assert plain.text() == plain.accessibleName() == "固定岗"
    assert not plain.grab().isNull()


def test_labels(host: QWidget, theme: Theme) -> None:
    """Markup in data is shown as typed; what does not fit is in the tool tip; squads have eight colours."""
    label, long = Label("body", "<b>甲</b>"), ElidedLabel("body", "一个很长很长很长很长很长的名字")
    tick, cap = SquadTick(theme, 1), Kbd("Ctrl+N")
    put(host, label, long, tick, cap)
    long.setFixedWidth(60)
    long.grab()
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert long.toolTip() == long.text()
    label.set_role("error")
    tick.set_colour(9)
    assert squad_colour(9) == "sq2"
    assert not cap.grab().isNull()
    assert not tick.grab().isNull()


def test_search_tells_every_key_and_escape_clears(host: QWidget, theme: Theme) -> None:
    """Esc clears first and is the page's only when nothing is left to clear."""
    field = SearchField(theme)
    field.set_hint("姓名 / 尾号")
    told: list[str] = []
    field.changed.connect(told.append)
    put(host, field)
    field.focus()
    QTest.keyClicks(field, "lj")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["l", "lj", ""]
    assert field.accessibleName() == "姓名 / 尾号"
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["l", "lj", ""]
    assert not field.grab().isNull()


def test_segments_are_chosen_by_mouse_and_arrows(host: QWidget, theme: Theme) -> None:
    """Only a user's choice is told; new words keep what is chosen."""
    tabs = Segmented(theme)
    tabs.set_choices([("a", "义警", 168), ("b", "先莞队", None)])
    told: list[str] = []
    tabs.changed.connect(told.append)
    put(host, tabs)
    QTest.mouseClick(tabs.findChildren(QWidget, "b")[0], LEFT)
    QTest.keyClick(tabs.findChildren(QWidget, "b")[0], Qt.Key.Key_Left)
    assert told == ["b", "a"]
    tabs.choose("b")
    tabs.set_choices([("a", "Volunteers", 168), ("b", "Teams", 3)])
    assert tabs.chosen() == "b"
    tabs.set_choices([("c", "其他", None)])
    assert tabs.chosen() == "c"
    assert told == ["b", "a"]


def test_a_pick_box_changes_only_by_a_pick(host: QWidget) -> None:
    """Neither letters nor Enter change it; an arrow opens the list, Enter there picks."""
    picked: list[int] = []
    box = PickBox()
    box.addItems(["甲", "b", "丙"])
    box.activated.connect(picked.append)
    put(host, box)
    QTest.keyClicks(box, "b")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert picked == []
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Down)
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    assert picked == [1]


def test_states_show_one_thing_at_a_time(host: QWidget, theme: Theme, qtbot: QtBot) -> None:
    """Content, nothing, an error; reading shows only after a moment and stops when the page is hidden."""
    stack, content = StateStack(theme), QLabel("内容")
    pressed: list[bool] = []
    put(host, stack)
    stack.hold(content)
    assert stack.state() == "blank"
    stack.content()
    assert stack.state() == "content"
    stack.loading()
    assert stack.state() == "content"
    qtbot.waitUntil(lambda: stack.state() == "loading")
    stack.empty("calendar-days", "本周还没有排班。", state_button(theme, "复制上周", lambda: pressed.append(True)))
    QCoreApplication.processEvents()
    button = stack.findChildren(Button)[0]
    QTest.mouseClick(button, LEFT)
    assert pressed == [True]
    stack.error("读不了。")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(button)
    assert stack.state() == "notice"
    stack.content(content)
    stack.loading()
    stack.hide()
    assert stack.state() == "content"


def test_figures_are_said_in_one_sentence(host: QWidget, theme: Theme) -> None:
    """The strip is painted; the screen reader gets the same."""
    strip = KpiStrip(theme)
    put(host, strip)
    strip.show([Kpi("覆盖率", "95.0", "%", "较已发布 +2.4", tip="全镇"), Kpi("缺口", "8", "人次", tone="red")])
    assert strip.accessibleName() == "覆盖率 95.0% 较已发布 +2.4; 缺口 8人次"
    assert strip.toolTip() == "全镇"
    assert len(strip.figures()) == 2
    assert not strip.grab().isNull()


def test_progress_comes_from_any_thread_and_stop_is_seen_there(host: QWidget, theme: Theme) -> None:
    """A worker tells how far it is; the button is seen by it; a new run begins anew."""
    panel = ProgressPanel(theme)
    put(host, panel)
    panel.begin()
    worker = threading.Thread(target=lambda: panel.progress(Message("common.cancelled"), 3, 10))
    worker.start()
    worker.join()
    QCoreApplication.processEvents()
    assert "3 / 10" in {label.text() for label in panel.findChildren(QLabel)}
    stopped: list[bool] = []
    panel.stopped.connect(lambda: stopped.append(True))
    QTest.mouseClick(panel.button, LEFT)
    panel.stop()
    assert panel.cancelled()
    assert stopped == [True]
    assert not panel.button.isEnabled()
    panel.begin(Message("common.cancelled"))
    assert not panel.cancelled()


def test_words_change_with_the_language(host: QWidget, theme: Theme) -> None:
    """A running panel goes on in English and back."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    panel, field = ProgressPanel(theme), SearchField(theme)
    put(host, panel, field)
    translation = Translation(app)
    translation.use("en")
    QCoreApplication.processEvents()
    assert panel.button.text() == "Stop"
    translation.use("zh")
    QCoreApplication.processEvents()
    assert panel.button.text() == "停止"


def test_sections_side_panels_and_banners(host: QWidget, theme: Theme) -> None:
    """Head, sections with a line between them, foot; names for the screen reader; both themes."""
    panel, banner = SidePanel(theme), Banner(theme, "amber", "flag")
    panel.head("石桥市场", "周五 晚")
    panel.add_after_title(Chip(theme, "green", text="启用"))
    panel.add_button(IconButton(theme, "x", small=True))
    for title in ("席位", "候选"):
        section = Section(theme)
        section.set_title(title, "11 人")
        section.add_right(Button(theme, kind="link"))
        section.add(Label("body", "莫静怡"))
        panel.add(section)
    panel.foot(Button(theme, kind="primary"), right=Label("warn", "2 格未保存"))
    banner.say("这是样例镇。")
    banner.add(Button(theme, small=True))
    put(host, banner, panel)
    assert panel.accessibleName() == "石桥市场"
    assert [section.accessibleName() for section in panel.findChildren(Section)] == ["席位", "候选"]
    light = panel.grab().toImage().pixelColor(2, 100)
    theme.use(name="dark")
    assert panel.grab().toImage().pixelColor(2, 100) != light
    panel.show_foot(False)
