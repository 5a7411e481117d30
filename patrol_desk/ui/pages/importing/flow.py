"""What the steps of an import do: the services, in order, with what was chosen so far."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from patrol_desk.common.errors import CancelledByUserError, ConcurrentChangeError, PatrolError
from patrol_desk.services.importing import (
    FileChoice,
    FoundFile,
    ImportChoices,
    ImportEntry,
    ImportPreview,
    ImportUndo,
    inspect_files,
    list_imports,
    preview_import,
    run_import,
    save_rejects,
    undo_import,
)
from patrol_desk.ui.i18n import language, say, tr
from patrol_desk.ui.pages.importing.history import entry_totals
from patrol_desk.ui.pages.importing.left import LeftDialog
from patrol_desk.ui.pages.importing.preview import totals
from patrol_desk.ui.widgets.confirm import confirm

if TYPE_CHECKING:
    from patrol_desk.ui.pages.importing.page import ImportPage

_EXCLUSIVE = "importing"


class ImportFlow:
    """Runs the steps for the page.

    Parameters
    ----------
    page
        Shows them.
    """

    def __init__(self, page: "ImportPage") -> None:
        self._page = page
        self._desk = page.desk
        self._paths: tuple[Path, ...] = ()
        self._choices: dict[str, FileChoice] = {}
        self._answers: frozenset[str] = frozenset()
        self._found: tuple[FoundFile, ...] = ()
        self._preview: ImportPreview | None = None
        self._rejected = 0

    # Choosing

    def ask_files(self) -> None:
        """Ask for files."""
        self._desk.tasks.start("choose files", self._ask_files(), owner=self._page, exclusive="choose")

    def ask_folder(self) -> None:
        """Ask for a folder."""
        self._desk.tasks.start("choose folder", self._ask_folder(), owner=self._page, exclusive="choose")

    async def _ask_files(self) -> None:
        pattern = tr("表格文件") + " (*.csv *.txt *.tsv *.xlsx);;" + tr("所有文件") + " (*)"
        found = await self._page.picker.files(self._page, tr("选择要导入的文件"), self._folder(), pattern)
        if found:
            self.take(found)

    async def _ask_folder(self) -> None:
        found = await self._page.picker.folder(self._page, tr("选择要导入的文件夹"), self._folder())
        if found is not None:
            self.take([found])

    def _folder(self) -> Path:
        return self._paths[0].parent if self._paths else Path(platformdirs.user_documents_dir())

    def take(self, paths: Sequence[Path]) -> None:
        """Begin with these files and folders."""
        if paths and not self._page.panel.isVisible():
            self.forget()
            self._paths = tuple(paths)
            self._desk.tasks.start("inspect files", self._look(), owner=self._page, exclusive=_EXCLUSIVE)

    def forget(self) -> None:
        """Begin anew: no files, no corrections, no answers."""
        self._paths, self._choices, self._answers = (), {}, frozenset()
        self._found, self._preview, self._rejected = (), None, 0

    def _all(self) -> ImportChoices:
        return ImportChoices(self._paths, dict(self._choices))

    # Looking and correcting

    async def _look(self) -> None:
        async with _Busy(self):
            panel = self._page.panel
            self._found = await self._desk.read(
                inspect_files, self._all(), progress=panel.progress, cancelled=panel.cancelled
            )
            self._page.files.show_files(self._found, self._choices)
            self._page.show_step("files")

    async def _look_again(self) -> None:
        """Read the files as corrected; the focus stays at what was corrected."""
        self._found = await self._desk.read(inspect_files, self._all())
        self._page.files.show_files(self._found, self._choices)
        self.say_foot()

    def correct(self, key: str, choice: FileChoice) -> None:
        """Read one file in another way from now on."""
        self._choices[key] = choice
        self._desk.tasks.start("inspect files", self._look_again(), owner=self._page, exclusive=_EXCLUSIVE)

    def answer(self, confirmation: str, given: bool) -> None:
        """Take an answer to a question and count again."""
        self._answers = self._answers | {confirmation} if given else self._answers - {confirmation}
        self._count()

    def go_on(self) -> None:
        """Go to the next step, unless one is under way."""
        if self._page.panel.isVisible():
            return
        if self._page.step == "files":
            self._answers = frozenset()
            self._count()
        elif self._page.step == "preview":
            self._desk.tasks.start("import", self._run(), owner=self._page, exclusive=_EXCLUSIVE)

    def _count(self) -> None:
        self._desk.tasks.start("preview import", self._look_ahead(), owner=self._page, exclusive=_EXCLUSIVE)

    async def _look_ahead(self) -> None:
        async with _Busy(self):
            panel = self._page.panel
            self._preview = await self._desk.read(
                preview_import, self._all(), self._answers, progress=panel.progress, cancelled=panel.cancelled
            )
            self._page.preview.show_preview(self._preview)
            self._page.show_step("preview")

    # Writing

    async def _run(self) -> None:
        preview = self._preview
        if preview is None or not preview.writes or not preview.ready:
            return
        added, changed, _, out = totals(preview.report)
        sentences = [
            tr("新增 {added:,} 行，改动 {changed:,} 行；拒收 {out:,} 行。", added=added, changed=changed, out=out),
            tr("导入前先做备份。写入以后，之前的单步撤销会清空；整次导入可以在“以往导入”里撤销。"),
        ]  # fmt: skip
        verb = tr("导入 {count:,} 行", count=added + changed)
        if not await confirm(self._desk.host, self._desk.theme, tr("确认导入"), sentences, verb):
            return
        async with _Busy(self):
            panel = self._page.panel
            report = await self._desk.write_for_good(
                run_import, self._all(), self._answers, seen=preview.seen,
                progress=panel.progress, cancelled=panel.cancelled,
            )  # fmt: skip
            self._desk.undo.clear()
            self._page.result.show_report(report)
            self._page.show_step("result")

    def save_rejects(self) -> None:
        """Write the rows that stay out to files."""
        self._desk.tasks.start("save rejects", self._save(), owner=self._page, exclusive=_EXCLUSIVE)

    async def _save(self) -> None:
        folder = await self._page.picker.folder(self._page, tr("拒收的行存到哪个文件夹"), self._folder().parent)
        if folder is None:
            return
        async with _Busy(self):
            panel = self._page.panel
            files = await self._desk.read(
                save_rejects, self._all(), folder, self._answers, language=language(),
                progress=panel.progress, cancelled=panel.cancelled,
            )  # fmt: skip
            self._page.result.show_saved(files)
            self._desk.tell(tr("已保存 {count} 个文件到 {folder}", count=len(files), folder=str(folder)), "ok")

    # Taking back

    def read_history(self) -> None:
        """Read the imports so far."""
        self._desk.tasks.start("list imports", self._history(), owner=self._page, exclusive="import history")

    async def _history(self) -> None:
        entries = await self._desk.read(list_imports)
        self._page.history.show_entries(entries)
        self._page.retranslate()

    def undo(self, entry: ImportEntry) -> None:
        """Take an import back after a yes."""
        self._desk.tasks.start("undo import", self._take_back(entry), owner=self._page, exclusive=_EXCLUSIVE)

    async def _take_back(self, entry: ImportEntry) -> None:
        added, changed, _ = entry_totals(entry)
        sentences = [
            tr("将删去新增的 {added:,} 行，把改动的 {changed:,} 行恢复原样。", added=added, changed=changed),
            tr("之后又改过的行、被别处用到的行会留下，并列出来。"),
            tr("先做备份。之前的单步撤销会清空；撤销导入本身不能再撤销，需要时重新导入。"),
        ]
        host, theme = self._desk.host, self._desk.theme
        if not await confirm(host, theme, tr("撤销这次导入"), sentences, tr("撤销导入"), danger=True):
            return
        async with _Busy(self):
            undone = await self._desk.write_for_good(undo_import, entry.run_id)
            self._desk.undo.clear()
            self._tell_undone(undone)
        if undone.left:
            await LeftDialog(host, theme, undone).ask()

    def _tell_undone(self, undone: ImportUndo) -> None:
        text = tr(
            "已撤销导入：删去 {removed:,} 行，恢复 {restored:,} 行，留下 {left:,} 行。",
            removed=undone.removed, restored=undone.restored, left=undone.left_count,
        )  # fmt: skip
        self._desk.tell(text, "warn" if undone.left_count else "ok")

    # Words

    def say_foot(self) -> None:
        """Set words and state of the foot for the step shown."""
        page = self._page
        page.save_button.hide()
        page.next_button.setVisible(page.step in {"files", "preview"})
        page.note.setText("")
        if page.step == "files":
            self._say_files()
        elif page.step == "preview" and self._preview is not None:
            self._say_preview(self._preview)

    def _say_files(self) -> None:
        page = self._page
        ready = sum(file.ready for file in self._found)
        broken = sum(file.problem is not None and not file.skip for file in self._found)
        page.next_button.setText(tr("看会怎样"))
        page.next_button.setEnabled(ready > 0 and not broken)
        if broken:
            page.note.setText(tr("有 {count} 个文件读不了：改一改，或者勾“不导入这个文件”。", count=broken))
        else:
            page.note.setText(tr("{count} 个文件可以导入。这一步还没有写入任何内容。", count=ready))

    def _say_preview(self, preview: ImportPreview) -> None:
        page = self._page
        added, changed, _, rejected = totals(preview.report)
        page.next_button.setText(tr("导入 {count:,} 行", count=added + changed))
        page.next_button.setEnabled(preview.writes and preview.ready)
        page.save_button.setVisible(rejected > 0)
        page.save_button.setText(tr("保存拒收的 {count:,} 行…", count=rejected))
        if not preview.ready:
            page.note.setText(tr("先看一眼上面的问题并打勾，才能导入。"))
        elif not preview.writes:
            page.note.setText(tr("没有要写入的内容。"))
        else:
            page.note.setText(tr("还没有写入任何内容。"))

    def begin_work(self) -> None:
        """Show progress in place of the buttons."""
        self._page.panel.begin()
        self._page.busy(True)

    def end_work(self, error: BaseException | None) -> bool:
        """Show the buttons again; say whether the error was told."""
        self._page.busy(False)
        self._page.retranslate()
        self._page.focus_step()
        if isinstance(error, CancelledByUserError):
            self._desk.tell(tr("已停止，没有写入任何内容。"))
            return True
        if isinstance(error, ConcurrentChangeError) and self._page.step == "preview":
            self._desk.tell(say(error.message), "warn", action=(tr("再看一次会怎样"), self._count))
            return True
        if isinstance(error, PatrolError):
            self._desk.tell(say(error.message), "error")
            return True
        return False


class _Busy:
    """Shows progress while the work in it lasts, and tells what went wrong with it."""

    def __init__(self, flow: ImportFlow) -> None:
        self._flow = flow

    async def __aenter__(self) -> None:
        self._flow.begin_work()

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        del kind, trace
        return self._flow.end_work(error)
