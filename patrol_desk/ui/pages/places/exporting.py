"""The list of checkpoints as a file, as it is filtered."""

from collections.abc import Sequence

from patrol_desk.common.errors import PatrolError
from patrol_desk.messages import Language
from patrol_desk.services.exporting import export_checkpoints
from patrol_desk.services.people import may_export
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.settings import documents
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.widgets.file_picker import FilePicker, Picker


class ExportList:
    """Asks where to, writes and tells.

    Parameters
    ----------
    desk
        The open station.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.picker: Picker = FilePicker()

    def may(self) -> bool:
        """Say whether the actor may write files."""
        return may_export(self._desk.actor)

    async def write(self, checkpoints: Sequence[str], form: str) -> None:
        """Write checkpoints to a file that the import page reads back; without any it says so."""
        if not checkpoints:
            self._desk.tell(tr("列表里没有点位，没有导出。"), "info")
            return
        kind = tr("表格文件") + f" (*.{form})"
        title = tr("导出 {count} 个点位", count=len(checkpoints))
        path = await self.picker.save(
            self._desk.host, title, documents(self._desk.settings) / f"{tr('执勤点')}.{form}", kind
        )
        if path is None:
            return
        words: Language = "en" if self._desk.language == "en" else "zh"
        path = path.with_suffix(f".{form}")
        try:
            report = await self._desk.read(export_checkpoints, checkpoints, path, language=words)
        except PatrolError as error:
            self._desk.tell(say(error.message), "error")
            return
        self._desk.tell(tr("已导出 {count} 个点位，可在导入页原样导入。", count=report.rows), "ok")
