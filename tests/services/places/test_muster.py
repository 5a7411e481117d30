"""Muster points and their equipment are kept by hand, each change undoable."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import EquipmentItem, MusterPoint
from patrol_desk.services.places import (
    add_equipment,
    create_muster_point,
    list_muster_points,
    muster_detail,
    retire_equipment,
    retire_muster_point,
    set_stock,
    update_muster_point,
)
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from tests.helpers.tiny import Tiny


def _stored(tiny: Tiny) -> list[list[tuple[object, ...]]]:
    with tiny.station.read() as session:
        return [
            bulk.rows(session, model, ["code", "name", "ended_on", *more], order_by=("code",))
            for model, more in ((MusterPoint, ["lon", "lat", "community_id"]), (EquipmentItem, ["quantity"]))
        ]


def test_a_muster_point_is_made_changed_and_undone(ground: Tiny, chief: Actor) -> None:
    """Two steps back leave the file as it was."""
    before = _stored(ground)

    made = create_muster_point(ground.station, chief, {"code": "A9", "name": "石桥篮球场"})
    changed = update_muster_point(
        ground.station, chief, made.value, 1, {"community_id": ground.ids["C1"], "lon": "113.76", "lat": "22.9"}
    )

    detail = muster_detail(ground.station, chief, made.value)
    assert (detail.row.name, detail.row.community, detail.lon) == ("石桥篮球场", "石桥社区", 113.76)
    for done in (changed, made):
        revert(ground.station, chief, done.patch)
    assert _stored(ground) == before


def test_what_cannot_be_right_is_refused(ground: Tiny, chief: Actor) -> None:
    """A code twice, half a coordinate, a record that is gone."""
    with pytest.raises(InvalidDataError) as refused:
        create_muster_point(ground.station, chief, {"code": "A1", "name": "又一个"})
    assert "A1" in render(refused.value.message)
    with pytest.raises(InvalidDataError, match=r"places\.field_blank"):
        update_muster_point(ground.station, chief, ground.ids["A1"], 1, {"lat": ""})
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        update_muster_point(ground.station, chief, "nobody", 1, {})


def test_retiring_takes_the_equipment_along(ground: Tiny, chief: Actor) -> None:
    """The list loses it, the record stays, undo brings all back."""
    before = _stored(ground)

    done = retire_muster_point(ground.station, chief, ground.ids["A1"], 1)

    assert done.value == 2
    assert [row.code for row in list_muster_points(ground.station, chief)] == ["A2", "A3"]
    assert muster_detail(ground.station, chief, ground.ids["A1"]).retired_on is not None
    revert(ground.station, chief, done.patch)
    assert _stored(ground) == before


def test_a_stock_is_counted_anew(ground: Tiny, chief: Actor) -> None:
    """As typed, in any width; two who count at once do not overwrite each other."""
    done = set_stock(ground.station, chief, ground.ids["E1"], 1, "\uff19")

    assert done.value == 9
    assert muster_detail(ground.station, chief, ground.ids["A1"]).stock[0].quantity == 9
    with pytest.raises(ConcurrentChangeError) as refused:
        set_stock(ground.station, chief, ground.ids["E1"], 1, 8)
    assert "对讲机" in render(refused.value.message)
    with pytest.raises(InvalidDataError) as wrong:
        set_stock(ground.station, chief, ground.ids["E1"], 2, "-1")
    assert "“-1”" in render(wrong.value.message)
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        set_stock(ground.station, chief, "nobody", 1, 1)


def test_equipment_is_added_and_taken_out(ground: Tiny, chief: Actor) -> None:
    """Each is a step of its own."""
    before = _stored(ground)

    added = add_equipment(ground.station, chief, ground.ids["A1"], {"code": "E9", "name": "扩音器", "quantity": "2"})
    assert [item.name for item in muster_detail(ground.station, chief, ground.ids["A1"]).stock] == [
        "对讲机", "急救包", "扩音器",
    ]  # fmt: skip
    gone = retire_equipment(ground.station, chief, added.value, 1)
    assert len(muster_detail(ground.station, chief, ground.ids["A1"]).stock) == 2

    revert(ground.station, chief, gone.patch)
    revert(ground.station, chief, added.patch)
    assert _stored(ground) == before
    with pytest.raises(InvalidDataError):
        add_equipment(ground.station, chief, "nowhere", {"code": "E9", "name": "扩音器"})
