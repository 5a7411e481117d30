"""What a cell says when the mouse rests on it."""

from patrol_desk.services.planning.board import Board
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.roster.grid.model import shift_text, state_text
from patrol_desk.ui.pages.roster.severity import severity_word


def cell_tip(board: Board, row: int, shift: int) -> str:
    """Return place, shift, state, who stands there and the rules that are broken, a line each."""
    lines = [board.rows[row].name, shift_text(board, shift), state_text(board, row, shift)]
    broken: list[str] = []
    for seat in board.seats(row, shift):
        holder = seat.holder
        if holder is None:
            continue
        who = tr("{name}（{squad}）", name=holder.name, squad=holder.squad) if holder.squad else holder.name
        lines.append(tr("{who} 已锁定", who=who) if holder.locked else who)
        broken.extend(tr("{name}：{reason}", name=holder.name, reason=say(rule)) for rule in holder.breaks)
        broken.extend(
            tr("{name}，{word}：{reason}", name=holder.name, word=severity_word(one.severity), reason=say(one.message))
            for one in holder.told
        )
    return "\n".join([*lines, *broken])


def hints_of(board: Board, row: int, shift: int, person_id: str = "") -> list[str]:
    """Return what the rules that only hint have to say of somebody in a cell, or of everybody by name."""
    found = []
    for holder in board.holders(row, shift):
        told = [one for one in holder.told if one.hints and person_id in {"", holder.person_id}]
        for one in told:
            name, word, reason = holder.name, severity_word(one.severity), say(one.message)
            if person_id:
                found.append(tr("{word}：{reason}", word=word, reason=reason))
            else:
                found.append(tr("{name}，{word}：{reason}", name=name, word=word, reason=reason))
    return found
