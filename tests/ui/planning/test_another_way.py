"""Another way of planning is chosen while a result is in sight."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from patrol_desk.ui.pages.planning.session import Stage
from tests.helpers.desk import Act, DeskTest
from tests.ui.planning.test_planning import EMPTY, HALF_MINUTE, opened, stage


def test_another_way_of_planning_is_tried_beside_a_result(desk_test: Callable[[Act], None]) -> None:
    """A result is in sight; another way is chosen: Ctrl+R and the button plan anew with it, Esc stops at once."""

    async def act(test: DeskTest) -> None:
        page = await opened(test, EMPTY)
        for mode, again in (("fresh", False), ("gaps", False), ("fresh", True)):
            test.click(test.find(QWidget, f"mode_{mode}"))
            await test.settled()
            page.setup.limit.setCurrentIndex(HALF_MINUTE)
            if again:
                test.click(test.find(QPushButton, "plan_again"))
            else:
                test.keys("Ctrl+R")
            assert page.session.busy
            await test.until(lambda: page.session.point is not None and page.session.point.coverage is not None)
            test.keys("Esc")
            assert stage(page) is Stage.STOPPING
            await test.settled()
            assert stage(page) is Stage.ENDED
        page.discard()
        await test.settled()

    desk_test(act)
