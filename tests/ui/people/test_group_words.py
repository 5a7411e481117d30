"""What squads and response teams call their people, and what stands on a member's card."""

from dataclasses import replace

from patrol_desk.models import SquadRole
from patrol_desk.ui.pages.people.squads.card_paint import marks_of
from patrol_desk.ui.pages.people.squads.view import SquadsView
from patrol_desk.ui.pages.people.squads.words import role_text
from tests.helpers.desk import DeskTest
from tests.helpers.people_page import TODAY, Start, open_page


def test_roles_are_called_as_the_field_calls_them() -> None:
    """组长, 副组长, 组员 in a squad; 队长, 副队长, 队员 in a response team."""
    assert [role_text(role, "squad") for role in SquadRole] == ["组长", "副组长", "组员"]
    assert [role_text(role, "team") for role in SquadRole] == ["队长", "副队长", "队员"]


def test_a_card_says_that_somebody_is_paused_before_leave(desk_test: Start) -> None:
    """One of the two, the pause first; the table of hours says the same."""

    async def act(d: DeskTest) -> None:
        page = await open_page(d)
        page.enter(None)
        d.desk.commands.start("people.squads")
        await d.settled()
        view = page.findChild(SquadsView)
        assert view is not None
        assert view.detail is not None
        card = next(one for one in view.detail.members if one.role is SquadRole.MEMBER)
        away = replace(card.row, leave=(TODAY, TODAY))
        assert marks_of(replace(card, row=away), "squad", TODAY)[-1] == ("请假 11-25", "amber")
        paused = replace(card, row=replace(away, pause=(TODAY, None)))
        assert marks_of(paused, "squad", TODAY)[-1] == ("已暂停", "amber")
        detail = replace(view.detail, members=(paused,))
        view.centre.tables.show_group(detail)
        hours = view.centre.tables.hours
        assert str(hours.index(0, hours.column_of("leave")).data()) == "已暂停"

    desk_test(act)
