"""What makes a generated township's week special, none of which changes what can be filled.

Areas, periods and visits cost points; the neighbours' heads come on top of the own; pairs and spared eves are drawn
among people whose duties of the possible plan keep them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from patrol_desk.models import AreaCheckpoint, PersonPair, PriorityArea, Rule, SecurityPeriod
from patrol_desk.models.enums import (
    ActivityClass,
    CheckpointKind,
    CheckpointStatus,
    PairKind,
    PersonStatus,
    RuleStrength,
)
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.folk import NIGHT, PATTERNS, Folk
from patrol_desk.samples.posts import FESTIVAL, GATE, Post
from patrol_desk.samples.sample import Rows

NEIGHBOURS: Final = ("石岗镇", "清塘镇", "横溪镇", "沙洲镇")
"""Invented names of the towns around."""
_PEOPLE_A_PAIR: Final = 150


def add_rules(rows: Rows) -> None:
    """Add strengths: an official at each gate and pairs as asked where that can be, two nights in a row at most."""
    gates = CheckpointKind.JOINT_GATE
    everywhere = (("apart", None), ("together", None), ("nights_in_row", 2))
    for code, kind, number in (("official", gates, None), *((code, None, number) for code, number in everywhere)):
        strength = RuleStrength.WEIGHTED
        rows.add(Rule, code=code, checkpoint_kind=kind, strength=strength, number=number, since=None, who=None)


def add_areas(rows: Rows, posts: Sequence[Post], places: Sequence[str], cell: str) -> None:
    """Add two priority areas, the festival's list, and two security periods, in the week and after it."""
    monday = rows.monday
    areas = (("中心片区", 1, cell, ""), ("夜市片区", 1, None, "market"), ("年货节名单", 0, None, FESTIVAL))
    for number, (name, raised, grid_cell, style) in enumerate(areas, start=1):
        area = rows.add(
            PriorityArea,
            code=f"PQ-{number:02d}",
            name=name,
            first_on=monday if raised else None,
            last_on=monday + timedelta(days=13) if raised else None,
            raised=raised,
            community_id=None,
            grid_cell_id=grid_cell,
        )
        inside = [place for post, place in zip(posts, places, strict=True) if post.style == style]
        for place in inside[:8]:
            rows.add(AreaCheckpoint, area_id=area, checkpoint_id=place)
    friday = monday + timedelta(days=4)
    rows.add(
        SecurityPeriod,
        code="SD-01",
        name="年货节安保",
        first_on=friday,
        last_on=friday + timedelta(days=2),
        area_id=area,
        checkpoint_kind=None,
        more_minimum=0,
        more_desired=1,
        percent=0,
    )
    rows.add(
        SecurityPeriod,
        code="SD-02",
        name="周末卡口查控",
        first_on=friday + timedelta(days=7),
        last_on=friday + timedelta(days=9),
        area_id=None,
        checkpoint_kind=CheckpointKind.JOINT_GATE,
        more_minimum=1,
        more_desired=1,
        percent=25,
    )


def special(post: Post, number: int, monday: date) -> dict[str, object]:
    """Return the columns of a checkpoint that only some have; `number` counts the checkpoints."""
    gate, festival = post.style == GATE, post.style == FESTIVAL
    few = post.tier == 3 and post.status is CheckpointStatus.ACTIVE and number % 3 == 1
    return {
        "needs_official": post.status is CheckpointStatus.PLANNED,
        "needs_leader": False,
        "weekly_visits": min(3, len(post.seats)) if few else 0,
        "blind_hours": 72 if few else 0,
        "first_on": monday + timedelta(days=4) if festival else None,
        "last_on": monday + timedelta(days=6) if festival else None,
        "neighbour": NEIGHBOURS[number % len(NEIGHBOURS)] if gate else "",
    }


def held_heads(post: Post, shift: int, kind: str) -> int:
    """Return the heads on top of the own that the neighbouring town holds: one at each gate's evening and night."""
    return int(post.style == GATE and kind == "" and shift % PATTERNS >= NIGHT - 1)


def add_pairs(rows: Rows, people: Sequence[Folk], person_ids: Sequence[str]) -> None:
    """Add pairs: apart among people of different squads, together within one."""
    draw = Draw(rows.seed, "pairs")
    fit = [p for p in people if p.status is PersonStatus.ACTIVE and p.activity is ActivityClass.WEEKLY and p.squad >= 0]
    free = draw.shuffled(fit)
    for number in range(max(2, len(people) // _PEOPLE_A_PAIR)):
        one = free.pop()
        together = number % 3 == 0
        other = next(
            (
                each
                for each in free
                if (each.squad == one.squad) == together and not (set(each.duties) & set(one.duties) and not together)
            ),
            None,
        )
        if other is not None:
            free.remove(other)
            rows.add(
                PersonPair,
                person_id=person_ids[one.number - 1],
                other_id=person_ids[other.number - 1],
                kind=PairKind.TOGETHER if together else PairKind.APART,
            )


def spares_eves(person: Folk) -> bool:
    """Say whether a person asks for no night before a workday: some of those whom the possible plan gives no night."""
    return person.number % 12 == 0 and not any(shift % PATTERNS == NIGHT for shift in person.duties)
