"""Courses of the people on the roster: before their first duty, and refreshed."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from patrol_desk.models import TrainingRecord
from patrol_desk.models.enums import PersonStatus, TrainingResult
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import FIRST_AID, Folk
from patrol_desk.samples.sample import Rows

BASICS: Final = "岗前培训"
YEARLY: Final = "勤务规范轮训"
FIRST_AID_COURSE: Final = "急救复训"
_RESULTS: Final = ((TrainingResult.PASSED, 900), (TrainingResult.ATTENDED, 80), (TrainingResult.FAILED, 20))


def add_training(rows: Rows, people: Sequence[Folk], person_ids: Sequence[str]) -> None:
    """Add what active people of the roster took part in; some refreshers are overdue, some fall due soon."""
    draw = Draw(rows.seed, "training")
    for person, person_id in zip(people, person_ids, strict=True):
        if person.status is not PersonStatus.ACTIVE or not person.rostered:
            continue
        rows.add(
            TrainingRecord, person_id=person_id, course=BASICS, taken_on=person.status_on, minutes=480,
            result=TrainingResult.PASSED, expires_on=None,
        )  # fmt: skip
        if draw.chance(600):
            _refreshed(rows, draw, person_id, YEARLY, (10, 390), 120, 365)
        if FIRST_AID in person.skills and draw.chance(700):
            _refreshed(rows, draw, person_id, FIRST_AID_COURSE, (10, 740), 240, 730)


def _refreshed(
    rows: Rows, draw: Draw, person_id: str, course: str, ago: tuple[int, int], minutes: int, valid: int
) -> None:
    taken = rows.monday - timedelta(days=draw.between(*ago))
    result = draw.weighted(_RESULTS)
    rows.add(
        TrainingRecord, person_id=person_id, course=course, taken_on=taken, minutes=minutes, result=result,
        expires_on=None if result is TrainingResult.FAILED else taken + timedelta(days=valid),
    )  # fmt: skip
