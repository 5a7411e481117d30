"""The buttons of the page's bar: what belongs to people, and what belongs to groups."""

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.bar import CommandBar
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button


class BarButtons:
    """Duplicates, enrolment, import and new.

    Parameters
    ----------
    theme
        Gives colours and icons.
    editable
        Whether people may be changed; without that there is no button.
    """

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        self._editable = editable
        self.twins = Button(theme, "git-merge", "ghost")
        self.enrol = Button(theme, "building-2", "ghost")
        self.imports = Button(theme, "folder-input", "ghost")
        self.new = Button(theme, "user-plus", "primary", "Ctrl+N")
        names = {"duplicates": self.twins, "enrol": self.enrol, "import": self.imports, "new": self.new}
        for name, button in names.items():
            button.setObjectName(f"people_{name}")
        self._all = tuple(names.values())

    def place(self, bar: CommandBar) -> None:
        """Put them at the right of the bar."""
        for button in self._all:
            bar.right(button)
            button.setVisible(self._editable)
        self.show_mode(groups=False)

    def show_mode(self, *, groups: bool) -> None:
        """Offer what belongs to groups, or to people."""
        self.enrol.setVisible(groups and self._editable)
        self.twins.setVisible(not groups and self._editable)
        self.new.setText(tr("新建队伍") if groups else tr("新增人员"))

    def retranslate(self, *, groups: bool) -> None:
        """Set the words of the current language."""
        self.twins.setText(tr("查重"))
        self.enrol.setText(tr("整建制加入…"))
        self.imports.setText(tr("导入"))
        self.show_mode(groups=groups)
