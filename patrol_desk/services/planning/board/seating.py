"""Which seat somebody takes in a cell."""

from patrol_desk.services.planning.board.stand import Stand


def open_groups(stand: Stand, cell: int) -> tuple[int, ...]:
    """Return the seat groups of a cell with free seats, those below the minimum first."""
    demand, heads = stand.frame.problem.demand, stand.heads
    groups = stand.frame.cell_groups.get(cell, ())
    short = [group for group in groups if heads[group] < demand.minimum[group]]
    return (*short, *(group for group in groups if group not in short and heads[group] < demand.desired[group]))


def seat_for(stand: Stand, person: int, row: int, shift: int) -> int | None:
    """Return the first free seat group that somebody fits, None when there is none."""
    problem = stand.frame.problem
    held = int(problem.people.capability[person, int(problem.shifts.day[shift])])
    for group in open_groups(stand, row * len(stand.frame.shifts) + shift):
        asked = int(problem.demand.group_capability[group])
        if asked < 0 or held >> asked & 1:
            return group
    return None
