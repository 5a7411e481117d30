"""Rules in few words, where only their number of people is told."""

from patrol_desk.ui.i18n import tr


def rule_text(rule: str) -> str:
    """Return a rule in two to six characters."""
    return {
        "status": tr("不在可排班之列"),
        "begun": tr("班次已开始"),
        "availability": tr("本人不可"),
        "leave": tr("请假"),
        "insured": tr("没有保险"),
        "workday_eve": tr("次日要上班"),
        "skill": tr("没有所需技能"),
        "reach": tr("距离太远"),
        "overlap": tr("时间重叠"),
        "rest": tr("休息不足"),
        "day_cap": tr("已达日上限"),
        "week_cap": tr("已达周上限|规则"),
        "consecutive_days": tr("连续天数已满"),
        "nights_in_row": tr("连续夜班已满"),
        "seats": tr("席位已满"),
        "twice": tr("已在这一格"),
        "novice": tr("新人须有人带"),
        "apart": tr("须与某人分开"),
        "together": tr("须与某人同班"),
        "locked": tr("已锁定|规则"),
        "lead": tr("缺带班"),
        "official": tr("缺民辅警"),
        "demand": tr("目标没有这个席位"),
    }.get(rule, rule)
