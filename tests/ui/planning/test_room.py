"""The left panel of 自动排班 keeps within its width, also in a language whose words are two fifths longer."""

from collections.abc import Callable

from PySide6.QtWidgets import QScrollArea

from patrol_desk.ui.pages.planning.page import PlanningPage
from tests.helpers.desk import Act, DeskTest
from tests.ui.audit.test_scenes import longer_words


def over(page: PlanningPage) -> int:
    """Return by how many pixels what is asked of a run is wider than its panel shows."""
    scroll = page.setup.findChild(QScrollArea)
    assert scroll is not None
    return scroll.widget().minimumSizeHint().width() - scroll.viewport().width()


def terse(page: PlanningPage) -> bool:
    """Say whether the way back to the default weights is shown by its icon alone."""
    return page.setup.reset_weights.is_terse


def test_longer_words_leave_icons_beside_the_titles(desk_test: Callable[[Act], None]) -> None:
    """What has no room shows its icon, and its word again as soon as that fits; nothing is cut at the right."""

    async def act(d: DeskTest) -> None:
        page = await d.page("planning")
        assert isinstance(page, PlanningPage)
        assert over(page) <= 0
        assert not terse(page)
        with longer_words(d.window):
            await d.settled()
            assert over(page) <= 0
            assert terse(page)
            assert page.setup.reset_weights.toolTip().startswith(page.setup.reset_weights.text())
        d.window.use_language("zh")
        await d.settled()
        assert not terse(page)

    desk_test(act)
