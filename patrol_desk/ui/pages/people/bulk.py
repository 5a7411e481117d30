"""What can be done with everybody who is ticked."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout
from typing_extensions import override

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.fitting import shorten_to_fit
from patrol_desk.ui.widgets.labels import Label


class BulkBar(QFrame):
    """A bar over the table while people are ticked.

    Parameters
    ----------
    theme
        Gives colours and sizes.
    exportable
        Whether people may be written to files.

    Attributes
    ----------
    squad_wanted, cap_wanted, training_wanted, leave_wanted, edit_wanted, export_wanted, retire_wanted, restore_wanted,
    cleared
        Sent by the buttons.
    """

    squad_wanted = Signal()
    cap_wanted = Signal()
    training_wanted = Signal()
    leave_wanted = Signal()
    edit_wanted = Signal()
    export_wanted = Signal()
    retire_wanted = Signal()
    restore_wanted = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme, *, exportable: bool) -> None:
        super().__init__()
        self.setProperty("panel", "banner-accent")
        self._exportable = exportable
        self._theme = theme
        self._count = 0
        self._label = Label("strong")
        self._label.setObjectName("bulk_count")
        self._squad = self._button("users", "bulk_squad")
        self._cap = self._button("gauge", "bulk_cap")
        self._training = self._button("graduation-cap", "bulk_training")
        self._leave = self._button("calendar", "bulk_leave")
        self._edit = self._button("sliders-horizontal", "bulk_edit")
        self._export = self._button("upload", "bulk_export")
        self._retire = self._button("user-x", "bulk_retire", danger=True)
        self._restore = self._button("rotate-ccw", "bulk_restore")
        self._clear = Button(theme, kind="ghost", keys="Esc", small=True)
        self._clear.setObjectName("bulk_clear")
        for button, signal in (
            (self._squad, self.squad_wanted), (self._cap, self.cap_wanted), (self._training, self.training_wanted),
            (self._leave, self.leave_wanted), (self._edit, self.edit_wanted), (self._export, self.export_wanted),
            (self._retire, self.retire_wanted), (self._restore, self.restore_wanted), (self._clear, self.cleared),
        ):  # fmt: skip
            button.clicked.connect(signal)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._label)
        row.addSpacing(8)
        for button in self._buttons():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._clear)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self.hide()

    def _button(self, icon: str, name: str, *, danger: bool = False) -> Button:
        button = Button(self._theme, icon, "danger" if danger else "plain", small=True)
        button.setObjectName(name)
        return button

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(38))

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self._squad, self._cap, self._training, self._leave, self._edit, self._export, self._retire, self._restore,
        )  # fmt: skip

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            shorten_to_fit(self, self._buttons())
        return super().event(event)

    def show_ticked(self, count: int, *, retired: bool, editable: bool) -> None:
        """Show how many are ticked; retired people can only be restored."""
        self._count = count
        for button in (self._squad, self._cap, self._training, self._leave, self._edit, self._retire):
            button.setVisible(editable and not retired)
        self._export.setVisible(self._exportable)
        self._restore.setVisible(editable and retired)
        self._label.setText(tr("已选 {count} 人", count=count))
        self.setVisible(bool(count))

    def retranslate(self) -> None:
        """Set the words of the current language."""
        self._squad.setText(tr("调整小组"))
        self._cap.setText(tr("设每周上限"))
        self._training.setText(tr("登记培训"))
        self._leave.setText(tr("批量请假"))
        self._edit.setText(tr("批量修改"))
        self._export.setText(tr("导出"))
        self._retire.setText(tr("停用"))
        self._restore.setText(tr("恢复在队"))
        self._clear.setText(tr("取消选择"))
        self._label.setText(tr("已选 {count} 人", count=self._count))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
