"""What the enrolment says of lines and numbers."""

from collections.abc import Collection
from types import MappingProxyType
from typing import Final

from patrol_desk.models import OrganisationKind
from patrol_desk.services.people.enrol import Checked, Line, LineKind
from patrol_desk.ui.i18n import say, tr
from patrol_desk.ui.pages.people.words import Word, listed

ORGANISATIONS: Final = MappingProxyType[OrganisationKind, Word](
    {
        OrganisationKind.COMPANY: lambda: tr("企业"),
        OrganisationKind.ASSOCIATION: lambda: tr("协会"),
        OrganisationKind.BRANCH: lambda: tr("支部"),
        OrganisationKind.OWNERS_COMMITTEE: lambda: tr("业委会"),
    }
)
KINDS: Final = MappingProxyType[LineKind, Word](
    {
        LineKind.NEW: lambda: tr("新建|名单"),
        LineKind.KNOWN: lambda: tr("已在册"),
        LineKind.BAD: lambda: tr("有错"),
    }
)
TONES: Final = MappingProxyType({LineKind.NEW: "green", LineKind.KNOWN: "amber", LineKind.BAD: "red"})


def line_text(line: Line) -> str:
    """Return what there is to say of a line: what is wrong, or who it is."""
    if line.problems:
        return " ".join(map(say, line.problems))
    if line.twin is not None:
        who = f"{line.twin.code} {line.twin.name}"
        if line.squad:
            return tr("名册里的 {who}，现在 {squad}；勾选就从明日起转入。", who=who, squad=line.squad)
        return tr("名册里的 {who}，从明日起加入。", who=who)
    return " ".join(map(say, line.notes))


def sum_text(checked: Checked, joining: Collection[Line]) -> str:
    """Return in numbers what will happen."""
    if not checked.lines:
        return tr("每人一行，可以带表头：姓名、手机号、身份证号、性别、出生日期、职务…没有表头就按内容认。")
    new = sum(line.kind is LineKind.NEW for line in joining)
    parts = [tr("新建 {count} 人", count=new)]
    if len(joining) > new:
        parts.append(tr("名册里转入 {count} 人", count=len(joining) - new))
    bad = checked.count(LineKind.BAD)
    if bad:
        parts.append(tr("{count} 行有错不加入", count=bad))
    left = len(checked.lines) - len(joining) - bad
    if left:
        parts.append(tr("{count} 行没有勾选", count=left))
    text = tr("{count} 行：{parts}。", count=len(checked.lines), parts=listed(parts))
    if checked.unknown:
        text += tr("不认得、跳过的列：{columns}。", columns=listed(list(checked.unknown)))
    return text
