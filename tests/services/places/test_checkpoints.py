"""Checkpoints are made and changed; nothing is lost on the way, and undo brings it back."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, ForbiddenError, InvalidDataError
from patrol_desk.messages import render
from patrol_desk.models import Checkpoint, CheckpointKind, CheckpointStatus, Role
from patrol_desk.services.places import (
    create_checkpoint,
    list_places,
    place_detail,
    update_checkpoint,
)
from patrol_desk.services.undo import revert
from patrol_desk.storage import bulk
from tests.helpers.tiny import Tiny

NEW = {"code": "P9", "name": "石桥西门岗", "short_name": "西门", "kind": "patrol_stop", "tier": "1"}


def _stored(tiny: Tiny) -> list[tuple[object, ...]]:
    with tiny.station.read() as session:
        kept = [c.name for c in Checkpoint.__table__.columns if c.name not in {"row_version", "changed_at"}]
        return bulk.rows(session, Checkpoint, kept, order_by=("code",))


def test_a_checkpoint_is_made_with_its_defaults(ground: Tiny, chief: Actor) -> None:
    """What the form leaves out takes the import's defaults; the change set names the new record."""
    done = create_checkpoint(ground.station, chief, {**NEW, "community_id": ground.ids["C1"]})

    detail = place_detail(ground.station, chief, done.value)
    assert (detail.row.code, detail.row.kind, detail.row.status, detail.row.tier) == (
        "P9", CheckpointKind.PATROL_STOP, CheckpointStatus.ACTIVE, 1,
    )  # fmt: skip
    assert (detail.row.community, detail.address, detail.lon) == ("石桥社区", "", None)
    assert done.changes.by_kind["checkpoint"] == {done.value}


def test_making_one_can_be_undone_and_done_again(ground: Tiny, chief: Actor) -> None:
    """Undo leaves the table as it was, redo as it became."""
    before = _stored(ground)
    done = create_checkpoint(ground.station, chief, NEW)
    after = _stored(ground)

    undone = revert(ground.station, chief, done.patch)
    assert _stored(ground) == before
    revert(ground.station, chief, undone.patch)
    assert _stored(ground) == after


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"code": "P1"}, "P1"),
        ({"code": ""}, "执勤点编号"),
        ({"name": "x" * 61}, "60"),
        ({"tier": "7"}, "7"),
        ({"lon": "113.7"}, "经度"),
        ({"community_id": "nowhere"}, "nowhere"),
    ],
)
def test_what_cannot_be_right_is_refused_in_words_and_writes_nothing(
    ground: Tiny, chief: Actor, changed: dict[str, str], words: str
) -> None:
    """The sentence names the field or the value."""
    before = _stored(ground)

    with pytest.raises(InvalidDataError) as refused:
        create_checkpoint(ground.station, chief, {**NEW, **changed})

    assert words in render(refused.value.message)
    assert _stored(ground) == before


def test_fields_are_changed_and_changed_back(ground: Tiny, chief: Actor) -> None:
    """An edit reaches the file and undo takes it back; a status among the fields is passed over."""
    before = _stored(ground)
    values = {"name": "石桥菜市场", "address": "石桥路 18 号", "grid_cell_id": ground.ids["G1"], "status": "closed"}

    done = update_checkpoint(ground.station, chief, ground.ids["P1"], 1, values)

    detail = place_detail(ground.station, chief, ground.ids["P1"])
    assert (detail.row.name, detail.address, detail.grid_cell) == ("石桥菜市场", "石桥路 18 号", "石桥第一网格")
    assert detail.row.status is CheckpointStatus.ACTIVE, "the status has services of its own"
    revert(ground.station, chief, done.patch)
    assert _stored(ground) == before


def test_half_a_coordinate_of_a_stored_checkpoint_is_refused(ground: Tiny, chief: Actor) -> None:
    """What only fits together is judged with what is stored."""
    with pytest.raises(InvalidDataError) as refused:
        update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"lat": ""})

    assert "纬度" in render(refused.value.message)


def test_who_read_an_older_state_does_not_overwrite_a_newer(ground: Tiny, chief: Actor) -> None:
    """The second of two editors is told who stands there now."""
    update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"name": "石桥菜市场"})

    with pytest.raises(ConcurrentChangeError) as refused:
        update_checkpoint(ground.station, chief, ground.ids["P1"], 1, {"name": "别名"})

    assert "石桥菜市场" in render(refused.value.message)
    assert list_places(ground.station, chief)[0].name == "石桥菜市场"


def test_a_checkpoint_that_is_gone_cannot_be_changed(ground: Tiny, chief: Actor) -> None:
    """It is said to be gone."""
    with pytest.raises(InvalidDataError, match=r"places\.gone"):
        update_checkpoint(ground.station, chief, "nobody", 1, {"name": "别名"})


def test_a_viewer_changes_nothing(ground: Tiny) -> None:
    """Editing asks for the permission."""
    with pytest.raises(ForbiddenError):
        create_checkpoint(ground.station, Actor(None, "只读", Role.VIEWER), NEW)
