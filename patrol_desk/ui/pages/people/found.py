"""What stands in the list's place when nobody is found."""

from collections.abc import Callable

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.pages.people.filters import Filters
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.states import StateStack, state_button


def say_found(
    states: StateStack, theme: Theme, filters: Filters, found: tuple[int, int], clear: Callable[[], None],
    new: Callable[[], None],
) -> None:  # fmt: skip
    """Show the list, or say why it is empty and what to do.

    Parameters
    ----------
    states, theme
        Where it is said, and its look.
    filters
        What was looked for.
    found
        How many are shown, and how many there are at all.
    clear, new
        Take the filters away; make a new person.
    """
    shown, total = found
    query = filters.query.strip()
    if shown:
        states.content()
    elif query:
        words = tr("没有找到“{query}”。试试姓名、拼音首字母或尾号。", query=query)
        states.empty("search", words, state_button(theme, tr("清除筛选"), clear))
    elif filters.narrowed:
        words = tr("没有符合这些条件的人。")
        states.empty("list-filter", words, state_button(theme, tr("清除筛选"), clear))
    elif total:
        states.empty("users", tr("这里还没有人。"))
    else:
        words = tr("还没有人员。可逐个新增，或从表格导入。")
        states.empty("users", words, state_button(theme, tr("新增人员"), new, "user-plus"))
