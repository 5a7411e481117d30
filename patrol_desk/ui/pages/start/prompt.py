"""The passphrase of a file that exists."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.start.create import CONTROLS, LABELS
from patrol_desk.ui.pages.start.secret import SecretField
from patrol_desk.ui.pages.start.view import View
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label


class PromptView(View):
    """Asks for the passphrase of one file.

    Parameters
    ----------
    theme
        Gives sizes.

    Attributes
    ----------
    given
        Sent with the path and what was typed.
    """

    given = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.path = Path()
        self._caps = False
        self._failed = ""
        self._file_label, self._label = Label("secondary"), Label("secondary")
        self._file = ElidedLabel("body")
        self.field = SecretField(theme)
        self.field.setObjectName("openPassphrase")
        self.field.caps.connect(self._caps_told)
        self.field.textEdited.connect(lambda _text: self._say(""))
        self._sentence = Label("error", wrap=True)
        self._rows = [self._row(self._file_label, self._file), self._row(self._label, self.field)]
        under = QHBoxLayout()
        self._indent = under
        under.addWidget(self._sentence)
        under.addStretch(1)
        self.content.addLayout(under)
        self.content.addStretch(1)
        self._back = Button(theme, "chevron-left", keys="Esc")
        self._back.setObjectName("back")
        self._back.clicked.connect(self.back)
        self._open = Button(theme, "arrow-right", "primary", keys="Enter")
        self._open.setObjectName("openStation")
        self._open.clicked.connect(self.submit)
        self.foot.addWidget(self._back)
        self.foot.addStretch(1)
        self.foot.addWidget(self._open)
        self.restyle()
        self.retranslate()

    def _row(self, label: Label, widget: QLabel | SecretField) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(widget)
        row.addStretch(1)
        self.content.addLayout(row)
        return row

    def ask(self, path: Path, sentence: str = "") -> None:
        """Ask for the passphrase of a file, with a sentence about what stood in the way before."""
        self.path = path
        self.field.clear()
        self._file.setText(str(path))
        self._say(sentence)
        self.field.setFocus()

    def tell(self, sentence: str) -> None:
        """Say why the file could not be opened; what was typed is selected, to be typed over."""
        self._say(sentence)
        self.field.setFocus()
        self.field.selectAll()

    def submit(self) -> None:
        """Send what was typed."""
        if self.field.text():
            self.given.emit(self.path, self.field.text())
        else:
            self._say(tr("还没有输入口令。"))

    def _say(self, sentence: str) -> None:
        self._failed = sentence
        hint = tr("大写锁定（Caps Lock）开着。") if self._caps else ""
        self._sentence.setText(" ".join(part for part in (sentence, hint) if part))
        self._sentence.set_role("error" if sentence else "warn")
        self.field.set_wrong(bool(sentence))

    def _caps_told(self, on: bool) -> None:
        self._caps = on
        self._say(self._failed)

    def restyle(self) -> None:
        """Take sizes anew from the theme."""
        super().restyle()
        px = self.theme.px
        for label in (self._file_label, self._label):
            label.setFixedSize(px(LABELS), px(30))
        self.field.setFixedWidth(px(CONTROLS))
        self._file.setMinimumWidth(px(CONTROLS))
        self._indent.setContentsMargins(px(LABELS) + 12, 0, 0, 0)
        self._sentence.setFixedWidth(px(560))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.head(tr("输入口令"), tr("这个数据库是加密的。口令不保存，每次打开都要输入。"))
        self._file_label.setText(tr("文件"))
        self._label.setText(tr("口令"))
        self.field.setAccessibleName(tr("口令"))
        self._back.setText(tr("上一步"))
        self._open.setText(tr("打开|文件"))
