"""The day's page: the shifts of the day, who is due, what is short in the next three days, and handover notes.

It is the first thing painted at a start, so nothing here imports the engine or numpy.
"""

from patrol_desk.services.handon.unanswered import Unanswered
from patrol_desk.services.today.alerts import Alerts, Refreshers, back_up, read_alerts
from patrol_desk.services.today.arrivals import mark_arrivals
from patrol_desk.services.today.asked import OpenRequest, Side, open_requests
from patrol_desk.services.today.notes import LONGEST, NoteRow, add_note, edit_note, finish_note, list_notes
from patrol_desk.services.today.read import read_today
from patrol_desk.services.today.view import (
    Column,
    DayShift,
    Group,
    Head,
    Missing,
    Phase,
    Place,
    Post,
    PostState,
    TodayGap,
    TodayView,
    WeekState,
)

__all__ = [
    "LONGEST",
    "Alerts",
    "Column",
    "DayShift",
    "Group",
    "Head",
    "Missing",
    "NoteRow",
    "OpenRequest",
    "Phase",
    "Place",
    "Post",
    "PostState",
    "Refreshers",
    "Side",
    "TodayGap",
    "TodayView",
    "Unanswered",
    "WeekState",
    "add_note",
    "back_up",
    "edit_note",
    "finish_note",
    "list_notes",
    "mark_arrivals",
    "open_requests",
    "read_alerts",
    "read_today",
]
