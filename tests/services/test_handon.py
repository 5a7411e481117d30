"""What is handed on without paper says what the file says, and a filled form comes back."""

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError, InvalidDataError, PatrolError
from patrol_desk.messages import Language
from patrol_desk.models import Availability, Person
from patrol_desk.services.handon.read import availability_books, calendars
from patrol_desk.services.importing import ImportOptions, import_folder
from patrol_desk.services.planning.publish import publish
from patrol_desk.services.printed.ask import Ask
from patrol_desk.services.printed.marks import PlanState
from patrol_desk.services.station import Station
from patrol_desk.storage import queries
from tests.helpers.tiny import CLOCK, MONDAY, WEEK, Tiny
from tests.services.test_sheets import assign
from tests.services.test_sheets_week import second_draft

SEATS = (("A", "P1", "D", 0), ("B", "P1", "D", 0), ("C", "P2", "N", 4))


def test_a_persons_calendar_holds_own_duties_only(tiny: Tiny, chief: Actor) -> None:
    """The night ends on the next day; who has no duty has no calendar unless named."""
    assign(tiny, *SEATS)
    made = {one.code: one for one in calendars(tiny.station, chief, Ask(week=WEEK), of_squads=False)}
    assert sorted(made) == ["A", "B", "C"]
    (night,) = made["C"].events
    friday = datetime.combine(MONDAY + timedelta(days=4), datetime.min.time())
    assert (night.start, night.end) == (friday + timedelta(hours=22), friday + timedelta(hours=26))
    assert (night.place, night.people, made["C"].state) == ("石桥桥头", (), PlanState.DRAFT)
    assert night.uid == "20261127-N-P2-person-C@441900121000.patrol-desk"
    (named,) = calendars(tiny.station, chief, Ask(week=WEEK, persons=("X",)), of_squads=False)
    assert named.events == ()


def test_a_squads_calendar_joins_who_stands_together(tiny: Tiny, chief: Actor) -> None:
    """One event for the patrol, with its names."""
    assign(tiny, *SEATS)
    first, second = calendars(tiny.station, chief, Ask(week=WEEK), of_squads=True)
    assert [event.people for event in first.events] == [("甲A", "甲B")]
    assert [event.people for event in second.events] == [("甲C",)]


def test_the_same_duty_keeps_its_identifier_in_the_next_version(tiny: Tiny, chief: Actor) -> None:
    """A calendar program changes the event instead of adding another."""
    assign(tiny, *SEATS)
    publish(tiny.station, chief, WEEK)
    before = calendars(tiny.station, chief, Ask(week=WEEK, persons=("A",)), of_squads=False)[0]
    second_draft(tiny, chief, *SEATS)
    after = calendars(tiny.station, chief, Ask(week=WEEK, persons=("A",), number=2), of_squads=False)[0]
    assert [event.uid for event in before.events] == [event.uid for event in after.events]
    assert (before.number, after.number) == (1, 2)


def test_unknown_people_and_missing_weeks_are_said(tiny: Tiny, chief: Actor) -> None:
    """By code; nothing is made."""
    assign(tiny, *SEATS)
    with pytest.raises(PatrolError) as unknown:
        calendars(tiny.station, chief, Ask(week=WEEK, persons=("A", "Z9")), of_squads=False)
    assert unknown.value.message.params == {"codes": ["Z9"]}
    with pytest.raises(InvalidDataError):
        calendars(tiny.station, chief, Ask(), of_squads=True)


def test_a_viewer_hands_nothing_on(tiny: Tiny) -> None:
    """As printing."""
    viewer = Actor(None, "看", "viewer")
    with pytest.raises(ForbiddenError):
        calendars(tiny.station, viewer, Ask(week=WEEK), of_squads=True)
    with pytest.raises(ForbiddenError):
        availability_books(tiny.station, viewer, Ask())


def test_forms_hold_everybody_with_every_shift(tiny: Tiny, chief: Actor) -> None:
    """Leaders first; who never said anything has blanks; a squad of nobody only when named."""
    from patrol_desk.models import Squad

    tiny.add(tiny.person("Q"), Squad(code="S3", name="空队"))
    tiny.add(tiny.member("Q", "S1"))
    first, second = availability_books(tiny.station, chief, Ask())
    assert [(line.person, line.pattern, line.days) for line in first.lines] == [
        ("A", "D", (2,) * 7), ("A", "N", (2,) * 7), ("B", "D", (2,) * 7), ("B", "N", (2,) * 7),
        ("Q", "D", None), ("Q", "N", None),
    ]  # fmt: skip
    assert (first.township, second.code) == ("莞溪镇", "S2")
    (empty,) = availability_books(tiny.station, chief, Ask(squads=("S3",)))
    assert empty.lines == ()


def test_no_township_no_form(tmp_path: Path) -> None:
    """The sentence of all sheets."""
    with Station.create(tmp_path / "空.db", None, clock=CLOCK) as station, pytest.raises(PatrolError):
        availability_books(station, station.system_actor(), Ask())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("together", [False, True])
def test_a_filled_form_is_imported_as_it_is(
    tiny: Tiny, chief: Actor, tmp_path: Path, language: Language, *, together: bool
) -> None:
    """Untouched it changes nothing; one cell filled anew changes that day; nothing is rejected."""
    from patrol_desk.printing import Look
    from patrol_desk.printing.handon.files import HandOn, hand_on
    from patrol_desk.services.handon.forms import Form

    what = HandOn("availability", Form.XLSX, Ask(), together=together, look=Look(language))
    folder = tmp_path / "表"
    done = hand_on(tiny.station, chief, what, folder)
    assert len(done.files) == (1 if together else 2)
    report = import_folder(tiny.station, chief, folder, ImportOptions())
    assert [(table.table.name, table.same, table.rejected) for table in report.tables] == [("availability", 10, 0)]
    book = openpyxl.load_workbook(done.files[0])
    sheet = book.worksheets[0]
    (row,) = (cells for cells in sheet.iter_rows() if cells[0].value == "A" and cells[3].value == "N")
    row[6].value = "尽量不" if language == "zh" else "avoid"
    book.save(done.files[0])
    import_folder(tiny.station, chief, folder, ImportOptions())
    with tiny.station.read() as session:
        person = queries.first(session, Person, "id", code="A")
        assert person is not None
        stored = {one.pattern_id: one for one in queries.many(session, Availability, person_id=person.id)}
    assert stored[tiny.ids["N"]].tuesday == 1
    assert stored[tiny.ids["D"]].tuesday == 2
