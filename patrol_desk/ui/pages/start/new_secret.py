"""A new passphrase: typed twice, with a bar for its strength and the rules ticked off while typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.services.starting import LEAST_DISTINCT, LEAST_LENGTH, Passphrase, check_passphrase
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.start.secret import SecretField, StrengthBar
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.labels import Label


class NewSecret(QWidget):
    """The two passphrase fields with what is said about them.

    Parameters
    ----------
    theme
        Gives colours.
    labels, controls
        Widths of the two columns at 100 %.
    """

    def __init__(self, theme: Theme, labels: int, controls: int) -> None:
        super().__init__()
        self._theme = theme
        self._widths = (labels, controls)
        self._names: Sequence[str] = ()
        self._touched = [False, False]
        self._caps = False
        self.first, self.second = SecretField(theme), SecretField(theme)
        self.first.setObjectName("passphrase")
        self.second.setObjectName("passphraseAgain")
        self._labels = [Label("secondary"), Label("secondary")]
        self._bar = StrengthBar(theme)
        self._marks = [QLabel() for _ in range(3)]
        self._rules = [Label("secondary") for _ in range(3)]
        self._wrong = Label("error", wrap=True)
        self._same = Label("secondary")
        self._lay_out()
        self.first.textChanged.connect(lambda: self._edited(0))
        self.second.textChanged.connect(lambda: self._edited(1))
        for field in (self.first, self.second):
            field.caps.connect(self._caps_told)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        under = QVBoxLayout()
        under.setSpacing(6)
        for widget in (self.first, self._bar, self._wrong):
            under.addWidget(widget)
        under.addStretch(1)
        rules = QVBoxLayout()
        rules.setSpacing(2)
        for mark, rule in zip(self._marks, self._rules, strict=True):
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(mark)
            row.addWidget(rule, 1)
            rules.addLayout(row)
        rules.addStretch(1)
        grid.addWidget(self._labels[0], 0, 0, top)
        grid.addLayout(under, 0, 1)
        grid.addLayout(rules, 0, 2)
        grid.addWidget(self._labels[1], 1, 0)
        grid.addWidget(self.second, 1, 1)
        grid.addWidget(self._same, 1, 2)
        grid.setColumnStretch(2, 1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        for label in self._labels:
            label.setFixedSize(px(self._widths[0]), px(30))
        for field in (self.first, self.second):
            field.setFixedWidth(px(self._widths[1]))
        self._wrong.setFixedWidth(px(self._widths[1]))
        self._show()

    def avoid(self, names: Sequence[str]) -> None:
        """Take note of the names that must not be part of the passphrase."""
        self._names = names
        self._show()

    def passphrase(self) -> str:
        """Return what was typed."""
        return self.first.text()

    def judged(self) -> Passphrase:
        """Return how good it is."""
        return check_passphrase(self.first.text(), self._names)

    def show_errors(self) -> bool:
        """Say what is wrong and go to the field; return whether nothing is."""
        self._touched = [True, True]
        self._show()
        if self.judged().fault is not None:
            self.first.setFocus()
            return False
        if self.first.text() != self.second.text():
            self.second.setFocus()
            return False
        return True

    def _edited(self, place: int) -> None:
        self._touched[place] = True
        self._show()

    def _caps_told(self, on: bool) -> None:
        self._caps = on
        self._show()

    def _show(self) -> None:
        judged, empty = self.judged(), not self.first.text()
        for mark, fine in zip(self._marks, (judged.long, judged.varied, judged.own and not empty), strict=True):
            mark.setPixmap(self._theme.pixmap("check" if fine else "minus", "green" if fine else "text3", 14))
        words = (tr("很弱"), tr("很弱"), tr("弱"), tr("够用"), tr("强"), tr("很强"))
        self._bar.show_steps(judged.steps, words[judged.steps])
        wrong = say(judged.fault) if judged.fault is not None and self._touched[0] else ""
        if self._caps:
            wrong = tr("大写锁定（Caps Lock）开着。")
        self._wrong.setText(wrong)
        self._wrong.setVisible(bool(wrong))
        self._wrong.set_role("warn" if self._caps else "error")
        self.first.set_wrong(bool(wrong) and not self._caps)
        self._show_second()

    def _show_second(self) -> None:
        same = self.first.text() == self.second.text()
        told = self._touched[1] and bool(self.first.text() or self.second.text())
        self._same.set_role("ok" if same else "error")
        self._same.setText((tr("一致") if same else tr("两次输入的口令不一样。")) if told else "")
        self.second.set_wrong(told and not same)

    def retranslate(self) -> None:
        """Set every text anew."""
        names = (tr("口令"), tr("再输一次"))
        for label, field, name in zip(self._labels, (self.first, self.second), names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        rules = (
            tr("不少于 {least} 个字符，一句话最好记", least=LEAST_LENGTH),
            tr("至少 {least} 个不同的字符", least=LEAST_DISTINCT),
            tr("不含站名、镇名、所长姓名"),
        )
        for rule, text in zip(self._rules, rules, strict=True):
            rule.setText(text)
        self._show()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
