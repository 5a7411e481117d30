"""The station of one's own: what it is called, who is chief, the passphrase, where it is put."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from patrol_desk.services.starting import NewStation, check_start_field, suggest_folder, suggest_letters
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.start.new_secret import NewSecret
from patrol_desk.ui.pages.start.view import View
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.forms import Field, Form
from patrol_desk.ui.widgets.labels import Label

LABELS: Final = 112
CONTROLS: Final = 380


def _checked(name: str) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        fault = check_start_field(name, value)
        return None if fault is None else say(fault)

    return check


class CreateView(View):
    """The form of a new station.

    Parameters
    ----------
    theme
        Gives sizes.

    Attributes
    ----------
    wanted
        Sent with a `NewStation` that may be made.
    choosing_folder
        Sent with the folder typed so far when another is to be chosen.
    """

    wanted = Signal(object)
    choosing_folder = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._own_letters = False
        self._names = Form(theme, self._fields(), label_width=LABELS, beside=CONTROLS)
        self._names.changed.connect(self._changed)
        self.secret = NewSecret(theme, LABELS, CONTROLS)
        self._place = Form(theme, [self._folder_field()], label_width=LABELS, beside=CONTROLS)
        self._place.set_values({"folder": str(suggest_folder())})
        self._choose = Button(theme, "folder-open")
        self._choose.setObjectName("chooseFolder")
        self._choose.clicked.connect(lambda: self.choosing_folder.emit(Path(self._place.value("folder"))))
        row = QHBoxLayout()
        row.addWidget(self._place, 1)
        row.addWidget(self._choose)
        row.addStretch(1)
        self.content.addWidget(self._names)
        self.content.addWidget(self.secret)
        self.content.addLayout(row)
        self._build_note()
        self.content.addStretch(1)
        self._build_foot()
        self.restyle()
        self.retranslate()

    def _fields(self) -> list[Field]:
        def field(key: str, label: Callable[[], str], hint: Callable[[], str], longest: int = 60) -> Field:
            return Field(key, label, hint=hint, check=_checked(key), longest=longest)

        return [
            field("station_name", lambda: tr("本站名称"), lambda: tr("印在每张表的页脚")),
            field("name", lambda: tr("镇街名称"), lambda: tr("例如 莞溪镇")),
            field("code", lambda: tr("镇街代码"), lambda: tr("12 位数字，末三位是 000"), 20),
            field("letters", lambda: tr("字头"), lambda: tr("1 到 8 个字母，印在表号前面"), 8),
            field("parent_office", lambda: tr("上级单位"), lambda: tr("可以不填"), 200),
            field("duty_phone", lambda: tr("值班电话"), lambda: tr("可以不填")),
            field("chief", lambda: tr("所长姓名"), lambda: tr("实名，写入审计日志")),
        ]

    def _folder_field(self) -> Field:
        return Field("folder", lambda: tr("存放位置"), check=_checked("folder"), longest=400)

    def _build_note(self) -> None:
        self._note_frame = QFrame()
        self._note_frame.setProperty("panel", "card-sunken")
        self._key_mark = QLabel()
        self._note = Label("secondary", wrap=True)
        row = QHBoxLayout(self._note_frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._key_mark)
        row.addWidget(self._note, 1)
        self.content.addWidget(self._note_frame)

    def _build_foot(self) -> None:
        self._back = Button(self.theme, "chevron-left", keys="Esc")
        self._back.setObjectName("back")
        self._back.clicked.connect(self.back)
        self._make = Button(self.theme, "arrow-right", "primary", keys="Enter")
        self._make.setObjectName("makeStation")
        self._make.clicked.connect(self.submit)
        self._wrong = Label("error", wrap=True)
        self.foot.addWidget(self._back)
        self.foot.addWidget(self._wrong, 1)
        self.foot.addWidget(self._make)

    def begin(self) -> None:
        """Put the focus into the first field."""
        self._names.control("station_name").setFocus()

    def set_folder(self, folder: Path) -> None:
        """Take a folder that was chosen."""
        self._place.put("folder", str(folder))

    def _changed(self, key: str) -> None:
        self._wrong.setText("")
        if key == "letters":
            self._own_letters = bool(self._names.value("letters"))
        if key == "name" and not self._own_letters:
            self._names.put("letters", suggest_letters(self._names.value("name")))
            self._own_letters = False
        self.secret.avoid([self._names.value(name) for name in ("station_name", "name", "chief")])

    def submit(self) -> None:
        """Send what is wanted, or go to the first field that cannot be right."""
        if not (self._names.show_errors() and self.secret.show_errors() and self._place.show_errors()):
            self._wrong.setText(tr("还有几项要填或要改，已标出。"))
            return
        values = self._names.values()
        self.wanted.emit(
            NewStation(**values, passphrase=self.secret.passphrase(), folder=Path(self._place.value("folder")))
        )

    def tell(self, sentence: str) -> None:
        """Say why the station could not be made."""
        self._wrong.setText(sentence)

    def restyle(self) -> None:
        """Take sizes and icons anew from the theme."""
        super().restyle()
        self.content.setSpacing(self.theme.px(8))
        self._key_mark.setPixmap(self.theme.pixmap("key-round", "text3", 16))
        self._note_frame.setMaximumWidth(self.theme.px(720))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.head(tr("建立本站"), tr("第一个账号是所长。没有默认口令，也没有后门。"))
        self._choose.setText(tr("选择…"))
        self._back.setText(tr("上一步"))
        self._make.setText(tr("建立本站"))
        self._note.setText(
            tr(
                "口令只用来解开本机的数据密钥，程序不保存口令。忘了口令，数据就打不开：请写下来，锁进柜子。密钥文件和数据库放在一起，备份时两个都要。"
            )
        )
