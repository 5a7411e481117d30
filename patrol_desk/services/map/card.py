"""What the card beside a post says."""

from collections import defaultdict

from patrol_desk.common.message import Message
from patrol_desk.services.map.data import NOT_STAFFED, Crew, Mark, PostCard
from patrol_desk.services.planning.board import Board


def post_card(board: Board, row: int, shift: int) -> PostCard:
    """Return what is to be told of a row of the board in a shift; a row of -1 is not on the board."""
    if row < 0:
        return PostCard(NOT_STAFFED, (), 0, 0, ())
    cell, seats = board.cell(row, shift), board.seats(row, shift)
    crews: defaultdict[tuple[str, int], list[tuple[str, bool]]] = defaultdict(list)
    for seat in seats:
        if seat.holder is not None:
            crews[seat.holder.squad, seat.holder.colour].append((seat.holder.name, seat.holder.leader))
    empty = [seat for seat in seats if seat.holder is None]
    needs: list[Message] = []
    for seat in empty:
        if seat.kind.code != "board.seat_any" and seat.kind not in needs:
            needs.append(seat.kind)
    return PostCard(
        Mark(cell.state, cell.heads, cell.minimum, cell.desired),
        tuple(
            Crew(squad, colour, len(people), next((name for name, leads in people if leads), ""))
            for (squad, colour), people in crews.items()
        ),
        len(empty),
        sum(seat.required for seat in empty),
        tuple(needs),
    )
