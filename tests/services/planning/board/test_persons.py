"""The board by person: duties, shifts closed by rest, wishes, figures."""

import numpy as np

from patrol_desk.engine.problem import PREFER, UNAVAILABLE
from patrol_desk.services.finding.keys import matches
from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.board.persons import PersonWeek, two_characters
from patrol_desk.services.planning.board.queues import QUEUES, loads, queue
from patrol_desk.services.planning.board.squads import SquadWeek
from tests.helpers.boards import Desk
from tests.helpers.cells import FRIDAY_NIGHT, MONDAY_DAY


def test_two_characters_stand_for_a_place_among_its_neighbours() -> None:
    """What all places of a community begin with is left out, unless too little remains."""
    assert two_characters("石桥市场", "石桥社区") == "市场"
    assert two_characters("石桥社区东门岗", "石桥社区") == "东门"
    assert two_characters("石桥岗", "石桥村") == "石桥"
    assert two_characters("镇政府", "") == "镇政"


def test_names_are_found_by_initials(planned: Board) -> None:
    """Everybody has a key that their own name finds."""
    week = PersonWeek(SquadWeek(planned))
    names = planned.frame.names.people
    assert all(matches(name, key) for name, key in zip(names, week.keys.people, strict=True))
    assert all(matches(row.name, key) for row, key in zip(week.squads.rows, week.keys.squads, strict=True) if row.name)


def test_everybody_on_the_roster_has_a_line_in_their_squad_leaders_first(planned: Board) -> None:
    """Everybody on the roster has a line in their squad, leaders first."""
    week = PersonWeek(SquadWeek(planned))
    people = planned.frame.problem.people
    shown = [person for row in week.squads.rows for person in week.of_squad(row)]
    assert sorted(shown) == np.flatnonzero(people.on_roster).tolist()
    for row in week.squads.rows:
        members = week.of_squad(row)
        assert {int(people.squad[person]) for person in members} <= {row.index}
        roles = [int(people.role[person]) for person in members]
        assert roles == sorted(roles, reverse=True)
        first = week.row(members[0])
        assert first.role != "" or not row.leader
        assert first.name == row.leader or not row.leader


def test_a_line_shows_duties_rest_and_wishes(planned: Board) -> None:
    """A line shows duties, what rest closes, and wishes."""
    week, frame = PersonWeek(SquadWeek(planned)), planned.frame
    people = frame.problem.people
    for person in planned.stand.by_person:
        cells = week.cells(person)
        served = {item.cell % len(planned.shifts) for item in planned.stand.by_person[person]}
        assert {shift for shift, cell in enumerate(cells) if cell.row >= 0} == served
        assert week.row(person).duties == len(served)
        for shift, cell in enumerate(cells):
            near = any(not frame.both[shift, other] for other in served if other != shift)
            assert cell.closed == (shift not in served and near)
            if people.leave[person, shift]:
                assert cell.wish == "leave"
            elif people.availability[person, shift] == UNAVAILABLE:
                assert cell.wish == "never"
            else:
                assert (cell.wish == "prefer") == (people.availability[person, shift] >= PREFER)
            ids = week.assignments(person, shift)
            assert len(ids) == (1 + cell.more if cell.row >= 0 else 0)
            assert all(planned.where(each) == (cell.row, shift) for each in ids)


def test_the_figures_count_people_and_nights(manned: Desk) -> None:
    """The figures count people and nights."""
    figures = PersonWeek(SquadWeek(manned.board)).figures
    assert figures.people == int(manned.board.frame.problem.people.on_roster.sum())
    assert (figures.most, figures.nights, figures.night_people) == (1, 1, 1)
    assert figures.idle == figures.people - 3
    assert figures.mean == 3 / figures.people
    assert manned.board.shifts[FRIDAY_NIGHT[1]].night
    assert not manned.board.shifts[MONDAY_DAY[1]].night
    assert 0 < figures.fairness < 1


def test_an_empty_week_is_fair(small: Desk) -> None:
    """An empty week is fair, and nobody is at the cap."""
    figures = PersonWeek(SquadWeek(small.board)).figures
    assert (figures.fairness, figures.nights, figures.at_cap) == (1.0, 0, 0)


def test_whoever_has_waited_longest_is_first_in_the_queue(planned: Board) -> None:
    """Ranks of a squad go by the days since the last duty of the class; whoever has none comes before all."""
    week = PersonWeek(SquadWeek(planned))
    row = next(row for row in week.squads.rows if len(week.of_squad(row)) > 3)
    people = week.of_squad(row)
    for each in QUEUES:
        places = [queue(week, person, each) for person in people]
        assert all(place.people == len(people) for place in places)
        assert min(place.rank for place in places) == 1
        for place in places:
            longer = [other for other in places if other.days is None or (place.days or -1) < other.days]
            expected = 1 if place.days is None else 1 + sum(o.days is None or o.days > place.days for o in places)
            assert place.rank == expected
            assert place.rank <= len(longer) + 1


def test_a_persons_load_stands_beside_the_squads_median(planned: Board) -> None:
    """Own duties of each class as the plan counts them, and the median of the squad's people."""
    week, people = PersonWeek(SquadWeek(planned)), planned.frame.problem.people
    row = week.squads.rows[0]
    members = week.of_squad(row)
    for one in loads(week, members[0]):
        assert one.own == people.load[members[0], one.load_class]
        assert one.median == float(np.median([people.load[each, one.load_class] for each in members]))
