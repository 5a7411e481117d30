"""What the window is opened for: work, or pictures."""

from collections.abc import Mapping
from pathlib import Path

from patrol_desk.app.display import real_windows
from patrol_desk.app.run import Options, run


def serve(purpose: str, options: Mapping[str, object]) -> int:
    """Open the window for a purpose and return the exit code.

    Parameters
    ----------
    purpose
        ``"desk"`` to work, ``"shots"`` for pictures.
    options
        As the command line gives them.
    """
    if purpose == "shots":
        from patrol_desk.app.shots import shoot_all

        with real_windows():
            return shoot_all(options)
    file = options.get("file")
    return run(Options(station=Path(str(file)) if file else None, sample=bool(options.get("sample"))))
