"""What `bench ui` measures is really done in the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from patrol_desk.app import work
from patrol_desk.ui.shell.pages import PAGES
from tests.helpers.desk import Act, DeskTest


def test_filter_and_switches_are_measured_on_the_pages_themselves(desk_test: Callable[[Act], None]) -> None:
    """A time for every key of the filter, which ends empty; every page is visited while memory is watched."""

    async def act(test: DeskTest) -> None:
        times = await work.filter_keystrokes(test)
        assert len(times) == sum(len(query) + 1 for query in work.FILTERS)
        assert min(times) > 0
        assert not test.find(QLineEdit, "people_search").text()
        growth = await work.memory_over_switches(test, 2 * len(PAGES))
        assert set(test.frame.pages) == {page.name for page in PAGES}
        assert -200 < growth < 200

    desk_test(act)
