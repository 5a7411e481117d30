"""The tour: offered once on the sample, gone through by keys, in the way of nothing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from patrol_desk.app.run import offer_tour
from patrol_desk.services.station import Station
from patrol_desk.ui.settings import TOUR, Settings
from patrol_desk.ui.tour.steps import STEPS
from patrol_desk.ui.tour.tour import Tour
from tests.helpers.desk import Act, DeskTest


@pytest.fixture(autouse=True)
def _on_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tests' station count as the sample, which has the tour."""
    monkeypatch.setattr(Station, "is_sample", True)


def card(test: DeskTest) -> Tour:
    """Return the card on show."""
    return test.find(Tour, "tour_card")


def words(test: DeskTest) -> str:
    """Return all that the card says."""
    return " ".join(label.text() for label in card(test).findChildren(QLabel))


async def pointed(test: DeskTest) -> QWidget:
    """Wait until the frame stands around the station's control, and return the control."""
    name = STEPS[card(test).at].target

    def both() -> bool:
        shown = [each for each in test.window.findChildren(QWidget) if each.isVisible()]
        return {name, "tour_frame"} <= {each.objectName() for each in shown}

    try:
        await test.until(both, 10)
    except TimeoutError as late:
        raise AssertionError(name) from late
    frame = test.find(QWidget, "tour_frame")
    target = test.find(QWidget, STEPS[card(test).at].target)

    def around() -> bool:
        inside = QRect(target.mapTo(test.frame, target.rect().topLeft()), target.size())
        return frame.geometry().contains(inside.intersected(test.frame.rect()))

    await test.until(around)
    return target


def test_every_station_is_pointed_at_by_key_and_the_card_stands_beside_it(desk_test: Callable[[Act], None]) -> None:
    """Alt+Right goes through all stations; the card never covers a control small enough to stand beside."""

    async def act(test: DeskTest) -> None:
        await test.page("today")
        offer_tour(test.window)
        await test.settled()
        seen = []
        for number, step in enumerate(STEPS):
            assert card(test).at == number
            target = await pointed(test)
            seen.append(test.frame.page.name if test.frame.page is not None else "")
            place = QRect(target.mapTo(test.frame, target.rect().topLeft()), target.size())
            assert test.frame.rect().contains(card(test).geometry())
            if place.width() < test.frame.width() // 2:
                assert not card(test).geometry().intersects(place), step.target
            test.keys("Alt+Right")
            await test.settled()
        assert seen == [step.page for step in STEPS]
        assert not test.window.findChildren(Tour)
        offer_tour(test.window)
        assert not test.window.findChildren(Tour), "it is offered once"
        assert Settings(test.desk.settings.file).get(TOUR)

    desk_test(act)


def test_the_tour_is_in_the_way_of_nothing(desk_test: Callable[[Act], None]) -> None:
    """While it runs keys work the page; back, skip, and a change of language and look are taken at once."""

    async def act(test: DeskTest) -> None:
        await test.page("today")
        test.desk.commands.start("tour")
        await test.settled()
        test.keys("Alt+Right")
        await test.settled()
        assert "2 / 7" in words(test)
        test.keys("Ctrl+Shift+L")
        await test.settled()
        assert "Roster" in words(test)
        test.window.use_look("dark")
        test.keys("Ctrl+3")
        await test.settled()
        assert test.frame.page is not None
        assert test.frame.page.name == "people"
        test.keys("Alt+Left")
        await test.settled()
        assert "1 / 7" in words(test)
        assert not test.find(QAbstractButton, "tour_back").isEnabled()
        test.keys("Shift+Esc")
        await test.settled()
        assert not test.window.findChildren(Tour)

    desk_test(act)


def test_help_begins_the_tour_again(desk_test: Callable[[Act], None]) -> None:
    """From help by its button; a second wish while it runs makes no second card; leaving the station ends it."""

    async def act(test: DeskTest) -> None:
        await test.page("places")
        test.keys("F1")
        test.click(test.find(QAbstractButton, "help_tour"))
        await test.settled()
        assert card(test).at == 0
        test.desk.commands.start("tour")
        assert len(test.window.findChildren(Tour)) == 1
        test.window.leave_station()
        await test.until(lambda: test.window.frame is None)
        await test.until(lambda: not test.window.findChildren(Tour))

    desk_test(act)


def test_no_tour_on_a_station_of_its_own(desk_test: Callable[[Act], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A station with real people is not toured, and has no button for it; the offer is kept for the sample."""
    monkeypatch.setattr(Station, "is_sample", False)

    async def act(test: DeskTest) -> None:
        offer_tour(test.window)
        await test.settled()
        assert not test.window.findChildren(Tour)
        assert not test.desk.settings.get(TOUR)
        test.keys("F1")
        assert not test.window.findChildren(QAbstractButton, "help_tour")[0].isVisible()

    desk_test(act)
