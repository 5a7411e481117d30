"""Dialogs: keys stay inside, Esc and Enter end them, and nothing of them is left."""

import asyncio

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.confirm import confirm
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Chip, Label
from tests.ui.widgets.conftest import put


class Asking(Dialog):
    """A dialog that wants a word."""

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host, theme, width=400)
        self.head("改名", "点位")
        self.word = QLineEdit()
        self.add(self.word)
        self.add_to_head(Chip(theme, text="草稿"))
        self.do = Button(theme, kind="primary")
        self.back = Button(theme)
        self.do.setText("保存")
        self.back.setText("取消")
        self.back.clicked.connect(self.reject)
        self.foot(self.do, self.back, left=Chip(theme, text="可撤销"))

    def accepting(self) -> bool:
        """Take only a word."""
        return bool(self.word.text())


def opened(host: QWidget, theme: Theme) -> tuple[Asking, list[bool]]:
    """Return an open dialog and what it will have answered."""
    dialog, answers = Asking(host, theme), list[bool]()
    dialog.finished.connect(answers.append)
    dialog.open()
    QCoreApplication.processEvents()
    return dialog, answers


def focus() -> QWidget:
    """Return the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def freed(widget: QWidget) -> bool:
    """Say whether a widget is gone once Qt had its turn."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return not shiboken6.isValid(widget)


def test_a_typed_number_takes_the_place_of_the_one_proposed(host: QWidget, theme: Theme) -> None:
    """The dialog opens on a number: typing 2 where 1 stands means two, not twenty-one."""
    dialog, number = Dialog(host, theme), QSpinBox()
    number.setValue(1)
    dialog.add(number)
    dialog.first(number)
    dialog.open()
    QCoreApplication.processEvents()
    QTest.keyClicks(focus(), "2")
    assert number.value() == 2
    dialog.reject()


