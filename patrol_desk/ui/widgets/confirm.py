"""A question with the numbers of what will happen and a verb as its answer."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from patrol_desk.ui.i18n import tr
from patrol_desk.ui.theme import Theme
from patrol_desk.ui.widgets.buttons import Button
from patrol_desk.ui.widgets.dialog import Dialog
from patrol_desk.ui.widgets.labels import Label


async def confirm(
    host: QWidget, theme: Theme, title: str, sentences: Sequence[str], verb: str, *, danger: bool = False
) -> bool:
    """Ask, and say whether the verb was chosen.

    Parameters
    ----------
    host
        The window.
    theme
        Gives colours and sizes.
    title
        What is asked.
    sentences
        What will happen, in numbers; one line each.
    verb
        The answer that does it, two to six characters: never "OK".
    danger
        The verb destroys something: it is outlined in red, and the focus begins at the way out.
    """
    dialog = Dialog(host, theme, width=440)
    dialog.setObjectName("confirm")
    dialog.head(title)
    for sentence in sentences:
        dialog.add(Label("body", sentence, wrap=True))
    do = Button(theme, kind="danger" if danger else "primary", keys="Ctrl+Enter")
    do.setText(verb)
    do.setObjectName("confirmDo")
    back = Button(theme, keys="Esc")
    back.setText(tr("取消"))
    back.setObjectName("confirmBack")
    back.clicked.connect(dialog.reject)
    dialog.foot(do, back)
    dialog.first(back if danger else do)
    return await dialog.ask()
