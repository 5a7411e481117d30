"""Communities and grid cells say what belongs to them, and go only when nothing does."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Checkpoint, Person, Role, Squad
from patrol_desk.services.places import (
    community_detail,
    grid_cell_detail,
    list_communities,
    list_grid_cells,
    place_ids,
    retire_community,
    retire_grid_cell,
    save_community,
    save_grid_cell,
)
from patrol_desk.services.undo import revert
from tests.helpers.tiny import Tiny


@pytest.fixture
def settled(ground: Tiny, chief: Actor) -> Tiny:
    """Give the township with a squad, a checkpoint and a person in the first community."""
    with ground.station.write(chief, "test.settle") as unit:
        place = unit.session.get_one(Checkpoint, ground.ids["P1"])
        place.community_id, place.grid_cell_id = ground.ids["C1"], ground.ids["G1"]
        unit.session.get_one(Squad, ground.ids["S1"]).community_id = ground.ids["C1"]
        unit.session.get_one(Person, ground.ids["A"]).community_id = ground.ids["C1"]
        unit.commit()
    return ground


def test_a_community_counts_what_belongs_to_it(settled: Tiny, chief: Actor) -> None:
    """Each with what it holds: heads, members, kinds of equipment, checkpoints."""
    first, *others = list_communities(settled.station, chief)
    assert (first.cells, first.places, first.squads, first.musters, first.people, first.drawn) == (1, 1, 1, 1, 1, True)
    assert [row.drawn for row in others] == [True, False]
    detail = community_detail(settled.station, chief, first.id)
    assert [(each.code, each.count) for each in detail.places] == [("P1", 4)]
    assert [(each.code, each.count) for each in detail.squads] == [("S1", 2)]
    assert [(each.code, each.count) for each in detail.musters] == [("A1", 2)]
    assert [(each.code, each.count) for each in detail.cells] == [("G1", 1)]


def test_a_cell_counts_what_belongs_to_it(settled: Tiny, chief: Actor) -> None:
    """Its community by name, its checkpoints."""
    (row,) = list_grid_cells(settled.station, chief)
    assert (row.community, row.places, row.drawn) == ("石桥社区", 1, False)
    assert [each.code for each in grid_cell_detail(settled.station, chief, row.id).places] == ["P1"]


def test_both_are_made_changed_and_found(settled: Tiny, chief: Actor) -> None:
    """A cell names its community; a code that is taken and an older state are refused."""
    made = save_community(settled.station, chief, {"code": "C9", "name": "新村"}).value
    cell = save_grid_cell(settled.station, chief, {"code": "G9", "name": "新村网格", "community_id": made}).value
    save_community(settled.station, chief, {"name": "新村社区"}, made, 1)
    assert grid_cell_detail(settled.station, chief, cell).row.community == "新村社区"
    assert made in place_ids(settled.station, chief)["communities"]
    with pytest.raises(InvalidDataError, match=r"places\.code_taken"):
        save_community(settled.station, chief, {"code": "C1", "name": "重号"})
    with pytest.raises(InvalidDataError):
        save_grid_cell(settled.station, chief, {"code": "G8", "name": "无社区"})
    with pytest.raises(ConcurrentChangeError):
        save_community(settled.station, chief, {"name": "别名"}, made, 1)
    with pytest.raises(ForbiddenError):
        save_community(settled.station, Actor(None, "只读", Role.VIEWER), {"code": "C8", "name": "新村"})


def test_what_is_used_stays_and_says_by_how_many(settled: Tiny, chief: Actor) -> None:
    """An empty one goes, and comes back by undo."""
    with pytest.raises(InvalidDataError) as refused:
        retire_community(settled.station, chief, settled.ids["C1"], 1)
    assert "网格 1 个、执勤点 1 个、小组 1 个、召集点 1 个、居住 1 人" in render(refused.value.message)
    with pytest.raises(InvalidDataError, match=r"places\.division_used"):
        retire_grid_cell(settled.station, chief, settled.ids["G1"], 1)
    done = retire_community(settled.station, chief, settled.ids["C3"], 1)
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        community_detail(settled.station, chief, settled.ids["C3"])
    revert(settled.station, chief, done.patch)
    assert len(list_communities(settled.station, chief)) == 3
    made = save_grid_cell(settled.station, chief, {"code": "G9", "name": "空", "community_id": settled.ids["C3"]}).value
    retire_grid_cell(settled.station, chief, made, 1)
    assert len(list_grid_cells(settled.station, chief)) == 1
