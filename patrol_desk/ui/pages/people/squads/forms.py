"""The line across the groups that says how many squads have not given their availability form back."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from typing_extensions import override

from patrol_desk.services.people.squads import GroupLine
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button


class FormsBanner(Banner):
    """Hidden while no form is waited for.

    Parameters
    ----------
    theme
        Gives colours and icons.
    editable
        Whether forms may be taken in.

    Attributes
    ----------
    only_wanted
        Sent with whether only these squads are to be listed.
    print_wanted, import_wanted, back_wanted
        Sent by the other buttons.
    """

    only_wanted = Signal(bool)
    print_wanted = Signal()
    import_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__(theme, "amber", "inbox")
        self.setObjectName("forms_banner")
        self._lines: Sequence[GroupLine] = ()
        self.only = Button(theme, small=True)
        self.only.setCheckable(True)
        self.print_button = Button(theme, "printer", small=True)
        self.import_button = Button(theme, "folder-input", small=True)
        self.back = Button(theme, "check", small=True)
        buttons = {"only": self.only, "print": self.print_button, "import": self.import_button, "back": self.back}
        for name, button in buttons.items():
            button.setObjectName(f"forms_{name}")
            self.add(button)
        for button in (self.import_button, self.back):
            button.setVisible(editable)
        self.only.toggled.connect(self.only_wanted)
        self.only.toggled.connect(lambda _on: self.retranslate())
        self.print_button.clicked.connect(self.print_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.hide()
        self.retranslate()

    def lines(self) -> Sequence[GroupLine]:
        """Return the squads waited for, the longest waiting first."""
        return self._lines

    def show_lines(self, lines: Sequence[GroupLine]) -> None:
        """Count the squads waited for among these groups."""
        waited = [(line.form_out, line) for line in lines if line.form_out is not None]
        self._lines = [line for _, line in sorted(waited, key=lambda each: (each[0], each[1].code))]
        if not self._lines:
            self.only.setChecked(False)
        self.retranslate()
        self.setVisible(bool(self._lines))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self.only.setText(tr("显示全部队伍") if self.only.isChecked() else tr("只看这些小组|征集表"))
        self.print_button.setText(tr("打印征集表…"))
        self.import_button.setText(tr("导入收回的表"))
        self.back.setText(tr("标为已交回…"))
        if self._lines and self._lines[0].form_out is not None:
            day = day_text(self._lines[0].form_out.date())
            self.say(tr("{count} 个小组还没有交回可执勤时间征集表，最早 {day} 发出。", count=len(self._lines), day=day))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
