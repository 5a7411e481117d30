"""Demand is set cell by cell; whatever is set, undo brings back what was."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import CheckpointStatus, Demand
from patrol_desk.services.places import (
    check_cell,
    copy_demand,
    copy_effects,
    effect_of_demand,
    most_heads,
    move_checkpoint,
    place_detail,
    set_demand,
)
from patrol_desk.services.places.rows import DemandCell, SeatDemand
from patrol_desk.services.station import Station
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk, checks
from patrol_desk.storage.reads.week import read_week
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.places.plans import plan

ANYBODY = SeatDemand(None, False, 2, 3)
LEADER = SeatDemand(None, True, 1, 1)


def cell(tiny: Tiny, pattern: str, weekday: int, *seats: SeatDemand, checkpoint: str = "P1") -> DemandCell:
    """Return a cell as it stands, with other seats."""
    detail = place_detail(tiny.station, tiny.station.system_actor(), tiny.ids[checkpoint])
    held = next(cell for cell in detail.cells if cell.key == (tiny.ids[pattern], weekday))
    return replace(held, seats=seats)


def demand(station: Station) -> list[tuple[object, ...]]:
    """Return what is stored of demand, without who wrote it when."""
    names = ["id", "checkpoint_id", "pattern_id", "weekday", "skill_id", "leader", "minimum", "desired", "ended_on"]
    with station.read() as session:
        return bulk.rows(session, Demand, names)


def test_a_cell_is_set_and_planning_sees_it(ground: Tiny, chief: Actor) -> None:
    """The three kinds of seat are three rows of the week's problem."""
    skill = SeatDemand(ground.ids["AID"], False, 1, 2)

    done = set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "N", 5, LEADER, skill, ANYBODY)])

    assert done.value == 1
    with ground.station.read() as session:
        asked = [row for row in read_week(session, WEEK).demand if row.weekday == 5]
    assert sorted((row.leader, row.skill_id or "", row.minimum, row.desired) for row in asked) == [
        (False, "", 2, 3),
        (False, ground.ids["AID"], 1, 2),
        (True, "", 1, 1),
    ]


def test_a_cell_without_seats_is_not_staffed_and_keeps_its_rows(ground: Tiny, chief: Actor) -> None:
    """Rows stay and ask for nobody, so that an exchanged file can tell."""
    rows = len(demand(ground.station))

    set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 0)])

    detail = place_detail(ground.station, chief, ground.ids["P1"])
    assert next(c for c in detail.cells if c.key == (ground.ids["D"], 0)).seats == ()
    assert (detail.row.minimum, detail.row.desired) == (2, 2)
    assert len(demand(ground.station)) == rows
    set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 0, LEADER)])
    with ground.station.read() as session:
        assert checks.demand_said_twice(session) == 0


def test_a_retired_row_is_used_again(ground: Tiny, chief: Actor) -> None:
    """No seat is ever said twice."""
    with ground.station.write(chief, "test.retire") as unit:
        rows = bulk.dicts(unit.session, Demand, ["id", "row_version"], where={"weekday": 4})
        bulk.update(unit, Demand, [{**row, "ended_on": date(2026, 1, 1)} for row in rows])
        unit.commit()
    assert cell(ground, "N", 4, checkpoint="P2").seats == ()

    set_demand(ground.station, chief, ground.ids["P2"], [cell(ground, "N", 4, LEADER, checkpoint="P2")])
    done = set_demand(ground.station, chief, ground.ids["P2"], [cell(ground, "N", 4, LEADER, ANYBODY, checkpoint="P2")])

    assert done.value == 1
    with ground.station.read() as session:
        assert checks.demand_said_twice(session) == 0


