"""The stations of the tour: a page, what is pointed at, and what to try there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from patrol_desk.ui.i18n import tr


@dataclass(frozen=True, slots=True)
class Step:
    """One station.

    Parameters
    ----------
    page
        Name of the page it is on.
    target
        Object name of the control that is pointed at.
    title, text
        Return the words in the language in force.
    keys
        What does it by key; empty for nothing to press.
    """

    page: str
    target: str
    title: Callable[[], str]
    text: Callable[[], str]
    keys: str = ""


STEPS: Final = (
    Step(
        "today", "today_duty",
        lambda: tr("今日：谁该到岗"),
        lambda: tr("每行一个点位，现在和下一班各有谁。右边是 72 小时内的缺口，可以直接补位。"),
        "Ctrl+1",
    ),
    Step(
        "roster", "roster_grid",
        lambda: tr("排班：一周都在这张表里"),
        lambda: tr("格里是在岗/期望，红色低于最低，黄色低于期望。方向键走，F8 跳到下一个缺口。"),
        "Ctrl+2",
    ),
    Step(
        "roster", "roster_inspector",
        lambda: tr("补一个缺口"),
        lambda: tr("在缺口上按 Enter，用第一候选补位。这里写着为什么是他，其他人被哪条规则挡住。Ctrl+Z 撤销。"),
        "F8  Enter",
    ),
    Step(
        "planning", "plan_start",
        lambda: tr("自动排班"),
        lambda: tr("选好方式就开始，随时可停，保留当前最好；采用以后也能一步撤销。"),
        "Ctrl+R",
    ),
    Step(
        "roster", "roster_publish",
        lambda: tr("发布"),
        lambda: tr("先看清单：改了几处、涉及谁、要给谁打电话。确认以后这一版就定下来。"),
    ),
    Step(
        "roster", "roster_print",
        lambda: tr("打印"),
        lambda: tr("排班表、签到表、个人执勤条，预览什么样就印什么样。没有打印机就存成 PDF。"),
        "Ctrl+P",
    ),
    Step(
        "roster", "rail_find",
        lambda: tr("查找"),
        lambda: tr("姓名、拼音首字母、电话尾号、点位、命令，打几个字就找到。不知道按什么键，按 ? 看。"),
        "Ctrl+K",
    ),
)  # fmt: skip
