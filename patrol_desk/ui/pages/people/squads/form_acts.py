"""What is done about availability forms that have not come back: printed again, taken in, or marked as given back."""

from collections.abc import Sequence

from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.services.handon.unanswered import FORM, mark_answered
from patrol_desk.services.people.squads import GroupLine
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.dialogs.printing.request import PrintRequest
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.picking import Pick, PickDialog


def print_forms(desk: Desk, codes: Sequence[str]) -> None:
    """Open the print dialog with the availability forms of squads."""
    from patrol_desk.ui.dialogs.printing.dialog import open_print

    open_print(desk, PrintRequest(desk.week, tuple(codes), FORM))


def import_forms(desk: Desk) -> None:
    """Go where filled forms are read back."""
    desk.go(Target("importing"))


async def ask_given_back(desk: Desk, lines: Sequence[GroupLine]) -> None:
    """Ask which squads gave their form back without a change, and write that down."""
    title = tr("哪些小组已交回征集表，时间没有变化？")
    dialog = PickDialog(
        desk.host, desk.theme, title, tr("标为已交回"), [_pick(line) for line in lines], chosen=frozenset()
    )
    if await dialog.ask() and dialog.picked:
        await give_back(desk, [line for line in lines if line.id in dialog.picked])


async def give_back(desk: Desk, lines: Sequence[GroupLine]) -> None:
    """Write down that squads gave their form back; one step that can be undone."""
    name = tr("标为已交回：{name}", name=lines[0].name)
    if len(lines) > 1:
        name = tr("{count} 个小组标为已交回", count=len(lines))
    try:
        count = await desk.write(name, mark_answered, [line.id for line in lines])
    except ConcurrentChangeError as error:
        desk.tell(say(error.message), "error")
        return
    desk.tell(tr("{count} 个小组的征集表已交回，可按 Ctrl+Z 撤销。", count=count), "ok")


def _pick(line: GroupLine) -> Pick:
    out = day_text(line.form_out.date()) if line.form_out is not None else ""
    return Pick(line.id, line.name, tr("{code} · {day} 发出", code=line.code, day=out), line.colour, line.search)
