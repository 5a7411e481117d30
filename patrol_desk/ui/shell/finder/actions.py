"""What can be done with the thing that is selected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from patrol_desk.common.weeks import Week
from patrol_desk.services.finding.entries import Entry, FindKind
from patrol_desk.services.today import TodayGap
from patrol_desk.ui.desk import Desk
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.navigation import Target

if TYPE_CHECKING:
    from patrol_desk.services.finding.preview import Preview


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; the first of a list is what Enter does."""

    text: str
    icon: str
    run: Callable[[], object]
    keys: str = ""


def actions_for(desk: Desk, entry: Entry, preview: "Preview | None") -> list[Action]:
    """Return what can be done with an entry; the first is what Enter does."""
    makers = {
        FindKind.PERSON: _person,
        FindKind.CHECKPOINT: _checkpoint,
        FindKind.SQUAD: _squad,
        FindKind.TEAM: _team,
        FindKind.MUSTER_POINT: _muster_point,
        FindKind.COMMAND: _command,
    }
    found = makers[entry.kind](desk, entry)
    if preview is not None and preview.gap is not None:
        found.append(_fill(desk, preview.gap))
    if preview is not None and preview.checkpoint_id is not None and preview.on_date is not None:
        found.append(_cell(desk, preview))
    return found


def _person(desk: Desk, entry: Entry) -> list[Action]:
    return [Action(tr("打开人员"), "arrow-right", lambda: desk.go(Target("people", entry.id)), "Enter")]


def _checkpoint(desk: Desk, entry: Entry) -> list[Action]:
    return [
        Action(
            tr("打开点位"), "arrow-right", lambda: desk.go(Target("places", entry.id, {"kind": "checkpoints"})), "Enter"
        )
    ]


def _squad(desk: Desk, entry: Entry) -> list[Action]:
    detail = {"squad_id": entry.id}
    found = [Action(tr("打开小组"), "arrow-right", lambda: desk.go(Target("people", detail=detail)), "Enter")]
    if entry.leader_id:
        found.append(
            Action(
                tr("打开组长 {name}", name=entry.leader),
                "user-round",
                lambda: desk.go(Target("people", entry.leader_id)),
            )
        )
    return [*found, Action(tr("打印本周执勤表"), "printer", lambda: _print(desk, entry.id))]


def _team(desk: Desk, entry: Entry) -> list[Action]:
    detail = {"team_id": entry.id}
    found = [Action(tr("看队员"), "arrow-right", lambda: desk.go(Target("people", detail=detail)), "Enter")]
    if entry.leader_id:
        name = tr("打开队长 {name}", name=entry.leader)
        found.append(Action(name, "user-round", lambda: desk.go(Target("people", entry.leader_id))))
    return found


def _muster_point(desk: Desk, entry: Entry) -> list[Action]:
    detail = {"kind": "muster_points"}
    return [Action(tr("打开召集点"), "arrow-right", lambda: desk.go(Target("places", entry.id, detail)), "Enter")]


def _command(desk: Desk, entry: Entry) -> list[Action]:
    return [Action(entry.title, "play", lambda: desk.commands.start(entry.id), "Enter")]


def _cell(desk: Desk, preview: "Preview") -> Action:
    day = preview.on_date
    assert day is not None

    def go() -> None:
        desk.week = Week.of(day)
        desk.go(Target("roster", preview.checkpoint_id, {"pattern_id": preview.pattern_id, "on_date": day}))

    return Action(tr("在排班表定位"), "calendar-days", go, "Ctrl+Enter")


def _fill(desk: Desk, gap: TodayGap) -> Action:
    place, pattern, day = gap.key
    target = Target("today", place, {"pattern_id": pattern, "on_date": day})
    return Action(tr("为缺口找人"), "user-plus", lambda: desk.go(target))


def _print(desk: Desk, squad_id: str) -> None:
    from patrol_desk.ui.dialogs.printing.dialog import open_print
    from patrol_desk.ui.dialogs.printing.request import PrintRequest

    open_print(desk, PrintRequest(desk.week, (squad_id,)))
