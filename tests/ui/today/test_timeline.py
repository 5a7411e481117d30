"""Where shifts stand on the line of time."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.ui.pages.today.timeline import lay_out

DAY = datetime.fromisoformat("2026-11-25T00:00")


def hours(*spans: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    """Return spans given in hours of the day."""
    return [(DAY + timedelta(hours=begin), DAY + timedelta(hours=end)) for begin, end in spans]


def test_a_day_of_four_shifts() -> None:
    """Idle hours take their room, touching shifts a small gap, and the hours stand where the cards begin and end."""
    line = lay_out(hours((8, 12), (13, 17), (18, 22), (22, 26)), 1800, 4)
    assert line.places == ((0, 400), (500, 400), (1000, 396), (1400, 400))
    assert line.at(DAY + timedelta(hours=14)) == 600
    assert line.at(DAY + timedelta(hours=12.5)) == 450
    assert line.at(DAY + timedelta(hours=7)) is None
    assert line.at(DAY + timedelta(hours=27)) is None
    assert [moment.hour for _, moment in line.ticks(150)] == [8, 10, 12, 13, 15, 17, 18, 20, 22, 0, 2]


def test_a_long_night_is_drawn_short() -> None:
    """Six idle hours between last night's shift and the morning take the room of one."""
    line = lay_out(hours((-2, 2), (8, 12)), 900, 4)
    assert line.places == ((0, 400), (500, 400))
    assert line.at(DAY + timedelta(hours=5)) == 450


def test_shifts_that_overlap_stand_side_by_side() -> None:
    """They cannot stand at their times, so each has the same room and no line for now."""
    line = lay_out(hours((8, 12), (10, 14)), 400, 4)
    assert line.places == ((0, 196), (200, 196))
    assert line.at(DAY + timedelta(hours=9)) is None
    assert line.ticks(40) == []


@given(st.lists(st.integers(1, 300), min_size=2, max_size=12), st.integers(200, 2000))
def test_cards_never_overlap_nor_leave_the_line(steps: list[int], width: int) -> None:
    """Whatever the hours, cards stand in order inside the line, and a later moment is never further left."""
    edges = [DAY]
    for minutes in steps:
        edges.append(edges[-1] + timedelta(minutes=minutes))
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    line = lay_out(spans, width, 0)
    rights = [x + wide for x, wide in line.places]
    assert all(left + 1 >= right for (left, _), right in zip(line.places[1:], rights, strict=False))
    assert rights[-1] <= width + 1
    places = [line.at(edge) for edge in edges[: 2 * len(spans)]]
    assert places == sorted(place for place in places if place is not None)


def test_no_shifts_no_line() -> None:
    """An empty day has no cards and no hours."""
    line = lay_out([], 400, 4)
    assert (line.places, line.at(DAY), line.ticks(40)) == ((), None, [])
