"""A table of the settings from a file and to a file, after the numbers were seen."""

from pathlib import Path
from typing import Final

from patrol_desk.common.errors import PatrolError
from patrol_desk.services.settings.files import (
    TableName,
    Taking,
    preview_settings_table,
    take_settings_table,
    write_settings_table,
)
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.widgets.confirm import confirm
from patrol_desk.ui.widgets.file_picker import Picker

_FOLDER: Final = "settings files"


async def take_in(desk: Desk, picker: Picker, name: TableName, title: str) -> None:
    """Ask for a file, say what it would do, and take it in when that is meant."""
    path = await picker.file(desk.host, title, _folder(desk), "CSV, XLSX (*.csv *.xlsx)")
    if path is None:
        return
    desk.settings.keep_state(_FOLDER, str(path.parent))
    try:
        taking = await desk.read(preview_settings_table, path, name)
        if not taking.added and not taking.changed:
            desk.tell(_nothing(taking), "warn" if taking.rejected else "info")
            return
        if await confirm(desk.host, desk.theme, title, taking_sentences(taking), tr("导入这些")):
            await desk.write_for_good(take_settings_table, path, name)
            desk.tell(tr("已导入：新增 {added}，改动 {changed}", added=taking.added, changed=taking.changed), "ok")
    except PatrolError as error:
        desk.tell(say(error.message), "error")


async def write_out(desk: Desk, picker: Picker, name: TableName, title: str) -> None:
    """Ask for a folder and write the table into it."""
    folder = await picker.folder(desk.host, title, _folder(desk))
    if folder is None:
        return
    desk.settings.keep_state(_FOLDER, str(folder))
    try:
        path = await desk.read(write_settings_table, folder, name, language())
    except PatrolError as error:
        desk.tell(say(error.message), "error")
    else:
        desk.tell(tr("已导出：{name}", name=path.name), "ok")


def taking_sentences(taking: Taking) -> list[str]:
    """Return what taking in a file would do, in numbers."""
    sentences = [
        tr("新增 {added} 条，改动 {changed} 条，其中停用 {ended} 条；{same} 条一样。", added=taking.added,
           changed=taking.changed, ended=taking.ended, same=taking.same)
    ]  # fmt: skip
    if taking.fault is not None:
        sentences.append(tr("{count} 条不进去，第一条：{why}", count=taking.rejected, why=say(taking.fault)))
    sentences.append(tr("导入前自动备份；要撤回，到“导入”页的“以往导入”。"))
    return sentences


def _nothing(taking: Taking) -> str:
    if taking.fault is not None:
        return tr("没有可导入的。{why}", why=say(taking.fault))
    return tr("文件里的 {count} 条和现在的一样，没有要导入的。", count=taking.same)


def _folder(desk: Desk) -> Path:
    kept = desk.settings.state(_FOLDER)
    return Path(kept) if isinstance(kept, str) else Path.home()
