"""Rule breaks and seats in the words of the roster: names instead of codes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from patrol_desk.common.message import Message
from patrol_desk.engine.problem import OFFICIAL
from patrol_desk.services.planning.board.frame import Frame
from patrol_desk.services.shift_words import dated_shift

ICONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "status": "user-x",
        "begun": "clock",
        "availability": "calendar-days",
        "leave": "arrow-left-right",
        "insured": "shield-check",
        "workday_eve": "sun",
        "skill": "badge-check",
        "reach": "route",
        "overlap": "copy",
        "rest": "moon",
        "day_cap": "gauge",
        "week_cap": "gauge",
        "consecutive_days": "calendar-range",
        "nights_in_row": "moon",
        "seats": "users",
        "twice": "user-check",
        "novice": "graduation-cap",
        "apart": "circle-x",
        "together": "git-merge",
        "locked": "lock",
        "lead": "flag",
        "official": "star",
        "demand": "ban",
    }
)
"""Rule → icon of the interface's family."""


def shift_words(frame: Frame, shift: int) -> Message:
    """Return the day of the week and the shift's name."""
    return dated_shift(frame.shifts[shift].on_date, frame.shifts[shift].name)


def capability_words(frame: Frame, capability: int) -> Message:
    """Return what a seat asks for; -1 is anybody."""
    if capability < 0:
        return Message("board.anybody")
    if capability == 0:
        return Message("board.leader")
    if frame.problem.capabilities[capability] == OFFICIAL:
        return Message("board.official")
    return Message("board.skill", {"skill": frame.names.skills[capability - 1].name})


def seat_words(frame: Frame, group: int) -> Message:
    """Return what the seats of a group ask for, as a sentence about an empty seat."""
    capability = int(frame.problem.demand.group_capability[group]) if group >= 0 else -1
    if capability < 0:
        return Message("board.seat_any")
    if capability == 0:
        return Message("board.seat_leader")
    if frame.problem.capabilities[capability] == OFFICIAL:
        return Message("board.seat_official")
    return Message("board.seat_skill", {"skill": frame.names.skills[capability - 1].name})


def worded(frame: Frame, message: Message) -> Message:
    """Return a rule's sentence with the names of shift, checkpoint, capability and person in place of their codes."""
    params = dict(message.params)
    problem = frame.problem
    if "shift" in params:
        params["shift"] = shift_words(frame, problem.shifts.ids.index(str(params["shift"])))
    if "capability" in params:
        params["capability"] = capability_words(frame, problem.capabilities.index(str(params["capability"])))
    if "checkpoint" in params:
        checkpoint = problem.demand.checkpoints.index(str(params["checkpoint"]))
        row = frame.row_of[frame.week_problem.checkpoint_ids[checkpoint]]
        params["checkpoint"] = frame.rows[row].name
    if "other" in params:
        params["other"] = frame.names.people[problem.people.ids.index(str(params["other"]))]
    return Message(message.code, params)