def test_what_is_already_so_writes_nothing(ground: Tiny, chief: Actor) -> None:
    """Saving without a change is no step to undo."""
    held = place_detail(ground.station, chief, ground.ids["P1"]).cells

    done = set_demand(ground.station, chief, ground.ids["P1"], held)

    assert (done.value, len(done.patch)) == (0, 0)


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        ((SeatDemand(None, False, 3, 2),), "期望人数“2”"),
        ((SeatDemand(None, False, -1, 2),), "最低人数“-1”"),
        ((SeatDemand(None, True, 0, 501),), "500"),
        ((ANYBODY, ANYBODY), "两次"),
        ((SeatDemand("no-skill", False, 1, 1),), "周六夜班"),
        ((SeatDemand(None, True, 1, 1), SeatDemand("no-skill", True, 1, 1)), "席位"),
    ],
)
def test_numbers_that_cannot_be_right_are_refused_in_words(
    ground: Tiny, chief: Actor, seats: tuple[SeatDemand, ...], words: str
) -> None:
    """The same sentence while typing and when saving; nothing is written."""
    before = demand(ground.station)
    wrong = cell(ground, "N", 5, *seats)

    with pytest.raises(InvalidDataError) as refused:
        set_demand(ground.station, chief, ground.ids["P1"], [wrong])

    assert words in render(refused.value.message)
    assert render(refused.value.message, "en")
    assert demand(ground.station) == before
    detail = place_detail(ground.station, chief, ground.ids["P1"])
    assert check_cell(wrong, detail.patterns, detail.skills) == refused.value.message
    assert check_cell(cell(ground, "N", 5, ANYBODY), detail.patterns, detail.skills) is None


def test_a_skill_twice_and_a_pattern_that_is_gone_are_refused(ground: Tiny, chief: Actor) -> None:
    """What a cell refers to must be there, once."""
    skill = SeatDemand(ground.ids["AID"], False, 1, 2)
    with pytest.raises(InvalidDataError) as refused:
        set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "N", 5, skill, skill)])
    assert "急救" in render(refused.value.message)

    for wrong in (DemandCell("no-pattern", 1), DemandCell(ground.ids["D"], 7)):
        with pytest.raises(InvalidDataError, match=r"places\.no_such_cell"):
            set_demand(ground.station, chief, ground.ids["P1"], [wrong])


def test_who_read_an_older_cell_does_not_overwrite_a_newer(ground: Tiny, chief: Actor) -> None:
    """The cell is named, and the others given with it are not written either."""
    mine = cell(ground, "D", 0, ANYBODY)
    set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 0, LEADER)])
    before = demand(ground.station)

    with pytest.raises(ConcurrentChangeError) as refused:
        set_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 1, ANYBODY), mine])

    assert "周一早班" in render(refused.value.message)
    assert demand(ground.station) == before


def test_cells_are_copied_from_another_checkpoint(ground: Tiny, chief: Actor) -> None:
    """Some cells or all of them; what the source does not ask for goes."""
    monday = (ground.ids["D"], 0)
    before = demand(ground.station)

    part = copy_demand(ground.station, chief, ground.ids["P1"], [ground.ids["P2"]], [monday])
    assert part.value == 1
    detail = place_detail(ground.station, chief, ground.ids["P2"])
    assert (detail.row.minimum, detail.row.desired) == (3, 4)

    whole = copy_demand(ground.station, chief, ground.ids["P1"], [ground.ids["P2"]])
    copied = place_detail(ground.station, chief, ground.ids["P2"])
    source = place_detail(ground.station, chief, ground.ids["P1"])
    assert whole.value == 2, "Tuesday is new, Friday night goes"
    assert [c.seats for c in copied.cells] == [c.seats for c in source.cells]

    revert(ground.station, chief, whole.patch)
    revert(ground.station, chief, part.patch)
    assert demand(ground.station) == before
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        copy_demand(ground.station, chief, ground.ids["P1"], ["nobody"])


