"""Pictures and windows on a screen that is made for them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from patrol_desk.app.scenes import SCENES
from patrol_desk.app.shots import LOOKS

ROOT = Path(__file__).resolve().parents[2]


def shots(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a folder, without a screen and without a choice of Qt's platform."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "QT_QPA_PLATFORM"}}
    command = [sys.executable, "-m", "patrol_desk", "shots", *arguments]
    wanted = {**kept, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        command, cwd=folder, env=wanted, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_every_look_is_taken() -> None:
    """Both languages, both themes, both screens, each in a folder of its own."""
    names = {look.name for look in LOOKS}
    assert len(names) == 8
    assert {"zh-light-1440x900", "en-dark-1366x768"} <= names


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a screen of their own")
def test_a_real_window_is_drawn_where_there_is_no_screen(tmp_path: Path) -> None:
    """The start page in a real window on Xvfb, in all looks; the screen is gone afterwards."""
    sample = tmp_path / "sample.db"
    sample.write_bytes(b"not opened by these scenes")
    ran = shots(tmp_path, "--only", "start", "--db", str(sample), "--out", "shots")
    assert ran.returncode == 0, ran.stderr
    pictures = sorted(tmp_path.glob("shots/*/*.png"))
    expected = len(LOOKS) * sum("start" in scene.name for scene in SCENES)
    assert len(pictures) == expected
    sizes = {picture.stat().st_size for picture in pictures}
    assert len(sizes) > len(LOOKS), "pictures of different languages and looks differ"
    assert str(expected) in ran.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have a screen of their own")
def test_without_screen_and_xvfb_the_command_is_named(tmp_path: Path) -> None:
    """Who lacks Xvfb is told what to install."""
    ran = shots(tmp_path, "--db", str(tmp_path), "--lang", "en", PATH=str(tmp_path))
    assert ran.returncode == 1
    assert "apt-get install -y xvfb" in ran.stderr
