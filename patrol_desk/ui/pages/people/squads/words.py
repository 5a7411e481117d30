"""Words of squads and response teams, in the language in force."""

from datetime import date

from patrol_desk.models import SquadRole
from patrol_desk.services.people.squads import LEAD, NIGHT, Change, Effect, GroupKind, GroupLine, Level, NeedSource
from patrol_desk.ui.i18n import tr
from patrol_desk.ui.i18n.dates import day_text
from patrol_desk.ui.pages.people.words import ROLES, listed
from patrol_desk.ui.widgets.skill_icons import skill_icon

DAYS_A_YEAR = 365.25


def level_name(level: Level) -> str:
    """Return what a level is called."""
    if level.key == NIGHT:
        return tr("能上夜班")
    return tr("能带班") if level.key == LEAD else level.name


def level_icon(level: Level) -> str:
    """Return the icon of a level."""
    return {NIGHT: "moon", LEAD: "star"}.get(level.key, "") or skill_icon(level.code)


def role_text(role: SquadRole, kind: GroupKind) -> str:
    """Return a role: those of a response team are called otherwise than those of a squad."""
    team = {SquadRole.LEADER: tr("队长"), SquadRole.DEPUTY: tr("副队长"), SquadRole.MEMBER: tr("队员")}
    return team[role] if kind == "team" else ROLES[role]()


def source_text(source: NeedSource) -> str:
    """Return where a group's need comes from."""
    if source == "demand":
        return tr("需要：本社区点位每周的岗位，按本队所占班次分摊，折成人数。")
    if source == "duties":
        return tr("需要：本队本周排到的岗位，折成人数。")
    return tr("没有登记需求，只列现有人数。")


def shortage_text(line: GroupLine) -> str:
    """Return what is missing in one sentence."""
    short = [tr("{name}差 {count}", name=level_name(level), count=level.short) for level in line.levels if level.short]
    if short:
        return listed(short)
    return tr("各项都够。") if line.source else ""


def head_text(line: GroupLine) -> str:
    """Return leader and deputies."""
    return " · ".join((*line.leaders, *line.deputies)) or tr("还没有组长")


def vacancy_text(line: GroupLine) -> str:
    """Return how many are missing to full strength."""
    if line.strength is None:
        return ""
    return tr("缺 {count}", count=line.vacancies) if line.vacancies else tr("满编")


def count_text(line: GroupLine) -> str:
    """Return members of full strength."""
    return f"{line.members}/{line.strength}" if line.strength is not None else str(line.members)


def form_text(line: GroupLine) -> str:
    """Return that the availability form is waited for, and since when."""
    return tr("征集表未交回，{day} 发出", day=day_text(line.form_out.date())) if line.form_out is not None else ""


def years_text(joined_on: date | None, today: date) -> str:
    """Return how long somebody has served."""
    if joined_on is None:
        return ""
    years = int((today - joined_on).days / DAYS_A_YEAR)
    return tr("{count} 年", count=years) if years else tr("不到 1 年")


def distance_text(metres: int | None) -> str:
    """Return a distance, or a dash."""
    if metres is None:
        return "—"
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km"


def change_text(change: Change) -> str:
    """Return a level before and after, and whether that is enough."""
    words = f"{change.level.have} → {change.after}"
    if change.level.need is None:
        return words
    return f"{words} " + (tr("差 {count}", count=change.short) if change.short else tr("够"))


def effect_text(effect: Effect) -> str:
    """Return in one line what dropping somebody here does."""
    parts = [tr("{before} → {after} 人", before=effect.before, after=effect.after)]
    parts += [f"{level_name(change.level)} {change_text(change)}" for change in effect.changes]
    return tr("放下：{effects}", effects=listed(parts))
