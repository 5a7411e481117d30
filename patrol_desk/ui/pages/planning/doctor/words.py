"""How the doctor's page puts gaps, rules and ways into words."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from patrol_desk.ui.i18n import language, shift_mark, tr
from patrol_desk.ui.i18n.dates import short_date, weekday_text
from patrol_desk.ui.pages.planning.texts import distance, seat_text

if TYPE_CHECKING:
    from patrol_desk.common.message import Words
    from patrol_desk.engine.explain.doctor import Effect
    from patrol_desk.services.planning.doctor_data import GapGroup, NearPerson, Proposal

NAMED: Final = 4
"""People or seats named on a card."""

ICONS: Final = {
    "availability": "x", "leave": "calendar-days", "reach": "route", "rest": "moon", "overlap": "moon",
    "week_cap": "gauge", "day_cap": "gauge", "status": "user-x", "skill": "badge-check", "begun": "clock",
    "insured": "shield-check", "twice": "users",
}  # fmt: skip
"""Rule → icon before the sentence of whom it keeps away."""

_LEFT: Final[dict[str, Callable[[], str]]] = {
    "status": lambda: tr("在可排班名册内"),
    "availability": lambda: tr("本人可执勤"),
    "leave": lambda: tr("未请假"),
    "skill": lambda: tr("有所需技能"),
    "reach": lambda: tr("距离够近"),
    "twice": lambda: tr("不在同一岗"),
    "overlap": lambda: tr("同时无别的班"),
    "rest": lambda: tr("休息足够"),
    "day_cap": lambda: tr("当天未满"),
    "week_cap": lambda: tr("本周未满"),
    "begun": lambda: tr("班次未开始"),
    "insured": lambda: tr("当天有保险"),
    "workday_eve": lambda: tr("次日不上班"),
    "consecutive_days": lambda: tr("连续天数未满"),
    "nights_in_row": lambda: tr("连续夜班未满"),
    "novice": lambda: tr("有老队员同岗"),
    "apart": lambda: tr("无须避开的人"),
    "together": lambda: tr("搭档在岗"),
}
_ASKS: Final[dict[str, Callable[[], str]]] = {
    "week_cap": lambda: tr("须本人同意"),
    "status": lambda: tr("须本人同意"),
    "availability": lambda: tr("须本人同意"),
    "leave": lambda: tr("须本人同意销假"),
    "skill": lambda: tr("先取得证书，再补录编号"),
    "neighbour": lambda: tr("由邻镇担任，须联系确认"),
    "unlock": lambda: tr("已锁定的安排会变"),
    "squad": lambda: tr("路程超出可达距离"),
    "open": lambda: tr("席位保持空缺，记录原因"),
}
_TITLES: Final[dict[str, Callable[[int, int, str], str]]] = {
    "week_cap": lambda people, _heads, _term: tr("{count} 人本周加 1 班", count=people),
    "status": lambda people, _heads, _term: tr("请名册外 {count} 人本周参加", count=people),
    "availability": lambda people, _heads, _term: tr("询问 {count} 人该班次能否执勤", count=people),
    "leave": lambda people, _heads, _term: tr("询问 {count} 人能否销假", count=people),
    "skill": lambda people, _heads, term: tr("{count} 人取得“{term}”证书", count=people, term=term),
    "neighbour": lambda _people, heads, _term: tr("请邻镇多担任 {count} 席", count=heads),
    "unlock": lambda _people, heads, _term: tr("{count} 处解锁换人", count=heads),
    "squad": lambda _people, heads, term: tr("请“{term}”支援 {count} 席", term=term, count=heads),
    "open": lambda _people, heads, _term: tr("知情留空 {count} 席", count=heads),
}
"""Rule → a way's title of the people asked, the seats and the term."""


_AWAY: Final[dict[str, Callable[[], str]]] = {
    "status": lambda: tr("不在可排班名册内"),
    "availability": lambda: tr("该班次不可执勤"),
    "leave": lambda: tr("请假|doctor"),
    "skill": lambda: tr("没有所需技能"),
    "twice": lambda: tr("已在这一岗"),
    "overlap": lambda: tr("同时另有执勤"),
    "day_cap": lambda: tr("当天班次已满"),
    "begun": lambda: tr("班次已开始"),
    "insured": lambda: tr("当天没有保险"),
    "workday_eve": lambda: tr("次日上班，不排夜班"),
    "consecutive_days": lambda: tr("连续执勤天数已满"),
    "nights_in_row": lambda: tr("连续夜班已满"),
    "novice": lambda: tr("新队员，岗上没有老队员"),
    "apart": lambda: tr("不能与岗上的人同组"),
    "together": lambda: tr("搭档不在岗上"),
}
"""Rule → how it keeps somebody away whose name stands beside it."""


