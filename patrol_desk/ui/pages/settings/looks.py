"""Look and language: they hold at once, on this computer, for this user."""

from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.settings.part import Part
from patrol_desk.ui.settings import LANGUAGE, SCALE, THEME
from patrol_desk.ui.theme.theme import SCALES, SYSTEM
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.labels import ElidedLabel, Label
from patrol_desk.ui.widgets.sections import Section, line
from patrol_desk.ui.widgets.segmented import Segmented

_SLIDER: Final = 280
LANGUAGES: Final = (("zh", "中文"), ("en", "English"))
"""Each by its own name."""


class LooksPart(Part):
    """Theme, size of text, language, and where all that is kept."""

    name: ClassVar[str] = "looks"
    icon: ClassVar[str] = "languages"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        theme = desk.theme
        self._looks, self._language = Segmented(theme), Segmented(theme)
        self._looks.setObjectName("look_choice")
        self._looks.changed.connect(desk.look_wanted)
        self._language.setObjectName("language_choice")
        self._language.changed.connect(desk.language_wanted)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("scale_choice")
        self._slider.setRange(0, len(SCALES) - 1)
        self._slider.setPageStep(2)
        self._slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self._slider.valueChanged.connect(self._scaled)
        self._percent = Label("strong")
        self._labels = tuple(Label("secondary") for _ in range(3))
        self._hints = tuple(Label("muted", wrap=True) for _ in range(3))
        self._defaults = Button(theme, "rotate-ccw", "link")
        self._defaults.setObjectName("look_defaults")
        self._defaults.clicked.connect(self._restore)
        self._look_section, self._file_section = Section(theme), Section(theme)
        self._path = ElidedLabel("body")
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._open = Button(theme, "folder-open", small=True)
        self._open.setObjectName("look_folder")
        self._open.clicked.connect(self._open_folder)
        self._about = Label("muted", wrap=True)
        self._lay_out()
        theme.changed.connect(self._show)
        self.retranslate()

    @override
    def title(self) -> str:
        return tr("显示与语言")

    @override
    def words(self) -> Sequence[str]:
        return (tr("深色"), tr("浅色"), tr("跟随系统"), tr("字号"), tr("语言"), tr("设置文件"), tr("恢复默认"))

    @override
    def enter(self, target: Target | None) -> None:
        self._show()

    @override
    def retranslate(self) -> None:
        self._look_section.set_title(tr("显示与语言"), tr("马上生效，只管这台电脑上的您"))
        self._file_section.set_title(tr("设置文件"))
        self._defaults.setText(tr("恢复默认"))
        self._looks.set_choices(
            [("light", tr("浅色"), None), ("dark", tr("深色"), None), (SYSTEM, tr("跟随系统"), None)]
        )
        self._language.set_choices([(key, name, None) for key, name in LANGUAGES])
        names = (tr("外观"), tr("字号"), tr("语言"))
        hints = (
            tr("跟随系统：系统转为深色时，本程序一起转。"),
            tr("90% 到 130%，行高一起变。任何一页按 Ctrl+= 大、Ctrl+- 小、Ctrl+0 还原。"),
            tr("人名、地名、技能名按原样显示。任何一页按 Ctrl+Shift+L 互换。"),
        )
        for label, name, control in zip(self._labels, names, (self._looks, self._slider, self._language), strict=True):
            label.setText(name)
            control.setAccessibleName(name)
        for hint, words in zip(self._hints, hints, strict=True):
            hint.setText(words)
        self._path.setText(str(self.desk.settings.file))
        self._path.setAccessibleName(tr("设置文件"))
        self._open.setText(tr("打开所在文件夹"))
        self._about.setText(
            tr("外观、字号、语言、窗口大小、各表的列和宽度记在这里。里面没有人员资料；删掉就回到初始。")
        )
        self._show()

    def _show(self) -> None:
        theme, px = self.desk.theme, self.desk.theme.px
        self._looks.choose(theme.choice)
        self._language.choose(self.desk.language)
        self._slider.blockSignals(True)
        nearest = min(range(len(SCALES)), key=lambda place: abs(SCALES[place] - theme.scale))
        self._slider.setValue(nearest)
        self._slider.blockSignals(False)
        self._slider.setFixedWidth(px(_SLIDER))
        self._percent.setText(f"{round(theme.scale * 100)}%")
        usual = theme.choice == THEME.default and theme.scale == SCALE.default
        self._defaults.setEnabled(not (usual and self.desk.language == LANGUAGE.default))

    def _scaled(self, place: int) -> None:
        self.desk.scale_wanted.emit(SCALES[place])

    def _restore(self) -> None:
        self._slider.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.look_wanted.emit(THEME.default)
        self.desk.scale_wanted.emit(SCALE.default)
        self.desk.language_wanted.emit(LANGUAGE.default)
        self._show()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.desk.settings.file.parent)))

    def _lay_out(self) -> None:
        size = QWidget()
        row = QHBoxLayout(size)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._slider)
        row.addWidget(self._percent)
        row.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, control in enumerate((self._looks, size, self._language)):
            grid.addWidget(self._labels[place], 2 * place, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(control, 2 * place, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self._hints[place], 2 * place + 1, 1)
            self._hints[place].setContentsMargins(0, 0, 0, 10)
        self._look_section.add_right(self._defaults)
        self._look_section.add_layout(grid)
        place_row = QHBoxLayout()
        place_row.setSpacing(12)
        place_row.addWidget(self._path, 1)
        place_row.addWidget(self._open)
        self._file_section.add_layout(place_row)
        self._file_section.add(self._about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._look_section)
        column.addWidget(line(self.desk.theme))
        column.addWidget(self._file_section)
        column.addStretch(1)
