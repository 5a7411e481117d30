"""Generated townships: the same size, seed and week give the same rows on every machine."""

from datetime import date
from typing import Final

from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message
from patrol_desk.samples.demand import total_heads
from patrol_desk.samples.emphasis import add_areas, add_pairs, add_rules
from patrol_desk.samples.history import Historian
from patrol_desk.samples.holidays import add_holidays
from patrol_desk.samples.land import make_land
from patrol_desk.samples.people import PeopleMaker
from patrol_desk.samples.people_rows import (
    add_abilities,
    add_history,
    add_memberships,
    add_people,
    add_squads,
    add_teams,
)
from patrol_desk.samples.place_rows import PlaceIds, add_ground, add_lists, add_musters, add_office, add_posts
from patrol_desk.samples.posts import PostMaker, make_musters
from patrol_desk.samples.sample import Rows, Sample
from patrol_desk.samples.saturate import Saturator
from patrol_desk.samples.sizes import SizeName, size_named
from patrol_desk.samples.squads import make_bands
from patrol_desk.samples.statuses import add_statuses
from patrol_desk.samples.times import draw_availability
from patrol_desk.samples.training import add_training

MONDAY: Final = date(2026, 11, 23)
"""First day of the week that a sample is planned for unless another is asked for."""


def generate(size: SizeName, seed: int, monday: date = MONDAY) -> Sample:
    """Return a generated township.

    Parameters
    ----------
    size
        ``"small"`` (600 people), ``"township"`` (8,500) or ``"large"`` (28,000).
    seed
        Any whole number from 0.
    monday
        First day of the week to be planned; history lies before it.

    Raises
    ------
    InvalidDataError
        There is no such size, the seed is below 0 or the day is no Monday.
    """
    if monday.weekday() != 0:
        raise InvalidDataError(Message("sample.not_a_monday", {"value": monday.isoformat()}))
    if seed < 0:
        raise InvalidDataError(Message("sample.negative_seed", {"value": seed}))
    counts = size_named(size)
    land = make_land(counts, seed)
    bands = make_bands(counts, seed, monday, land)
    posts = PostMaker(counts, seed, land).make()
    musters = make_musters(counts, seed, land)
    people = PeopleMaker(counts, seed, monday, land, bands).make()
    draw_availability(people, seed)
    scarcities = Saturator(seed, monday, bands, posts).run()
    history = list(Historian(seed, monday, bands, posts).write())

    rows, ids = Rows(seed, monday), PlaceIds()
    add_office(rows)
    add_rules(rows)
    add_ground(rows, land, ids)
    add_lists(rows, counts, land, ids)
    add_holidays(rows)
    add_musters(rows, musters, ids)
    add_posts(rows, posts, land, ids)
    add_areas(rows, posts, ids.posts, ids.cells[0])
    squad_ids = add_squads(rows, bands, ids)
    person_ids = add_people(rows, people, ids)
    add_statuses(rows, people, person_ids)
    add_memberships(rows, people, person_ids, bands, squad_ids)
    add_teams(rows, counts.teams, musters, people, person_ids, ids)
    add_pairs(rows, people, person_ids)
    add_abilities(rows, people, person_ids, ids)
    add_training(rows, people, person_ids)
    add_history(rows, history, person_ids, ids)
    return Sample(size, seed, monday, rows.by_model, total_heads(posts), scarcities)
