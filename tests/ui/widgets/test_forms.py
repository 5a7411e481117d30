"""Forms as data: values out, sentences under fields while typing."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from patrol_desk.ui.i18n.catalog import Translation
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.forms import Field, Form
from tests.ui.widgets.conftest import put


def eleven(value: str) -> str | None:
    """Complain about a phone that has not eleven digits."""
    return None if len(value) == 11 else f"电话应是 11 位，现在是 {len(value)} 位。"


@pytest.fixture
def form(host: QWidget, theme: Theme) -> Form:
    """Return a form with a field of every kind."""
    made = Form(
        theme,
        [
            Field("name", lambda: "姓名", check=lambda value: None if value else "请填姓名。", hint=lambda: "实名"),
            Field("phone", lambda: "电话", "phone", check=eleven),
            Field("since", lambda: "入队", "date"),
            Field("most", lambda: "每周最多", "number", bounds=(0, 7), suffix=" 班"),
            Field("squad", lambda: "小组", "choice", choices=lambda: [("a", "石桥队"), ("b", "东埔队")]),
            Field("abroad", lambda: "跨社区", "check", words=lambda: "允许"),
            Field("note", lambda: "备注", "long", span=2),
            Field("secret", lambda: "口令", "secret"),
        ],
        columns=2,
    )
    put(host, made)
    return made


def said(form: Form) -> set[str]:
    """Return what is written on the form and can be seen."""
    return {label.text() for label in form.findChildren(QLabel) if label.isVisible() and label.text()}


def test_values_go_in_and_come_out(form: Form) -> None:
    """Each kind has its own type; what was put in is not dirty."""
    values = {
        "name": "莫静怡", "phone": "13800002046", "since": date(2024, 5, 6), "most": 4, "squad": "b", "abroad": True,
        "note": "两行\n文字", "secret": " 口令 ",
    }  # fmt: skip
    form.set_values(values)
    assert form.values() == values
    assert form.dirty_keys() == []
    assert form.errors() == {}


def test_a_wrong_value_is_told_while_typing(form: Form) -> None:
    """Nothing is said of a field not touched; each key counts; the hint comes back when all is right."""
    form.set_values({"name": "莫静怡", "phone": "1380000204"})
    assert "实名" in said(form)
    assert not any("现在是" in text for text in said(form))
    changed: list[str] = []
    form.changed.connect(changed.append)
    phone = form.control("phone").inner
    QTest.keyClicks(phone, "67")
    assert "电话应是 11 位，现在是 12 位。" in said(form)
    assert phone.property("wrong")
    QTest.keyClick(phone, Qt.Key.Key_Backspace)
    assert not phone.property("wrong")
    assert changed == ["phone"] * 3
    assert form.dirty_keys() == ["phone"]


def test_a_date_is_typed_in_several_ways_and_stepped(form: Form) -> None:
    """With or without hyphens; Up is a day later; nonsense is told."""
    line = form.control("since").inner
    QTest.keyClicks(line, "20261130")
    assert form.value("since") == date(2026, 11, 30)
    QTest.keyClick(line, Qt.Key.Key_Up)
    assert form.value("since") == date(2026, 12, 1)
    QTest.keyClick(line, Qt.Key.Key_PageDown)
    assert form.value("since") == date(2026, 11, 24)
    QTest.keyClicks(line, "9")
    assert "since" in form.errors() or form.value("since") == date(2026, 11, 24)
    form.put("since", "2026/13/1")
    assert form.errors()["since"].startswith("“2026-13-1”")
    form.put("since", None)
    assert "since" not in form.errors()


def test_errors_are_shown_all_at_once_and_the_first_gets_the_focus(form: Form) -> None:
    """Saving with mistakes leads to the first of them."""
    assert not form.show_errors()
    assert QApplication.focusWidget() is form.control("name").inner
    assert "请填姓名。" in said(form)
    form.put("name", "甲")
    form.put("phone", "13800002046")
    assert form.show_errors()


def test_what_a_service_finds_wrong_stays_until_the_field_changes(form: Form) -> None:
    """A code that is taken, for instance."""
    form.set_values({"name": "甲", "phone": "13800002046"})
    form.set_error("name", "已有同名的人。")
    assert form.errors()["name"] == "已有同名的人。"
    assert "已有同名的人。" in said(form)
    QTest.keyClicks(form.control("name").inner, "b")
    assert "name" not in form.errors()


def test_hidden_fields_ask_for_nothing(form: Form) -> None:
    """A field that is hidden is neither wrong nor seen."""
    form.set_shown("phone", False)
    assert "phone" not in form.errors()
    assert "电话" not in said(form)
    form.set_field_enabled("name", False)
    assert not form.control("name").inner.isEnabled()


def test_names_reach_the_screen_reader_and_change_with_the_language(form: Form) -> None:
    """Labels name their fields; what is wrong describes them; a change of language keeps the values."""
    form.set_values({"name": "甲", "squad": "b"})
    form.put("since", "nonsense")
    control = form.control("since").inner
    assert control.accessibleName() == "入队"
    assert "不是日期" in control.accessibleDescription()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    translation = Translation(app)
    translation.use("en")
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    assert "is not a date" in control.accessibleDescription()
    translation.use("zh")
    QApplication.sendEvent(form, QEvent(QEvent.Type.LanguageChange))
    assert form.value("squad") == "b"
    assert form.value("since") == "nonsense"


def test_labels_beside_and_above(host: QWidget, theme: Theme) -> None:
    """The same fields with hints beside them, and with labels above."""
    fields = [Field("name", lambda: "姓名", hint=lambda: "实名")]
    beside, above = Form(theme, fields, beside=300), Form(theme, fields, label_width=0)
    put(host, beside, above)
    assert beside.control("name").width() == 300
    assert above.control("name").width() > 300
