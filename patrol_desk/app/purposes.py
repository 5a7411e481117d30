"""What the window is opened for: work, or pictures."""

from collections.abc import Mapping
from pathlib import Path

from patrol_desk.app.run import Options, run


def serve(purpose: str, options: Mapping[str, object]) -> int:
    """Open the window for a purpose; return the exit code, or how many pictures were taken.

    Parameters
    ----------
    purpose
        ``"desk"`` to work, ``"shots"`` for pictures.
    options
        As the command line gives them.
    """
    if purpose == "shots":
        from patrol_desk.app.shots import shoot_all

        return shoot_all(options)
    file = options.get("file")
    return run(Options(station=Path(str(file)) if file else None, sample=bool(options.get("sample"))))
