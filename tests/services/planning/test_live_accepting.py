"""Some changes of a candidate are accepted: only those are written, checked once more, as one step."""

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ConcurrentChangeError, PatrolError
from patrol_desk.common.message import Message
from patrol_desk.messages import LANGUAGES, render
from patrol_desk.models import Assignment
from patrol_desk.services.planning.draft import Mode
from patrol_desk.services.planning.live import RunStart, accept_run, compare_candidate, prepare_run
from patrol_desk.services.planning.live_accepting import accept_changes
from patrol_desk.services.planning.live_compare import PlanChange
from patrol_desk.services.undo import revert
from patrol_desk.storage import queries
from tests.helpers.tiny import WEEK, Tiny
from tests.services.planning.test_live import held, planned


def proposed(tiny: Tiny, chief: Actor) -> tuple[RunStart, tuple[PlanChange, ...]]:
    """Return a run of the empty week and what it would change."""
    start = prepare_run(tiny.station, chief, WEEK, Mode.FRESH)
    result, _ = planned(start)
    comparison = compare_candidate(start, result)
    assert comparison is not None
    return start, comparison.changes


def test_only_what_is_wanted_is_written_and_taken_back(tiny: Tiny, chief: Actor) -> None:
    """Two of the additions make a draft of two duties; undo leaves none; then the data has moved on for others."""
    start, changes = proposed(tiny, chief)
    assert {change.kind for change in changes} == {"added"}
    assert held(tiny) == set()
    done = accept_changes(tiny.station, chief, start, changes[:2])
    code = {value: key for key, value in tiny.ids.items()}
    wanted = [change.come for change in changes[:2] if change.come is not None]
    assert held(tiny) == {(code[seat.person_id], code[seat.checkpoint_id], seat.on_date.weekday()) for seat in wanted}
    assert done.value == 1
    with pytest.raises(ConcurrentChangeError):
        accept_changes(tiny.station, chief, start, changes[2:])
    revert(tiny.station, chief, done.patch)
    assert held(tiny) == set()


def test_replaced_and_removed_duties_go(tiny: Tiny, chief: Actor) -> None:
    """A removal takes somebody off; a locked duty is refused."""
    start, _ = proposed(tiny, chief)
    result, _ = planned(start)
    accept_run(tiny.station, chief, start, result)
    before = held(tiny)
    again = prepare_run(tiny.station, chief, WEEK, Mode.LEAST_CHANGE)
    seat = again.prepared.present[0]
    removed = PlanChange("removed", again.names.seat(seat), "", gone=seat)
    done = accept_changes(tiny.station, chief, again, [removed])
    assert len(before - held(tiny)) == 1
    revert(tiny.station, chief, done.patch)
    with tiny.station.write(chief, "test.lock") as unit:
        for row in queries.many(unit.session, Assignment):
            row.locked = True
        unit.commit()
    again = prepare_run(tiny.station, chief, WEEK, Mode.LEAST_CHANGE)
    with pytest.raises(PatrolError):
        accept_changes(tiny.station, chief, again, [removed])
    assert held(tiny) == before


def test_what_no_longer_fits_without_the_rest_is_named(tiny: Tiny, chief: Actor) -> None:
    """Somebody who would stand in two places at once is refused in words, and nothing is written."""
    start, changes = proposed(tiny, chief)
    first = changes[0]
    assert first.come is not None
    others = [change.come for change in changes[1:] if change.come is not None]
    beside = next(seat for seat in others if seat[1:4] == first.come[1:4])
    twice = PlanChange("added", first.seat, first.person, come=beside._replace(person_id=first.come.person_id))
    with pytest.raises(PatrolError) as caught:
        accept_changes(tiny.station, chief, start, [first, twice])
    assert caught.value.message.code == "live.part_refused"
    assert isinstance(caught.value.message, Message)
    assert all(render(caught.value.message, language) for language in LANGUAGES)
    assert held(tiny) == set()
