"""What should be known before publishing, as rows of severity, headline and detail."""

from dataclasses import dataclass
from typing import Literal

from patrol_desk.services.planning.board import Board
from patrol_desk.services.planning.told import WeekStanding
from patrol_desk.services.planning.versions import BrokenDuty, PublishReview
from patrol_desk.services.planning.wishes import kept_otherwise
from patrol_desk.ui.i18n import language, say, shift_mark, tr
from patrol_desk.ui.i18n.dates import weekday_text

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Check:
    """One point.

    Parameters
    ----------
    place
        Row and shift to look at, None where there is none.
    listed
        Rather than a cell, the list of checkpoints that are easily guessed is to be looked at.
    """

    severity: Literal["block", "warn", "note"]
    title: str
    detail: str
    place: tuple[int, int] | None = None
    listed: bool = False


def checks(review: PublishReview, standing: WeekStanding) -> list[Check]:
    """Return the points of a review: broken rules, cells below their minimum, old sheets, people to be told first."""
    found: list[Check] = []
    broken = [one for one in review.broken if not one.knowingly]
    if broken:
        first = broken[0]
        detail = tr("；|列举").join(f"{one.name} {say(one.reasons[0])}" for one in broken[:SHOWN])
        found.append(Check("warn", tr("{count} 个班次不合规则", count=len(broken)), detail, _place(first)))
    found.extend(_overridden([one for one in review.broken if one.knowingly]))
    found.extend(_kept_otherwise(review))
    if review.below_minimum:
        gaps = review.below_minimum
        words = [f"{review.board.rows[gap.row].name} {when_text(review.board, gap.shift)}" for gap in gaps[:SHOWN]]
        if len(gaps) > SHOWN:
            words.append(tr("等 {count} 格", count=len(gaps)))
        title = tr("{count} 格仍低于最低", count=len(gaps))
        found.append(Check("warn", title, tr("；|列举").join(words), (gaps[0].row, gaps[0].shift)))
    found.extend(_guessable(review))
    found.extend(_sheets(review, standing))
    found.extend(_today(review))
    if not found:
        found.append(Check("note", tr("没有要注意的"), tr("最低全部满足，没有不合规则的班次。")))
    return found


def _overridden(duties: list[BrokenDuty]) -> list[Check]:
    """Return the duties that break a rule knowingly: who, which rule, and why."""
    if not duties:
        return []
    words = [
        tr("{name} {rule}，{why}", name=one.name, rule=say(one.reasons[0]), why=say(one.overridden[0].told))
        for one in duties[:SHOWN]
    ]
    return [Check("warn", tr("{count} 处破例", count=len(duties)), tr("；|列举").join(words), _place(duties[0]))]


def _kept_otherwise(review: PublishReview) -> list[Check]:
    """Return the rules that the planner's run behind the draft kept otherwise than the station does."""
    rules = kept_otherwise(review.draft.figures)
    if not rules:
        return []
    title = tr("自动排班时另定了 {count} 条规则", count=len(rules))
    return [Check("warn", title, tr("；|列举").join(say(rule) for rule in rules))]


def _sheets(review: PublishReview, standing: WeekStanding) -> list[Check]:
    """Return which squads hold a sheet that publishing makes outdated."""
    touched = {change.squad for change in review.changes}
    held = [squad for squad in standing.squads if squad.printed is not None and squad.name in touched]
    if not held:
        return []
    words = [squad.name for squad in held[:SHOWN]]
    if len(held) > SHOWN:
        words.append(tr("等 {count} 个", count=len(held)))
    detail = tr("{who}：发布后打印变动通知或新表交给组长。", who=tr("、|列举").join(words))
    return [Check("note", tr("{count} 个小组手里的表会过期", count=len(held)), detail)]


def _guessable(review: PublishReview) -> list[Check]:
    """Return the checkpoints that an observer can foresee: a warning where this version made it worse."""
    places = review.guessable
    if not places:
        return []
    worse = [place for place in places if place.checkpoint_id in review.easier]
    words = [say((place.foreseen[0]).message) for place in (worse or places)[:1]]
    if worse:
        words.append(tr("其中 {count} 个比已发布的版本更容易猜", count=len(worse)))
    title = tr("{count} 个点位容易被猜到", count=len(places))
    return [Check("warn" if worse else "note", title, tr("；|列举").join(words), listed=True)]


def _place(duty: BrokenDuty) -> tuple[int, int] | None:
    return (duty.row, duty.shift) if duty.row >= 0 else None


def _today(review: PublishReview) -> list[Check]:
    """Return who serves today because of the changes."""
    board = review.board
    today = board.now.date()
    soon = [
        change for change in review.changes
        if change.kind != "removed" and board.shifts[change.shift].on_date == today
        and board.shifts[change.shift].ends_at > board.now
    ]  # fmt: skip
    if not soon:
        return []
    words = [f"{change.name} {board.shifts[change.shift].starts_at:%H:%M}" for change in soon[:SHOWN]]
    if len(soon) > SHOWN:
        words.append(tr("等 {count} 人", count=len(soon)))
    detail = tr("{who} 到岗，发布后请先打这些电话。", who=tr("、|列举").join(words))
    return [Check("note", tr("{count} 人今天上岗", count=len(soon)), detail, (soon[0].row, soon[0].shift))]


def when_text(board: Board, shift: int) -> str:
    """Return day and shift in few words."""
    found = board.shifts[shift]
    between = " " if language() == "en" else ""
    return f"{weekday_text(found.on_date.weekday())}{between}{shift_mark(found.mark)}"
