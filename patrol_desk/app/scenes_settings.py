"""Scenes of the settings and of the sheet of keys."""

from collections.abc import Awaitable, Callable

from patrol_desk.app.stage import Stage


def settings(part: str) -> Callable[[Stage], Awaitable[None]]:
    """Return what goes to a part of the settings."""

    async def act(stage: Stage) -> None:
        await stage.page("settings", part=part)

    return act


async def key_sheet(stage: Stage) -> None:
    """Open the sheet of keys over the roster."""
    await stage.page("roster")
    await stage.settled()
    stage.keys("?")
