"""What the print dialogs do once everything is chosen: write a PDF, print, hand on; each can be stopped."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtPrintSupport import QPrinter

from patrol_desk.common.errors import CancelledByUserError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.services.handon.forms import Form
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.batch import Batch
from patrol_desk.services.printed.content import PrintedSheet
from patrol_desk.services.printed.kinds import Need
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.memory import PAPER, PDF, remember
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.foot import PrintFoot
from patrol_desk.ui.dialogs.printing.preview import Look, laying_of
from patrol_desk.ui.dialogs.printing.sending import pages_of
from patrol_desk.ui.i18n import say, tr

if TYPE_CHECKING:
    from patrol_desk.printing.handon.files import HandOn


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece of work.

    Parameters
    ----------
    words
        Says it in the language of the moment.
    saved
        The file or folder that was written.
    sheets
        What is out now.
    """

    words: Callable[[], str]
    saved: Path | None = None
    sheets: tuple[PrintedSheet, ...] = ()


async def attended(foot: PrintFoot, work: Coroutine[Any, Any, Outcome], what: Message) -> Outcome | None:
    """Run a piece of work under the foot's progress, show what came of it, and return that; None when it failed."""
    foot.begin(what)
    try:
        outcome = await work
    except CancelledByUserError:
        foot.end(lambda: tr("已停止，没有写入文件。"))
    except PatrolError as error:
        message = error.message
        foot.end(lambda: say(message))
    else:
        foot.end(outcome.words, outcome.saved)
        return outcome
    finally:
        if foot.busy:
            # The window closes: the thread must not go on for nobody.
            foot.progress.stop()
    return None


async def save_sheets(
    desk: Desk, foot: PrintFoot, batch: Batch, codes: Sequence[str], look: Look, path: Path
) -> Outcome:
    """Write sheets of one kind into one PDF and remember them."""
    from patrol_desk.printing import print_sheets

    sheets = await asyncio.to_thread(list, batch.sheets(codes, look.copies))
    done = await asyncio.to_thread(
        print_sheets, sheets, path, laying_of(batch, look).look,
        progress=foot.progress.progress, cancelled=foot.progress.cancelled,
    )  # fmt: skip
    await desk.write(tr("登记打印"), remember, sheets, PDF)
    return Outcome(
        lambda: tr("已保存 {sheets} 张（{pages} 页）：{file}", sheets=done.sheets, pages=done.pages, file=path.name),
        path,
        tuple(sheets),
    )


async def send_sheets(
    desk: Desk, foot: PrintFoot, batch: Batch, codes: Sequence[str], look: Look, printer: QPrinter
) -> Outcome:
    """Print sheets of one kind and remember what went out, also of a print that was stopped."""
    from patrol_desk.printing.printer import print_pages

    pages, progress = 0, foot.progress
    sheets = await asyncio.to_thread(list, batch.sheets(codes, look.copies))
    sent: list[PrintedSheet] = []
    for done in print_pages(printer, pages_of(batch, look, sheets, sent, progress.progress)):
        pages = done
        if progress.cancelled():
            break
        # One page takes some milliseconds; between two the window lives.
        await asyncio.sleep(0)
    stopped = progress.cancelled()
    out = sent if stopped else sheets
    await desk.write(tr("登记打印"), remember, out, PAPER)
    return Outcome(
        lambda: (
            tr("已停止，送出了 {count} 页。", count=pages) if stopped else tr("已送到打印机：{count} 页。", count=pages)
        ),
        None,
        tuple(out),
    )


def to_hand_on(batch: Batch, codes: Sequence[str], look: Look, form: Form, *, together: bool) -> "HandOn":
    """Return what is handed on: pictures and texts are for the messenger, and show nobody's number."""
    from patrol_desk.printing.handon.files import HandOn

    wanted, version = batch.wanted, batch.version
    open_to_all = form in {Form.PNG, Form.TEXT, Form.ICS}
    people = Need.PERSONS in batch.kind.may
    ask = Ask(
        week=wanted.ask().week,
        squads=() if people else tuple(codes),
        persons=tuple(codes) if people else (),
        number=version.number if version is not None else None,
        profile=PrivacyProfile.PUBLIC if open_to_all and not people else wanted.profile,
    )
    return HandOn(batch.kind.id, form, ask, together=together, look=laying_of(batch, look).look)


async def hand_on_sheets(desk: Desk, foot: PrintFoot, what: "HandOn", folder: Path) -> Outcome:
    """Write files to hand on into a folder and remember the sheets they show."""
    from patrol_desk.printing.handon.files import hand_on

    done = await desk.read(
        hand_on, what, folder, progress=foot.progress.progress, cancelled=foot.progress.cancelled
    )  # fmt: skip
    if done.sheets:
        await desk.write(tr("登记打印"), remember, done.sheets, what.form.value)
    return Outcome(
        lambda: tr("已写入 {count} 个文件：{folder}", count=len(done.files), folder=folder.name), folder, done.sheets
    )