def away_text(person: "NearPerson") -> str:
    """Return the first rule that keeps somebody away, with its numbers."""
    told = person.reason.params
    match person.rule:
        case "week_cap":
            return tr("本周已 {duties} 班，上限 {cap}", duties=told["duties"], cap=told["cap"])
        case "rest":
            return tr("与相邻班只隔 {minutes} 分钟，须 {needed}", minutes=told["minutes"], needed=told["needed"])
        case "reach":
            reach = distance(int(str(told["reach_m"])))
            return tr("距此 {way}，上限 {reach}", way=distance(person.metres), reach=reach)
        case rule:
            return _AWAY[rule]()


def left_text(rule: str) -> str:
    """Return what those have in common whom a rule does not keep away."""
    return _LEFT[rule]()


def kind_text(group: "GapGroup") -> str:
    """Return the kind of seat: a skill's name, the leader, or anybody."""
    if group.capability == "leader":
        return tr("组长|seat")
    return group.capability or tr("人数|seat")


def when_text(group: "GapGroup") -> str:
    """Return weekday and shift: ``周五 夜``."""
    return f"{weekday_text(group.on_date.weekday())} {shift_mark(group.mark)}"


def date_text(group: "GapGroup") -> str:
    """Return the day: ``11-27``."""
    return short_date(group.on_date)


def head_text(group: "GapGroup") -> str:
    """Return the gap in one line."""
    counts = {"needed": group.needed, "filled": group.filled, "missing": group.missing}
    if group.capability:
        return tr(
            "{when} 需“{kind}” {needed} 人，到岗 {filled} 人，缺 {missing}",
            when=when_text(group), kind=kind_text(group), **counts,
        )  # fmt: skip
    return tr("{when} 需 {needed} 人，到岗 {filled} 人，缺 {missing}", when=when_text(group), **counts)


def proof_text(group: "GapGroup") -> str:
    """Return how much of the gap is proven."""
    if group.proven >= group.missing:
        return tr("已证明")
    if group.proven:
        return tr("其中 {count} 席已证明", count=group.proven)
    return tr("换人或可补上")


def places_text(group: "GapGroup") -> str:
    """Return where how many are missing."""
    named = [tr("{place} {count} 席", place=seat.place, count=count) for seat, count in group.places[:NAMED]]
    more = len(group.places) - NAMED
    text = tr("、|列举").join(named)
    return text + (tr(" 等 {count} 处", count=len(group.places)) if more > 0 else "")


def way_title(way: "Proposal") -> str:
    """Return what would give way, in a few words."""
    if way.soften:
        return tr("“{rule}”改为尽量遵守", rule=left_text(way.rule))
    title = _TITLES.get(way.rule)
    term = "" if way.term is None else term_text(way.term)
    return _number_title(way, term) if title is None else title(len(way.people), way.heads, term)


def _number_title(way: "Proposal", term: str) -> str:
    numbers = {"before": f"{way.before:g}", "after": f"{way.after:g}"}
    if way.rule == "rest":
        return tr("间隔休息 {before} → {after} 小时", **numbers)
    if term:
        return tr("“{term}”可达 {before} → {after} km", term=term, **numbers)
    return tr("可达距离 {before} → {after} km", **numbers)


def way_names(way: "Proposal") -> str:
    """Return whom and where it concerns, the first few by name."""
    comma = tr("、|列举")
    names = way.people[:NAMED]
    parts = []
    if names:
        more = tr(" 等 {count} 人", count=len(way.people)) if len(way.people) > NAMED else ""
        parts.append(comma.join(names) + more)
    if way.seats:
        more = tr(" 等 {count} 处", count=len(way.seats)) if len(way.seats) > NAMED else ""
        parts.append(comma.join(seat_text(seat) for seat in way.seats[:NAMED]) + more)
    return (": " if language() == "en" else "：").join(parts)


def way_cost(way: "Proposal") -> str:
    """Return what it asks: of people or the chief, and of the plan."""
    ask = _ASKS.get(way.rule)
    first = tr("规则从此改变，须所长确认") if ask is None or way.soften else ask()
    parts = [first, *effect_parts(way.told)]
    if way.monthly:
        parts.insert(1, tr("{count} 人由每月改为每周参加", count=way.monthly))
    return tr("代价：{parts}", parts=tr("；|列举").join(parts))


def way_gain(way: "Proposal") -> str:
    """Return how many seats it fills."""
    return tr("留 {count} 席", count=way.told.filled) if way.asks_reason else tr("补 {count} 席", count=way.told.filled)


def effect_parts(effect: "Effect") -> list[str]:
    """Return what becomes other than it was: fairness, way."""
    parts = []
    fair = f"{effect.fairness_before:.2f}", f"{effect.fairness_after:.2f}"
    if fair[0] != fair[1]:
        parts.append(tr("公平度 {before} → {after}", before=fair[0], after=fair[1]))
    way = f"{effect.way_before / 1000:.1f}", f"{effect.way_after / 1000:.1f}"
    if way[0] != way[1]:
        parts.append(tr("平均距离 {before} → {after} km", before=way[0], after=way[1]))
    return parts


def term_text(term: "Words") -> str:
    """Return a term in the language in force."""
    return term.en if language() == "en" else term.zh
