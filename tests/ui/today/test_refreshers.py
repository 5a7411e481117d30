"""Courses to refresh are told on the day's page, and lead to those people in the list."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QPushButton

from patrol_desk.common.actor import Actor
from patrol_desk.models import Person, TrainingRecord, TrainingResult
from patrol_desk.services.station import Station
from patrol_desk.services.today import read_alerts
from patrol_desk.services.undo import Done, finish
from patrol_desk.storage import queries
from patrol_desk.ui.pages.people.page import PeoplePage
from tests.helpers.desk import Act, DeskTest
from tests.ui.today.steps import today

TODAY = date(2026, 11, 25)


def due(station: Station, actor: Actor, days: int) -> Done[None]:
    """Have the last day of everybody's newest course be so many days from today, of three people a week earlier."""
    with station.write(actor, "test.course") as unit:
        for place, person in enumerate(queries.many(unit.session, Person)[:12]):
            last = TODAY + timedelta(days=days - (7 if place < 3 else 0))
            course = TrainingRecord(
                person_id=person.id, course="实弹", taken_on=TODAY - timedelta(days=300), minutes=60,
                result=TrainingResult.PASSED, expires_on=last,
            )  # fmt: skip
            unit.session.add(course)
        return finish(unit, None)


def ways(test: DeskTest) -> list[QPushButton]:
    """Return the buttons of the alert about courses."""
    rows = today(test).panel.alerts.findChildren(QPushButton)
    return [one for one in rows if "复训" in one.accessibleName()]


def test_overdue_and_due_each_lead_to_their_people(desk_test: Callable[[Act], None]) -> None:
    """The count is the number of people listed; the file says the same; what is written elsewhere shows at once."""

    async def act(test: DeskTest) -> None:
        await test.desk.write("课", due, 3)
        await test.settled()
        with test.fresh() as station:
            found = read_alerts(station, station.system_actor(), test.desk.now).refreshers
        assert found is not None
        assert found.overdue >= 3
        assert found.due >= 9
        overdue, soon = ways(test)
        assert overdue.accessibleName() == f"查看过期的: {found.overdue} 人复训已过期"
        assert soon.text() == f"{found.due} 人将到期"
        for place, count in enumerate((found.overdue, found.due)):
            test.click(ways(test)[place])
            await test.settled()
            page = test.frame.page
            assert isinstance(page, PeoplePage)
            assert page.model.rowCount() == count
            assert {row.refresh_on < TODAY for row in page.model.shown_rows() if row.refresh_on} == {place == 0}
            await test.page("today")
        ways(test)[0].setFocus()
        test.keys("Return", ways(test)[0])
        await test.settled()
        assert isinstance(test.frame.page, PeoplePage)

    desk_test(act)


def test_the_quick_actions_stand_in_two_even_columns(desk_test: Callable[[Act], None]) -> None:
    """In both languages, and on a low screen in large letters: buttons of a column begin and end alike."""

    async def act(test: DeskTest) -> None:
        buttons = today(test).panel.quick.findChildren(QPushButton)
        assert len(buttons) == 5
        for language, scale in (("zh", 1.0), ("en", 1.0), ("en", 1.3), ("zh", 1.3)):
            test.desk.language_wanted.emit(language)
            test.desk.scale_wanted.emit(scale)
            await test.settled()
            spans = [(one.x(), one.width()) for one in buttons]
            assert spans[0] == spans[2] == spans[4], (language, scale)
            assert spans[1] == spans[3], (language, scale)
            assert abs(spans[0][1] - spans[1][1]) <= 1, (language, scale)

    desk_test(act)
