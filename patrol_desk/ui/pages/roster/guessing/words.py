"""How easily a checkpoint can be guessed, in words."""

from patrol_desk.common.message import Message
from patrol_desk.services.planning.visits_predictable import Foreseen, PlacePredictability
from patrol_desk.ui.i18n import say, tr


def share_text(place: PlacePredictability) -> str:
    """Return how often a guess by habit was right so far."""
    return f"{round(100 * place.share)}%"


def habit_text(place: PlacePredictability) -> str:
    """Return the figure of a checkpoint in a sentence."""
    if not place.weeks:
        return tr("还没有往周的记录，看不出规律。")
    if place.low_demand:
        return tr("看过 {weeks} 周的人，照惯例猜来访时间，猜中 {share}。", weeks=place.weeks, share=share_text(place))
    return tr("看过 {weeks} 周的人，照惯例猜哪个小组，猜中 {share}。", weeks=place.weeks, share=share_text(place))


def habit_row(one: Foreseen) -> str:
    """Return in few words how often something has come back."""
    params = one.message.params
    if one.message.code.endswith("_in_a_row"):
        return tr("连续 {count} 周", count=params["times"])
    return tr("{weeks} 周里 {times} 周", weeks=params["weeks"], times=params["times"])


def short_text(one: Foreseen) -> str:
    """Return what can be foreseen in few words: who, when, how often."""
    shift = one.message.params["shift"]
    assert isinstance(shift, Message)
    return f"{one.squad or tr('有人巡访')}  {say(shift)}  {habit_row(one)}"
