"""The way from the publish button to a version in force, and on to the printer."""

import asyncio

from patrol_desk.common.errors import ConcurrentChangeError
from patrol_desk.services.planning import told, versions
from patrol_desk.services.planning.weeks import squads_of
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.i18n.dates import week_text
from patrol_desk.ui.navigation import Target
from patrol_desk.ui.pages.roster.guessing.dialog import show_guesses
from patrol_desk.ui.pages.roster.publishing.dialog import PublishDialog
from patrol_desk.ui.pages.roster.versions.dialog import show_versions


async def publish_week(desk: Desk) -> None:
    """Review the draft of the week in view, publish it when that is the answer, and open the print dialog."""
    week = desk.week
    await desk.settled()
    review = await desk.read(versions.review, week)
    squads = await desk.read(squads_of, week, {change.person_id for change in review.changes})
    dialog = PublishDialog(desk, review, len(squads), await desk.read(told.week_standing, week))
    await asyncio.sleep(0)  # made in one turn, shown in the next: the window answers in between
    accepted = await dialog.ask()
    if not accepted:
        if dialog.answer == "compare":
            await show_versions(desk)
            await publish_week(desk)
        elif dialog.look_listed:
            await show_guesses(desk)
        elif dialog.look_at is not None:
            row, shift = dialog.look_at
            when = review.board.shifts[shift]
            detail = {"checkpoint_id": review.board.rows[row].checkpoint_id, "pattern_id": when.pattern_id,
                      "on_date": when.on_date}  # fmt: skip
            desk.go(Target("roster", detail=detail))
        return
    try:
        done = await desk.write_for_good(versions.publish, week, review.content_hash)
    except ConcurrentChangeError as error:
        desk.tell(say(error.message), "warn")
        return
    words = tr("{week}已发布：第 {number} 版，{count} 个班次。", week=week_text(week), number=done.number,
               count=done.assignments)  # fmt: skip
    desk.tell(words, "ok")
    if dialog.answer == "print" and squads:
        from patrol_desk.ui.dialogs.printing.dialog import open_print
        from patrol_desk.ui.dialogs.printing.request import PrintRequest

        open_print(desk, PrintRequest(week, squads))
