"""What to know before printing: characters without a glyph, a draft, outdated sheets handed out, no printer."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from patrol_desk.common.message import Message
from patrol_desk.services.printed.batch import Batch
from patrol_desk.services.printed.marks import PlanState
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.banner import Banner
from patrol_desk.ui.widgets.buttons import Button

_NAMED: Final = 4
"""Holders of outdated sheets who are named."""


class Warnings(QWidget):
    """Lines above the preview, each there only while it holds.

    Parameters
    ----------
    theme
        Gives colours and icons.
    prefix
        Begins the names of its parts.
    """

    def __init__(self, theme: Theme, prefix: str = "print") -> None:
        super().__init__()
        self._batch: Batch | None = None
        self._missing: Sequence[str] = ()
        self.no_printer = Banner(theme, "amber", "printer")
        self._names = Banner(theme, "amber", "triangle-alert")
        self._draft = Banner(theme, "amber", "info")
        self._held = Banner(theme, "amber", "triangle-alert")
        self.only_held = Button(theme, small=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for name, banner in (
            ("no_printer", self.no_printer), ("names", self._names), ("draft", self._draft), ("outdated", self._held)
        ):  # fmt: skip
            banner.setObjectName(f"{prefix}_{name}")
            column.addWidget(banner)
            banner.hide()
        self.only_held.setObjectName(f"{prefix}_only_held")
        self._held.add(self.only_held)

    def show_of(self, batch: Batch | None, missing: Sequence[str]) -> None:
        """Show what is to be known of some sheets.

        Parameters
        ----------
        batch
            The sheets; None when there are none.
        missing
            Characters that the print font lacks.
        """
        self._batch, self._missing = batch, missing
        version = batch.version if batch is not None else None
        self._names.setVisible(bool(missing) and batch is not None)
        self._draft.setVisible(version is not None and version.state is PlanState.DRAFT)
        self._held.setVisible(batch is not None and bool(batch.held))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.only_held.setText(tr("只选这些"))
        self.no_printer.say(tr("本机没有可用的打印机。可先保存 PDF，拷到连着打印机的电脑上打印。"))
        self._names.say(say(Message("print.unprintable", {"characters": list(self._missing)})))
        self._draft.say(tr("这一版还没有发布，以后还会改；打印出来的每一页都标明是草稿。"))
        batch = self._batch
        if batch is not None:
            names = [line.name for line in batch.lines if line.code in batch.held]
            shown = tr("、").join(names[:_NAMED])
            if len(names) > _NAMED:
                shown = tr("{names} 等", names=shown)
            words = tr("{count} 张发出去的表已与现行版本不符：{names}", count=len(batch.held), names=shown)
            self._held.say(words)