def test_tab_goes_round_inside(host: QWidget, theme: Theme) -> None:
    """The focus begins in the field and comes back to it, forwards and backwards, never to the window behind."""
    behind = QPushButton("后面")
    put(host, behind)
    dialog, _ = opened(host, theme)
    stops = []
    for _ in range(4):
        stops.append(QApplication.focusWidget())
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert stops[:3] == [dialog.word, dialog.back, dialog.do]
    assert QApplication.focusWidget() is dialog.word
    QTest.keyClick(dialog.word, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is stops[3]
    assert behind not in stops
    dialog.reject()


def test_escape_and_enter_end_it_and_give_the_focus_back(host: QWidget, theme: Theme) -> None:
    """Esc says no; Enter in a field says yes, once there is a word; both free the dialog."""
    behind = QPushButton("后面")
    put(host, behind)
    behind.setFocus()
    dialog, answers = opened(host, theme)
    QTest.keyClick(dialog.word, Qt.Key.Key_Return)
    assert answers == []
    QTest.keyClick(dialog.word, Qt.Key.Key_Escape)
    assert answers == [False]
    assert freed(dialog)
    assert QApplication.focusWidget() is behind
    dialog, answers = opened(host, theme)
    QTest.keyClicks(dialog.word, "x")
    QTest.keyClick(dialog.word, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert answers == [True]
    assert freed(dialog)


def test_the_focus_goes_near_what_had_it_and_is_gone(host: QWidget, theme: Theme) -> None:
    """A link made anew while the dialog stood: the keys of its part of the page go on working."""
    far, part = QPushButton("远"), QWidget()
    row = QVBoxLayout(part)
    old, near = QPushButton("旧"), QPushButton("近")
    row.addWidget(old)
    row.addWidget(near)
    put(host, far, part)
    old.setFocus()
    dialog, _ = opened(host, theme)
    shiboken6.delete(old)
    dialog.reject()
    assert QApplication.focusWidget() is near
    assert freed(dialog)


def test_the_windows_shortcuts_wait_but_its_own_work(host: QWidget, theme: Theme) -> None:
    """Ctrl+Z does not reach the page behind; a shortcut inside the dialog and the size of text do.

    The language key waits too, unless the dialog says its words anew: none ever stands in two languages.
    """
    pressed: list[str] = []

    def shortcut(keys: str, parent: QWidget) -> None:
        made = QShortcut(QKeySequence(keys), parent)
        made.activated.connect(lambda: pressed.append(keys))

    shortcut("Ctrl+Z", host)
    shortcut("Ctrl+Shift+L", host)
    shortcut("Ctrl+0", host)
    dialog, _ = opened(host, theme)
    shortcut("Ctrl+1", dialog)
    for keys in ("Ctrl+Z", "Ctrl+Shift+L", "Ctrl+0", "Ctrl+1"):
        QTest.keySequence(dialog.word, QKeySequence(keys))
    assert pressed == ["Ctrl+0", "Ctrl+1"]
    dialog.reject()


class Speaking(Asking):
    """A dialog that says its words anew."""

    @override
    def retranslate(self) -> None:
        super().retranslate()


def test_a_dialog_that_says_its_words_anew_takes_the_language_key(host: QWidget, theme: Theme) -> None:
    """Its language is switched while it stands."""
    pressed: list[str] = []
    QShortcut(QKeySequence("Ctrl+Shift+L"), host).activated.connect(lambda: pressed.append("language"))
    dialog = Speaking(host, theme)
    dialog.open()
    QTest.keySequence(dialog.word, QKeySequence("Ctrl+Shift+L"))
    assert pressed == ["language"]
    dialog.reject()


def test_it_never_covers_what_it_is_about(host: QWidget, theme: Theme) -> None:
    """Wherever the cell is, the dialog stands beside it; it follows the window's size."""
    for cell in (QRect(380, 280, 40, 30), QRect(10, 10, 60, 20), QRect(740, 560, 40, 30), QRect(300, 100, 200, 30)):
        dialog, _ = opened(host, theme)
        dialog.keep_clear(cell)
        panel = next(child for child in dialog.children() if isinstance(child, QWidget))
        assert not panel.geometry().intersects(cell)
        host.resize(810, 600)
        QCoreApplication.processEvents()
        assert dialog.size() == host.size()
        host.resize(800, 600)
        dialog.reject()


def test_it_is_as_high_as_what_it_says_now(host: QWidget, theme: Theme) -> None:
    """A sentence that is broken, said anew or gone leaves no hole and is never cut."""
    dialog, _ = opened(host, theme)
    told = Label("body", wrap=True)
    dialog.add(told)
    QCoreApplication.processEvents()
    heights = []
    for sentence in ("短", "已知的句子，" * 30, "短"):
        told.setText(sentence)
        QCoreApplication.processEvents()
        assert told.height() == told.heightForWidth(told.width())
        heights.append(told.mapTo(dialog, told.rect().bottomLeft()).y() - dialog.word.mapTo(dialog, QPoint()).y())
    assert heights[1] > heights[0] == heights[2]
    dialog.reject()


def test_a_question_is_awaited(host: QWidget, theme: Theme) -> None:
    """The answer comes back to the coroutine; a cancelled wait closes the dialog."""

    def press(name: str) -> None:
        host.findChildren(Button, name)[-1].click()

    async def act() -> list[bool]:
        loop = asyncio.get_running_loop()
        answers = []
        for name in ("confirmDo", "confirmBack"):
            loop.call_soon(press, name)
            answers.append(await confirm(host, theme, "撤销", ["将删去 3 行。"], "撤销", danger=True))
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        waiting = loop.create_task(confirm(host, theme, "撤销", [], "撤销"))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return answers

    assert asyncio.run(act()) == [True, False]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not host.findChildren(Dialog)


def test_danger_begins_at_the_way_out(host: QWidget, theme: Theme) -> None:
    """Enter pressed without looking destroys nothing."""

    async def act() -> bool:
        def press() -> None:
            QTest.keyClick(focus(), Qt.Key.Key_Return)

        asyncio.get_running_loop().call_soon(press)
        return await confirm(host, theme, "撤销", ["将删去 3 行。"], "撤销", danger=True)

    assert asyncio.run(act()) is False
