"""Rows of the ground, the places and what they ask for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from patrol_desk.engine.problem import OFFICIAL
from patrol_desk.models import (
    Account,
    Checkpoint,
    Community,
    Demand,
    EquipmentItem,
    GridCell,
    MapFeature,
    MusterPoint,
    Organisation,
    Rule,
    ShiftPattern,
    Skill,
    Township,
)
from patrol_desk.models.enums import CheckpointKind, MapFeatureKind, OrganisationKind, Role
from patrol_desk.samples.draw import Draw
from patrol_desk.samples.emphasis import held_heads, special
from patrol_desk.samples.folk import DRIVING, FIRST_AID, LANGUAGE, LEADER, PATTERNS, RADIO
from patrol_desk.samples.geometry import degree_line, degrees
from patrol_desk.samples.land import Land
from patrol_desk.samples.person_names import common_name
from patrol_desk.samples.place_names import (
    EQUIPMENT,
    ORGANISATION_HEADS,
    ORGANISATION_TAILS,
    TOWN_CODE,
    TOWN_LETTERS,
    TOWN_NAME,
    numeral,
)
from patrol_desk.samples.posts import Muster, Post
from patrol_desk.samples.sample import Rows
from patrol_desk.samples.sizes import Size

RULES: Final = (
    ("reach_m", 6000),
    ("rest_minutes", 480),
    ("cap_day", 1),
    ("monthly_window_weeks", 4),
    ("monthly_cap", 2),
)
_SKILLS: Final = (
    (FIRST_AID, "急救", "急"),
    (DRIVING, "驾驶", "驾"),
    (RADIO, "对讲机", "讲"),
    (LANGUAGE, "外语", "译"),
    (OFFICIAL, "民警辅警专职", "警"),
)
_PATTERNS: Final = (
    ("AM", "早班", "早", 8 * 60, False),
    ("PM", "午班", "午", 13 * 60, False),
    ("EVE", "晚班", "晚", 18 * 60, False),
    ("NIGHT", "夜班", "夜", 22 * 60, True),
)


@dataclass(slots=True)
class PlaceIds:
    """Ids of what other rows refer to, in the order in which the generator numbers them."""

    communities: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    skills: dict[str, str] = field(default_factory=dict)
    patterns: list[str] = field(default_factory=list)
    musters: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)


def add_office(rows: Rows) -> None:
    """Add the station, its chief and its rules."""
    rows.add(
        Township,
        code=TOWN_CODE,
        name=TOWN_NAME,
        letters=TOWN_LETTERS,
        station_name=f"{TOWN_NAME.removesuffix('镇')}派出所",
        parent_office="市公安局",
        duty_phone="0769-00000110",
        sample_seed=rows.seed,
    )
    name = common_name(Draw(rows.seed, "accounts"), female=False)
    rows.add(Account, code="chief", display_name=name, role=Role.CHIEF)
    for code, number in RULES:
        rows.add(Rule, code=code, checkpoint_kind=None, strength=None, number=number, since=None, who=None)


def add_ground(rows: Rows, land: Land, ids: PlaceIds) -> None:
    """Add communities, grid cells, roads and the river."""
    for number, (name, ring) in enumerate(zip(land.names, land.rings, strict=True), start=1):
        code = f"{TOWN_CODE[:9]}{number:03d}"
        ids.communities.append(rows.add(Community, code=code, name=f"{name}社区", boundary=degree_line(ring)))
    counts = [0] * len(land.names)
    for number, cell in enumerate(land.cells, start=1):
        counts[cell.community] += 1
        ids.cells.append(
            rows.add(
                GridCell,
                code=f"WG-{TOWN_LETTERS}-{number:03d}",
                name=f"{land.names[cell.community]}第{numeral(counts[cell.community])}网格",
                community_id=ids.communities[cell.community],
                boundary=degree_line(cell.ring),
            )
        )
    river = (MapFeatureKind.RIVER, "莞溪河", land.river)
    roads = [
        (MapFeatureKind.MAIN_ROAD if road.main else MapFeatureKind.ROAD, road.name, road.line) for road in land.roads
    ]
    for number, (kind, name, line) in enumerate([river, *roads], start=1):
        code = f"DT-{TOWN_LETTERS}-{number:03d}"
        rows.add(MapFeature, code=code, name=name, kind=kind, line=degree_line(line))


def add_lists(rows: Rows, size: Size, land: Land, ids: PlaceIds) -> None:
    """Add organisations, skills and shift patterns."""
    heads, tails = len(ORGANISATION_HEADS), len(ORGANISATION_TAILS)
    for number in range(size.organisations):
        turn, community = divmod(number, land.valley)
        tail, kind = ORGANISATION_TAILS[(community + turn) % tails]
        head = ORGANISATION_HEADS[(community * 3 + turn) % heads]
        ids.organisations.append(
            rows.add(
                Organisation,
                code=f"DW-{TOWN_LETTERS}-{number + 1:03d}",
                name=f"{land.names[community]}{head}{tail}",
                kind=OrganisationKind(kind),
                community_id=ids.communities[community],
                phone=f"0769-00{number + 1:06d}",
            )
        )
    for code, name, mark in _SKILLS:
        ids.skills[code] = rows.add(Skill, code=code, name=name, mark=mark)
    for code, name, mark, start, night in _PATTERNS:
        ids.patterns.append(
            rows.add(ShiftPattern, code=code, name=name, mark=mark, start_minute=start, length_minutes=240, night=night)
        )


def add_musters(rows: Rows, musters: Sequence[Muster], ids: PlaceIds) -> None:
    """Add the muster points and what they hold."""
    draw = Draw(rows.seed, "equipment")
    for number, muster in enumerate(musters, start=1):
        lon, lat = degrees(muster.point)
        community = ids.communities[muster.community]
        ids.musters.append(
            rows.add(MusterPoint, code=f"A{number}", name=muster.name, community_id=community, lon=lon, lat=lat)
        )
        for item, (name, least, most) in enumerate(EQUIPMENT, start=1):
            if item > 4 and not draw.chance(600):
                continue
            rows.add(
                EquipmentItem,
                code=f"ZB-A{number}-{item:02d}",
                name=name,
                muster_point_id=ids.musters[-1],
                quantity=draw.between(least, most),
            )


def add_posts(rows: Rows, posts: Sequence[Post], land: Land, ids: PlaceIds) -> None:
    """Add the checkpoints and their demand, each with what only some have and with the neighbours' heads."""
    draw = Draw(rows.seed, "addresses")
    fixed = temporary = 0
    for number, post in enumerate(posts):
        passing = post.kind is CheckpointKind.TEMPORARY_DUTY
        temporary, fixed = temporary + passing, fixed + (not passing)
        code = f"T-{temporary:03d}" if passing else f"P-{fixed:04d}" if len(posts) > 999 else f"P-{fixed:03d}"
        lon, lat = degrees(post.point)
        ids.posts.append(
            rows.add(
                Checkpoint,
                code=code,
                name=post.name,
                short_name=post.short,
                kind=post.kind,
                status=post.status,
                tier=post.tier,
                community_id=ids.communities[post.community],
                grid_cell_id=ids.cells[land.cell_at(post.point, post.community)],
                address=f"{land.names[post.community]}路 {draw.between(1, 180)} 号",
                lon=lon,
                lat=lat,
                ended_on=None,
                **special(post, number, rows.monday),
            )
        )
    for post, checkpoint in zip(posts, ids.posts, strict=True):
        _add_demand(rows, post, checkpoint, ids)


def _add_demand(rows: Rows, post: Post, checkpoint: str, ids: PlaceIds) -> None:
    for shift in sorted(post.seats):
        day, pattern = divmod(shift, PATTERNS)
        for kind, (minimum, desired) in sorted(post.seats[shift].items()):
            held = held_heads(post, shift, kind)
            rows.add(
                Demand,
                checkpoint_id=checkpoint,
                pattern_id=ids.patterns[pattern],
                weekday=day,
                skill_id=ids.skills.get(kind),
                leader=kind == LEADER,
                minimum=minimum + held,
                desired=desired + held,
                held=held,
            )