@pytest.fixture(scope="module")
def own(tiny_file: tuple[Path, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tiny]:
    """Give one township for many examples: each leaves it as it found it."""
    path, ids = tiny_file
    copy = Path(shutil.copy(path, tmp_path_factory.mktemp("demand") / path.name))
    with Station.open(copy, clock=CLOCK) as station:
        yield Tiny(station, dict(ids))


counts = st.integers(0, 4).flatmap(lambda least: st.tuples(st.just(least), st.integers(least, 6)))
seat_lists = st.fixed_dictionaries({}, optional={"leader": counts, "skill": counts, "any": counts})
grids = st.dictionaries(st.tuples(st.sampled_from("DN"), st.integers(0, 6)), seat_lists, max_size=14)


@given(first=grids, second=grids)
def test_undoing_what_was_set_is_as_if_nothing_was(
    own: Tiny,
    first: dict[tuple[str, int], dict[str, tuple[int, int]]],
    second: dict[tuple[str, int], dict[str, tuple[int, int]]],
) -> None:
    """Any two grids set one after the other, undone, redone and undone again leave the rows as they were."""
    chief = own.station.system_actor()
    before = demand(own.station)
    steps = []
    for grid in (first, second):
        stood = demand(own.station)
        wanted = [cell(own, pattern, day, *_seats(own, kinds)) for (pattern, day), kinds in grid.items()]
        done = set_demand(own.station, chief, own.ids["P1"], wanted)
        shown = {c.key: c.seats for c in place_detail(own.station, chief, own.ids["P1"]).cells}
        for one in wanted:
            assert set(shown[one.key]) == {seat for seat in one.seats if seat.desired}
        steps.append((stood, done))
    with own.station.read() as session:
        assert checks.demand_said_twice(session) == 0
    after = demand(own.station)

    undone = [revert(own.station, chief, done.patch) for _, done in reversed(steps)]
    assert demand(own.station) == before
    redone = [revert(own.station, chief, step.patch) for step in reversed(undone)]
    assert demand(own.station) == after
    for step in reversed(redone):
        revert(own.station, chief, step.patch)
    assert demand(own.station) == before


def _seats(tiny: Tiny, kinds: dict[str, tuple[int, int]]) -> list[SeatDemand]:
    known = {"leader": (None, True), "skill": (tiny.ids["AID"], False), "any": (None, False)}
    return [SeatDemand(*known[name], *numbers) for name, numbers in kinds.items()]


def test_the_effect_counts_the_shifts_that_fall_below(ground: Tiny, chief: Actor) -> None:
    """Against the plan in force: below the minimum, below the desired, and the township's coverage."""
    tuesday = MONDAY + timedelta(days=1)
    plan(
        ground, WEEK,
        [("A", "P1", "D", MONDAY, True), ("B", "P1", "D", MONDAY, False), ("C", "P1", "D", tuesday, False)],
        published=True,
    )  # fmt: skip
    more = [
        cell(ground, "D", 0, LEADER, SeatDemand(None, False, 2, 2)),
        cell(ground, "D", 1, LEADER, SeatDemand(None, False, 1, 2)),
        cell(ground, "N", 2, SeatDemand(None, False, 0, 1)),
    ]

    effect = effect_of_demand(ground.station, chief, ground.ids["P1"], more)

    assert (effect.minimum, effect.desired, effect.in_use) == (1, 3, True)
    assert len(effect.weeks) == 1, "the week after is not planned"
    week = effect.weeks[0]
    assert (week.week, week.published) == ("2026-W48", True)
    assert (week.below_minimum, week.below_desired, week.mended, week.spare) == (1, 1, 0, 0)
    assert [week.before, week.after] == pytest.approx([3 / 5, 3 / 6])


def test_the_effect_says_what_is_mended_and_who_loses_a_place(ground: Tiny, chief: Actor) -> None:
    """Less demand mends gaps and leaves people without a seat."""
    tuesday = MONDAY + timedelta(days=1)
    plan(ground, WEEK, [("C", "P1", "D", tuesday, False), ("A", "P1", "D", MONDAY, True)])
    less = [cell(ground, "D", 1, SeatDemand(None, False, 1, 1)), cell(ground, "D", 0)]

    week = effect_of_demand(ground.station, chief, ground.ids["P1"], less).weeks[0]

    assert (week.below_minimum, week.below_desired, week.mended, week.spare) == (0, 0, 2, 1)
    assert week.published is False


def test_nothing_changed_or_not_in_use_has_no_effect_on_weeks(ground: Tiny, chief: Actor) -> None:
    """Only an active checkpoint is planned."""
    plan(ground, WEEK, [])
    held = place_detail(ground.station, chief, ground.ids["P1"]).cells
    assert effect_of_demand(ground.station, chief, ground.ids["P1"], held).weeks == ()

    move_checkpoint(ground.station, chief, ground.ids["P1"], 1, CheckpointStatus.SUSPENDED, reason="修路")
    effect = effect_of_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 0, ANYBODY)])

    assert (effect.in_use, effect.weeks) == (False, ())
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        effect_of_demand(ground.station, chief, "nobody", [])
    assert most_heads() == 500


def test_a_week_that_asks_for_nobody_is_covered(ground: Tiny, chief: Actor) -> None:
    """No division by nothing."""
    plan(ground, WEEK, [])
    for place in ("P1", "P2"):
        detail = place_detail(ground.station, chief, ground.ids[place])
        set_demand(ground.station, chief, ground.ids[place], [replace(c, seats=()) for c in detail.cells])

    week = effect_of_demand(ground.station, chief, ground.ids["P1"], [cell(ground, "D", 0, LEADER)]).weeks[0]

    assert (week.before, week.after) == (1.0, 0.0)


