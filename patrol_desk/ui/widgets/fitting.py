"""Buttons in a bar: where their words have no room, icons say them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from patrol_desk.ui.widgets.buttons import Button


def shorten_to_fit(bar: QWidget, buttons: Sequence[Button]) -> None:
    """Shorten as many buttons of a bar as it takes, from the first on, a primary one last; or give words back."""
    layout = bar.layout()
    shown = [button for button in buttons if not button.isHidden()]
    if layout is None or not shown:
        return
    saved = {button: button.natural_width() - button.natural_width(terse=True) for button in shown}
    held = sum(saved[button] for button in shown if button.is_terse)
    over = layout.minimumSize().width() + held - bar.width()
    for button in sorted(shown, key=lambda one: one.kind == "primary"):
        button.shorten(terse=over > 0)
        over -= saved[button] if over > 0 else 0
