"""Leave of one shift that was granted is given up later, from the person's own list, and the duty comes back."""

from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from patrol_desk.models import RequestState
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.people.page import PeoplePage
from patrol_desk.ui.widgets.buttons import Button
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import Start, shown
from tests.ui.today.steps import duties, request_dialog, request_states


async def let_off(d: DeskTest) -> str:
    """Grant somebody leave of the first shift to come by F3, and return who."""
    dialog = await request_dialog(d)
    line = dialog.first_pick.chosen()
    assert line is not None
    d.keys("Ctrl+Return")
    await d.settled()
    return line.person_id


def test_granted_leave_is_given_up_and_the_duty_comes_back(desk_test: Start) -> None:
    """The row says which shift; the question says what follows; the sentence offers the old place; all is undone."""

    async def act(d: DeskTest) -> None:
        before = duties(d)
        person = await let_off(d)
        without = duties(d)
        assert len(before - without) == 1
        d.desk.go(Target("people", person))
        await d.settled()
        page = d.frame.page
        assert isinstance(page, PeoplePage)
        page.panel.tabs.choose("times")
        d.click(d.find(Button, "spared_x"))
        await shown(d, "confirm")
        said = [label.text() for label in d.window.findChildren(QLabel) if label.isVisible()]
        assert any("可以再排这一班" in text for text in said)
        assert any("销假后可以排回" in text for text in said)
        d.click(d.find(QPushButton, "confirmDo"))
        await d.settled()
        assert request_states(d) == [RequestState.REFUSED]
        assert duties(d) == without
        back = [button for button in d.window.findChildren(QAbstractButton) if button.text() == "排回原位"]
        d.click(back[0])
        await d.settled()
        assert duties(d) == before
        assert not [button for button in page.findChildren(Button, "spared_x") if button.isVisible()]
        d.keys("Ctrl+Z")
        await d.settled()
        d.keys("Ctrl+Z")
        await d.settled()
        assert (request_states(d), duties(d)) == ([RequestState.APPROVED], without)
        assert d.find(Button, "spared_x").isVisible()

    desk_test(act)
