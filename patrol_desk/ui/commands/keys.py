"""Which keys do what, page by page: the commands' own, and those that a table or a grid takes itself."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from patrol_desk.ui.commands.command import Command
from patrol_desk.ui.i18n import tr

EVERYWHERE: Final = ""
"""In place of a page's name: the key works on every page."""

PAGES: Final = ("today", "roster", "planning", "doctor", "people", "places", "map", "importing", "settings")
"""Pages by the names with which the ids of their commands begin."""
_OTHER_NAMES: Final = {"import": "importing"}


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key and what it does.

    Parameters
    ----------
    page
        Name of the page, `EVERYWHERE` for all.
    keys
        As on a menu, or as words for several.
    text
        What happens.
    command
        Id of the command; empty for a key of a table or grid.
    """

    page: str
    keys: str
    text: str
    command: str = ""

    @property
    def id(self) -> str:
        """What tells the line from every other."""
        return self.command or f"{self.page} {self.keys} {self.text}"


_VIEW: Final[tuple[tuple[str, str, Callable[[], str]], ...]] = (
    (EVERYWHERE, "Ctrl+Shift+L", lambda: tr("中文和英文互换")),
    (EVERYWHERE, "Ctrl+=  Ctrl+-  Ctrl+0", lambda: tr("字大一点、小一点、还原")),
    (EVERYWHERE, "Enter", lambda: tr("表格：打开这一行")),
    (EVERYWHERE, "Space", lambda: tr("表格：勾选")),
    (EVERYWHERE, "/", lambda: tr("表格：到查找框")),
    (EVERYWHERE, "S", lambda: tr("表格：按这一列排序")),
    (EVERYWHERE, "C", lambda: tr("表格：选择显示哪些列")),
    (EVERYWHERE, "Ctrl+C", lambda: tr("表格：复制选中的行")),
    (EVERYWHERE, "Ctrl+Enter", lambda: tr("对话框：按主按钮")),
    (EVERYWHERE, "Esc", lambda: tr("关闭对话框，清空查找框")),
    ("today", "G", lambda: tr("只看缺口")),
    ("today", "A  L  X", lambda: tr("名单：到、迟、缺；选中一人或整组")),
    ("today", "↑ ↓  Enter", lambda: tr("提醒：走一条，去处理")),
    ("today", "Backspace", lambda: tr("名单：取消登记")),
    ("today", "←  →", lambda: tr("名单：换人，换班次")),
    ("roster", "← ↑ → ↓", lambda: tr("走一格，按住 Shift 选一片")),
    ("roster", "Home  End", lambda: tr("本行第一班、最后一班")),
    ("roster", "Enter", lambda: tr("用第一候选补位")),
    ("roster", "Tab", lambda: tr("到右边的席位和候选")),
    ("roster", "Del", lambda: tr("移除选中格里的人")),
    ("roster", "T", lambda: tr("按小组：记为已通知；Y 记为组长已确认")),
    ("roster", "E", lambda: tr("改这一格的需求")),
    ("roster", "M", lambda: tr("拿起这个人或这个班，移到别处")),
    ("roster", "L  Shift+L", lambda: tr("锁定选中的格、整行")),
    ("roster", "Space", lambda: tr("折叠或展开社区")),
    ("roster", "[  ]", lambda: tr("上一周、下一周")),
    ("roster", "F8  Shift+F8", lambda: tr("下一缺口、上一缺口")),
    ("roster", "E", lambda: tr("改这一格的需求")),
    ("roster", "M", lambda: tr("右边面板：把这个人换到别的格")),
    ("people", "1 2 3 4", lambda: tr("可执勤时间：优先、可以、尽量不、不可")),
    ("people", "Shift+← ↑ → ↓", lambda: tr("可执勤时间：连着涂")),
    ("places", "Shift+← ↑ → ↓", lambda: tr("勤务需求：选一片")),
    ("places", "+  -", lambda: tr("勤务需求：期望人数加一、减一")),
    ("places", "Del", lambda: tr("勤务需求：设为不设岗")),
    ("places", "L", lambda: tr("装备：借出")),
    ("places", "R", lambda: tr("装备：去未还，归还")),
    ("places", "Shift+R", lambda: tr("装备：缺件归还")),
    ("map", "← ↑ → ↓", lambda: tr("移动地图；在时间条上换班次")),
    ("map", "Shift+←  Shift+→", lambda: tr("上一班、下一班")),
    ("map", "+  -  0", lambda: tr("放大、缩小、全图")),
    ("map", "Tab", lambda: tr("按覆盖走过各点位，Esc 后离开地图")),
    ("map", "Enter", lambda: tr("进入点位的卡片")),
    ("map", "Space", lambda: tr("逐班播放；测距、标点时取中间一点")),
)
"""Page, keys, words of what is no command: a table or a grid takes it while it has the focus."""


def page_of(command: str) -> str:
    """Return the page that a command belongs to, by its id."""
    head = command.partition(".")[0]
    name = _OTHER_NAMES.get(head, head)
    return name if "." in command and name in PAGES else EVERYWHERE


def key_lines(commands: Iterable[Command], first: str = EVERYWHERE) -> tuple[KeyLine, ...]:
    """Return all keys in the language in force: those of the page `first`, then everywhere's, then the other pages'.

    Parameters
    ----------
    commands
        Those that are registered; one without keys has no line.
    first
        Name of a page.
    """
    lines = [KeyLine(page_of(each.id), each.keys, each.text(), each.id) for each in commands if each.keys]
    known = {(line.page, line.keys) for line in lines}
    lines.extend(
        KeyLine(page, keys, words())
        for page, keys, words in _VIEW
        if not {(page, one) for one in keys.split("  ")} <= known
    )
    order = {page: place for place, page in enumerate(dict.fromkeys((first, EVERYWHERE, *PAGES)))}
    return tuple(sorted(lines, key=lambda line: order[line.page]))
