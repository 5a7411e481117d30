"""A screen where there is none: Xvfb, for real windows on a machine without one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from patrol_desk.common.errors import PatrolError
from patrol_desk.common.message import Message

SCREEN = "1600x1000x24"


def has_display() -> bool:
    """Say whether a window can be shown to somebody."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextmanager
def real_windows() -> Iterator[None]:
    """Give Qt a screen while the block runs: the machine's own, else Xvfb's.

    Raises
    ------
    PatrolError
        There is neither.
    """
    if has_display():
        yield
        return
    program = shutil.which("Xvfb")
    if program is None:
        raise PatrolError(Message("cli.no_xvfb"))
    with _screen(program) as number:
        kept = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
        os.environ.update(DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb")
        try:
            yield
        finally:
            for name, value in kept.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


@contextmanager
def _screen(program: str) -> Iterator[int]:
    """Run Xvfb on a free number, which it tells once it is ready."""
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading, encoding="ascii") as told:
                yield int(told.readline())
        finally:
            server.terminate()
