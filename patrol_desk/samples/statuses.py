"""How people came into their statuses: step by step where that is recent, else as they were taken over."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from patrol_desk.models import Account, PersonStatusChange
from patrol_desk.models.enums import PersonStatus
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import Folk
from patrol_desk.samples.sample import Rows

KEPT_DAYS: Final = 540
"""The station notes each step since so many days; of who came before only the status is known."""
_STEPS: Final = (PersonStatus.APPLIED, PersonStatus.VETTED, PersonStatus.AWAITING_TRAINING, PersonStatus.ACTIVE)
_REASONS: Final = {
    PersonStatus.APPLIED: ("", "本人申请", "单位推荐", "社区推荐"),
    PersonStatus.VETTED: ("", "材料齐全", "已核对身份"),
    PersonStatus.AWAITING_TRAINING: ("", "等候下期培训"),
    PersonStatus.ACTIVE: ("", "培训合格"),
}


def add_statuses(rows: Rows, people: Sequence[Folk], person_ids: Sequence[str]) -> None:
    """Add everybody's history; the last entry is the status that holds."""
    draw = Draw(rows.seed, "statuses")
    chief = rows.by_model[Account][0]["id"]
    for person, person_id in zip(people, person_ids, strict=True):
        for status, day, reason, origin in _history(person, rows.monday, draw):
            at = datetime.combine(day, time(1), UTC) + timedelta(minutes=draw.below(480))
            rows.add(
                PersonStatusChange, person_id=person_id, status=status, on_date=day, reason=reason, origin=origin,
                changed_at=at, changed_by=chief,
            )  # fmt: skip


def _history(person: Folk, monday: date, draw: Draw) -> Iterator[tuple[PersonStatus, date, str, str]]:
    """Yield status, first day, reason and what was done, the earliest first."""
    last, day = person.status, person.status_on
    if last is PersonStatus.INACTIVE:
        yield PersonStatus.ACTIVE, person.joined, "", "import"
        yield last, day, person.status_reason, "person.retire"
        return
    if day < monday - timedelta(days=KEPT_DAYS):
        yield last, day, person.status_reason, "import"
        return
    steps = _STEPS[: _STEPS.index(last) + 1]
    days = [day]
    for _ in steps[1:]:
        days.insert(0, days[0] - timedelta(days=draw.between(3, 24)))
    for step, on in zip(steps, days, strict=True):
        reason = person.status_reason if step is last else draw.pick(_REASONS[step])
        yield step, on, reason, "person.create" if step is PersonStatus.APPLIED else "person.status"
