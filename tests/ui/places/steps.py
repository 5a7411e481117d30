"""What the tests of the page of places share: going there, and reading back what is really in the file."""

from PySide6.QtWidgets import QLabel

from patrol_desk.models import Checkpoint, EquipmentItem, MusterPoint
from patrol_desk.services.places import place_detail
from patrol_desk.services.places.rows import PlaceDetail, SeatDemand
from patrol_desk.storage import bulk
from patrol_desk.ui.pages.places.page import PlacesPage
from tests.helpers.desk import DeskTest

DAYS = 7


async def opened(test: DeskTest) -> PlacesPage:
    """Go to the page with the focus in its list."""
    test.window.activateWindow()
    await test.until(test.window.isActiveWindow)
    page = await test.page("places")
    assert isinstance(page, PlacesPage)
    await test.settled()
    return page


async def musters(test: DeskTest) -> PlacesPage:
    """Go to the muster points by key."""
    page = await opened(test)
    test.keys("Alt+2")
    await test.settled()
    return page


def stored(test: DeskTest, code: str) -> PlaceDetail:
    """Return a checkpoint from the file itself."""
    with test.fresh() as station:
        with station.read() as session:
            ((record_id,),) = bulk.rows(session, Checkpoint, ["id"], where={"code": code})
        return place_detail(station, station.system_actor(), record_id)


def seats(test: DeskTest, code: str, pattern: int, weekday: int) -> tuple[SeatDemand, ...]:
    """Return what a checkpoint asks for in one cell, from the file itself."""
    return stored(test, code).cells[pattern * DAYS + weekday].seats


def codes(test: DeskTest) -> list[str]:
    """Return the codes of all checkpoints, from the file itself."""
    with test.fresh() as station, station.read() as session:
        return [row[0] for row in bulk.rows(session, Checkpoint, ["code"], order_by=("code",))]


def stock(test: DeskTest) -> dict[str, tuple[int, bool]]:
    """Return code → quantity and whether it is retired, from the file itself."""
    with test.fresh() as station, station.read() as session:
        rows = bulk.rows(session, EquipmentItem, ["code", "quantity", "ended_on"])
        return {code: (quantity, ended is not None) for code, quantity, ended in rows}


def muster_points(test: DeskTest) -> dict[str, tuple[str, bool]]:
    """Return code → name and whether it is retired, from the file itself."""
    with test.fresh() as station, station.read() as session:
        rows = bulk.rows(session, MusterPoint, ["code", "name", "ended_on"])
        return {code: (name, ended is not None) for code, name, ended in rows}


def said(test: DeskTest) -> str:
    """Return every word that is visible in the window."""
    return "\n".join(label.text() for label in test.window.findChildren(QLabel) if label.isVisible())