def _held(tiny: Tiny, actor: Actor, place: str, weekday: int = 0) -> list[tuple[str, int, int]]:
    """Return kind, minimum and held heads of the seats of the day shift, as stored."""
    cells = place_detail(tiny.station, actor, tiny.ids[place]).cells
    found = [seat for c in cells if c.key == (tiny.ids["D"], weekday) for seat in c.seats]
    return [("leader" if seat.leader else "any", seat.minimum, seat.held) for seat in found]


def test_what_the_neighbour_holds_is_set_and_is_not_planned(ground: Tiny, chief: Actor) -> None:
    """Of four heads the neighbour holds three, the station's one is there: nobody is missing; undo takes it back."""
    plan(ground, WEEK, [("A", "P2", "D", MONDAY, False)])
    stored = cell(ground, "D", 0, SeatDemand(None, False, 4, 4, 3), checkpoint="P2")
    effect = effect_of_demand(ground.station, chief, ground.ids["P2"], [stored])
    assert (effect.minimum, effect.weeks[0].below_minimum, effect.weeks[0].below_desired) == (4, 0, 0)
    done = set_demand(ground.station, chief, ground.ids["P2"], [stored])
    assert _held(ground, chief, "P2") == [("any", 4, 3)]
    week = place_detail(ground.station, chief, ground.ids["P2"], WEEK).planned
    assert [each.short for each in week if each.pattern_id == ground.ids["D"]] == [0]
    other = cell(ground, "D", 0, SeatDemand(None, False, 4, 4, 1), checkpoint="P2")
    assert set_demand(ground.station, chief, ground.ids["P2"], [other]).value == 1
    with pytest.raises(ConcurrentChangeError):
        set_demand(ground.station, chief, ground.ids["P2"], [other])
    assert _held(ground, chief, "P2") == [("any", 4, 1)]
    with pytest.raises(ConcurrentChangeError):
        revert(ground.station, chief, done.patch)


@pytest.mark.parametrize("held", [5, -1])
def test_a_neighbour_holds_no_more_than_is_asked_for(ground: Tiny, chief: Actor, held: int) -> None:
    """It is said with the number, and nothing is written."""
    with pytest.raises(InvalidDataError) as refused:
        set_demand(ground.station, chief, ground.ids["P2"], [cell(ground, "D", 0, SeatDemand(None, False, 4, 4, held))])
    assert str(held) in render(refused.value.message)
    assert _held(ground, chief, "P2") == []


def test_copying_leaves_what_the_neighbour_holds(ground: Tiny, chief: Actor) -> None:
    """It belongs to the gate, not to the numbers; never more than the new minimum."""
    set_demand(
        ground.station,
        chief,
        ground.ids["P2"],
        [cell(ground, "D", 0, SeatDemand(None, False, 5, 5, 4), checkpoint="P2")],
    )
    key = (ground.ids["D"], 0)
    copy_demand(ground.station, chief, ground.ids["P1"], [ground.ids["P2"]], [key])
    assert _held(ground, chief, "P2") == [("leader", 1, 0), ("any", 1, 1)]
    assert copy_demand(ground.station, chief, ground.ids["P1"], [ground.ids["P2"]], [key]).value == 0


def test_what_copying_does_is_known_before(ground: Tiny, chief: Actor) -> None:
    """Cells and weekly sums of every other checkpoint are those that copying then changes."""
    keys = [(ground.ids["D"], 0), (ground.ids["D"], 1)]
    before = place_detail(ground.station, chief, ground.ids["P2"]).row
    told = copy_effects(ground.station, chief, ground.ids["P1"], keys)
    assert set(told) == {ground.ids["P2"]}
    assert copy_demand(ground.station, chief, ground.ids["P1"], [ground.ids["P2"]], keys).value == 2
    after = place_detail(ground.station, chief, ground.ids["P2"]).row
    effect = told[ground.ids["P2"]]
    assert (effect.cells, effect.minimum, effect.desired) == (
        2, after.minimum - before.minimum, after.desired - before.desired,
    )  # fmt: skip
    again = copy_effects(ground.station, chief, ground.ids["P1"], keys)[ground.ids["P2"]]
    assert (again.cells, again.minimum, again.desired) == (0, 0, 0)
