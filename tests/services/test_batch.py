"""All sheets of a kind are read once: what can be chosen, each sheet signed, copies in order."""

from datetime import timedelta

import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, PatrolError
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.batch import Batch, Wanted, name_of, open_batch
from patrol_desk.services.printed.content import short_hash
from patrol_desk.services.printed.keys import known_seal, make_seal, station_seal
from patrol_desk.services.printed.kinds import KINDS
from patrol_desk.services.printed.marks import PrivacyProfile
from patrol_desk.services.printed.memory import PAPER, remember
from patrol_desk.services.printed.read import printed_sheets
from tests.helpers.tiny import MONDAY, WEEK, Tiny
from tests.services.test_printed import add_places
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft

SEATS = (("A", "P1", "D", 0), ("B", "P1", "D", 0), ("C", "P2", "N", 4))
OFFICE, LEADER = PrivacyProfile.OFFICE, PrivacyProfile.LEADER


def batch(tiny: Tiny, chief: Actor, kind: str, **changed: object) -> Batch:
    """Open the sheets of a kind, of Monday or its week."""
    wanted = Wanted(kind, MONDAY, OFFICE if OFFICE in KINDS[kind].profiles else LEADER, **changed)  # type: ignore[arg-type]  # names are its fields
    return open_batch(tiny.station, chief, wanted, station_seal(tiny.station, chief))


def chosen(made: Batch) -> list[tuple[str, str, int]]:
    """Return code, name and duties of what can be chosen."""
    return [(line.code, line.name, line.duties) for line in made.lines]


def test_squads_are_built_on_demand_for_any_reader(tiny: Tiny, chief: Actor) -> None:
    """Ids of squads in the lines, signed sheets, a code nobody has."""
    assign(tiny, *SEATS)
    made = batch(tiny, chief, "squad-week")
    assert chosen(made) == [("S1", "石桥队", 2), ("S2", "榕树队", 1)]
    assert made.lines[0].id == tiny.ids["S1"]
    assert made.version is not None
    assert [choice.number for choice in made.versions] == [1]
    assert made.sheet("S1").frame.signature
    for_leader = made.for_readers(LEADER)
    assert for_leader is not None
    assert for_leader.sheet("S1").frame.profile is LEADER
    with pytest.raises(KeyError):
        made.sheet("S9")
    assert "甲A" in list(made.texts())
    unsigned = open_batch(tiny.station, chief, made.wanted)
    assert unsigned.sheet("S1").frame.signature == ""


def test_other_kinds_say_how_many_serve(tiny: Tiny, chief: Actor) -> None:
    """Places by day and week, people, squads' own sign-in sheets, forms."""
    add_places(tiny)
    assign(tiny, *SEATS)
    assert chosen(batch(tiny, chief, "checkpoint-week")) == [("P1", "石桥市场", 2), ("P2", "石桥桥头", 1)]
    assert chosen(batch(tiny, chief, "muster-day")) == [("M1", "镇政府广场", 2)]
    assert chosen(batch(tiny, chief, "sign-in")) == [("P1", "石桥市场", 2)]
    assert chosen(batch(tiny, chief, "sign-in", of_squads=True)) == [("S1", "石桥队", 2), ("S2", "榕树队", 0)]
    assert chosen(batch(tiny, chief, "slip")) == [("A", "甲A", 1), ("B", "甲B", 1), ("C", "甲C", 1)]
    forms = batch(tiny, chief, "availability")
    assert (chosen(forms), forms.version, forms.versions) == ([("S1", "石桥队", 0), ("S2", "榕树队", 0)], None, ())
    assert forms.for_readers(LEADER) is None
    assert [line.code for line in batch(tiny, chief, "hours").lines] == ["S1", "S2"]
    (card,) = batch(tiny, chief, "call-out").lines
    assert card.name == "市场东门"
    assert {name_of(forms.sheet("S1")), name_of(batch(tiny, chief, "overview").sheet("441900121000"))} == {
        "石桥队",
        "441900121000",
    }


def test_copies_are_numbered_and_slips_share_papers(tiny: Tiny, chief: Actor) -> None:
    """In the order to print, whatever the order of the codes; four slips to a paper, copies counted."""
    assign(tiny, *SEATS)
    made = batch(tiny, chief, "slip")
    printed = [(sheet.subject, sheet.frame.copy_number) for sheet in made.sheets(["C", "A"], 2)]
    assert printed == [("A", 1), ("A", 2), ("C", 1), ("C", 2)]
    assert [sheet.frame.copy_number for sheet in made.sheets(["A"])] == [0]
    codes = ["A", "B", "C"]
    papers = made.papers(codes, 2, shared=True)
    assert papers == [(("A", 1), ("A", 2), ("B", 1), ("B", 2)), (("C", 1), ("C", 2))]
    assert [sheet.frame.copy_number for sheet in made.on_paper(papers[1], 2)] == [1, 2]
    assert made.papers(codes, 2, shared=False) == [(("A", 1),), (("B", 1),), (("C", 1),)]


def test_outdated_sheets_of_the_kind_and_day_alone(tiny: Tiny, chief: Actor) -> None:
    """Another day's sign-in sheet and another kind are not this batch's."""
    assign(tiny, *SEATS)
    publish(tiny.station, chief, WEEK)
    friday = MONDAY + timedelta(days=4)
    for kind, ask in (("sign-in", Ask(day=MONDAY)), ("sign-in", Ask(day=friday)), ("squad-week", Ask(week=WEEK))):
        remember(tiny.station, chief, printed_sheets(tiny.station, chief, kind, ask), PAPER)
    second_draft(tiny, chief, ("A", "P1", "D", 0), ("X", "P2", "N", 4))
    publish(tiny.station, chief, WEEK)
    assert list(batch(tiny, chief, "sign-in").held) == ["P1"]
    assert list(open_batch(tiny.station, chief, Wanted("sign-in", friday, OFFICE)).held) == ["P2"]
    assert list(batch(tiny, chief, "squad-week").held) == ["S1", "S2"]
    slips = batch(tiny, chief, "change-slip")
    assert {line.code: line.changed for line in slips.lines} == {"S1": 1, "S2": 2}


def test_a_week_without_a_plan_and_a_viewer_are_refused(tiny: Tiny, chief: Actor) -> None:
    """By the sentences of all sheets."""
    with pytest.raises(PatrolError) as refused:
        batch(tiny, chief, "overview")
    assert refused.value.message.code == "sheet.no_version"
    with pytest.raises(ForbiddenError):
        open_batch(tiny.station, Actor(None, "看", "viewer"), Wanted("availability", MONDAY, OFFICE))


def test_a_stations_key_is_made_once(tiny: Tiny, chief: Actor) -> None:
    """Two windows that both found none end with the same key."""
    assign(tiny, *SEATS)
    assert known_seal(tiny.station, chief) is None
    first, second = make_seal(tiny.station, chief).value, make_seal(tiny.station, chief).value
    assert first == second == known_seal(tiny.station, chief)
    sheet = batch(tiny, chief, "overview").sheet("441900121000")
    assert short_hash(sheet)
