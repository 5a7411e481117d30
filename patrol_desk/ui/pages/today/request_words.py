"""Requests in words: who asks for what, and what stands against it."""

from typing import TYPE_CHECKING

from patrol_desk.services.today import OpenRequest, Side
from patrol_desk.ui.i18n import say, shift_mark, tr
from patrol_desk.ui.i18n.dates import day_text

if TYPE_CHECKING:
    from patrol_desk.services.planning.requests import Judged


def side_text(side: Side) -> str:
    """Return day, shift and place of a duty."""
    return f"{day_text(side.on_date)} {shift_mark(side.shift)} {side.place}"


def title_text(request: OpenRequest) -> str:
    """Return what is asked for."""
    if request.other is None:
        return tr("{name} 请假", name=request.side.name)
    return tr("{name} 与 {other} 互换", name=request.side.name, other=request.other.name)


def note_text(request: OpenRequest) -> str:
    """Return the duties in question, and why."""
    sides = [side_text(request.side)] + ([side_text(request.other)] if request.other is not None else [])
    return " · ".join([" ⇄ ".join(sides), *([request.words] if request.words else [])])


def judged_text(judged: "Judged", names: tuple[str, str]) -> tuple[str, str]:
    """Return what stands against a request, and the tone of it.

    Parameters
    ----------
    names
        Of the first person and of the other.
    """
    if judged.gone:
        return tr("班次已变，只能拒绝"), "red"
    said = [
        (one.severity, tr("{name}：{why}", name=name, why=say(one.message)))
        for name, part in zip(names, judged.conflicts, strict=True)
        for one in part
        if one.severity != "note"
    ]
    blocks = [words for severity, words in said if severity == "block"]
    if blocks:
        return tr("不能批准：{why}", why=tr("；|列举").join(blocks)), "red"
    if said:
        return tr("留意：{why}", why=tr("；|列举").join(words for _, words in said)), "amber"
    if judged.missing:
        return tr("批准后这一班最低差 {count} 人，会列入缺口。", count=judged.missing), "amber"
    return tr("没有冲突"), "green"
