"""A bare machine gets to a working desk, or to one sentence that says what to do."""

import ast
import base64
import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import run

ROOT = Path(run.__file__).parent
# Builds what pip asks of an editable project without any network; on demand it first kills the set-up that called it.
BACKEND = """
import os, zipfile
def get_requires_for_build_editable(config_settings=None):
    return []
def build_editable(folder, config_settings=None, metadata_directory=None):
    if "KILL_SETUP" in os.environ:
        os.kill(int(os.environ["KILL_SETUP"]), 9)
        raise SystemExit(1)
    with zipfile.ZipFile(os.path.join(folder, "desk-1-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("desk.py", "from lent import WORD")
        wheel.writestr("desk-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: desk\\nVersion: 1\\n")
        wheel.writestr("desk-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("desk-1.dist-info/RECORD", "desk.py,,\\n")
    return "desk-1-py3-none-any.whl"
"""


def write_wheel(folder: Path) -> str:
    """Write a wheel of one module and return the line that locks it."""
    path = folder / "lent-1-py3-none-any.whl"
    files = {
        "lent.py": "WORD = 'lent'\n",
        "lent-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: lent\nVersion: 1\n",
        "lent-1.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{name},sha256={digest},{len(text)}\n"
        wheel.writestr("lent-1.dist-info/RECORD", record + "lent-1.dist-info/RECORD,,\n")
    return f"lent==1 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a source tree like the project's, in a folder with a Chinese name and a space."""
    root = tmp_path / "巡防 台"
    (root / "packaging").mkdir(parents=True)
    (root / "packaging" / "requirements.lock").write_text("", encoding="utf-8")
    settings = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    (root / "pyproject.toml").write_text(settings + '[project]\nname = "desk"\nversion = "1"\n', encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    return root


@pytest.mark.parametrize("found", [(3, 10), (3, 14), (2, 7)])
def test_another_python_is_refused_in_one_sentence(found: tuple[int, int]) -> None:
    """Who starts it with the wrong Python reads which ones are right and which one this is."""
    with pytest.raises(run.SetupError) as refusal:
        run.check_python(found, "CPython")
    chinese, english = refusal.value.words
    for sentence in (chinese, english):
        assert "3.11" in sentence
        assert "3.13" in sentence
        assert f"CPython {found[0]}.{found[1]}" in sentence
    assert "\n" not in chinese + english


def test_another_implementation_is_refused() -> None:
    """The locked packages are CPython's."""
    with pytest.raises(run.SetupError):
        run.check_python((3, 11), "PyPy")


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_the_pythons_it_is_made_for_are_taken(minor: int) -> None:
    """Three Pythons pass."""
    run.check_python((3, minor), "CPython")


def test_older_pythons_can_read_the_file() -> None:
    """A refusal is a sentence, not a syntax error."""
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages are Linux's")
def test_only_what_is_missing_is_asked_for() -> None:
    """A library that loads is not installed again."""
    libraries = {"libc.so.6": "libc6", "libnowhere.so.9": "libnowhere9"}
    assert run.missing_packages(libraries) == ["libnowhere9"]


def test_who_may_not_install_gets_the_one_command() -> None:
    """The whole command comes with the sentence, ready to be copied."""
    with pytest.raises(run.SetupError) as refusal:
        run.install_packages(["libegl1", "libgl1"], may_install=False)
    assert refusal.value.command.endswith("apt-get install -y --no-install-recommends libegl1 libgl1")


def test_a_console_without_chinese_gets_english() -> None:
    """No console makes a start fail."""
    command = "import run; run.say('正在准备', 'Setting up')"
    variables = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    ran = subprocess.run([sys.executable, "-c", command], cwd=ROOT, env=variables, capture_output=True, check=True)
    assert ran.stdout.decode("cp1252").strip() == "Setting up"


@pytest.mark.parametrize(
    ("given", "screen", "ends"),
    [
        ([], True, [["patrol_desk", "desk", "--sample"]]),
        ([], False, [["sample-week", "--out", "out"], ["--db", "out/sample-township.db"]]),
        (["test", "--long", "-k", "x"], False, [["--long", "-k", "x"]]),
        (["plan", "--week", "2026-W48"], True, [["patrol_desk", "plan", "--week", "2026-W48"]]),
    ],
)
def test_arguments_go_where_they_belong(given: list[str], *, screen: bool, ends: list[list[str]]) -> None:
    """Nothing opens the desk or, without a screen, plans and takes pictures; `test` runs the gate."""
    commands = run.commands_for(given, screen=screen)
    assert [command[-len(end) :] for command, end in zip(commands, ends, strict=True)] == ends


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's packages are Linux's")
def test_a_window_needs_xvfb_only_where_there_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with a screen is asked for no other."""
    monkeypatch.setenv("PATH", "")
    assert "xvfb" in run.missing_for_window(screen=False)
    assert "xvfb" not in run.missing_for_window(screen=True)


def test_a_second_start_waits_for_the_first(tmp_path: Path) -> None:
    """Two starts at once do not set up the same folder at once."""
    lock = tmp_path / "lock"
    command = f"import run, pathlib\nwith run.only_one(pathlib.Path({str(lock)!r})): print('mine', flush=True)"
    with run.only_one(lock):
        second = subprocess.Popen(
            [sys.executable, "-c", command], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", errors="replace"
        )
        assert second.stdout is not None
        assert "waiting" in second.stdout.readline()
    assert second.communicate()[0].strip() == "mine"


def set_up(tree: Path, *, killed: bool = False) -> int:
    """Run set-up of a tree in a process of its own, without a network; return its exit code.

    With `killed` it is killed while the project itself is being installed.
    """
    command = "import os, pathlib, run, sys\n"
    command += "os.environ['KILL_SETUP'] = str(os.getpid())\n" if killed else ""
    command += "try: run.Environment(pathlib.Path(sys.argv[1])).make()\nexcept run.SetupError: sys.exit(9)"
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": tree.as_uri(), "PIP_CONFIG_FILE": os.devnull}
    # Reading the output to its end also waits for the pip that outlives a killed set-up.
    return subprocess.run(
        [sys.executable, "-c", command, str(tree)],
        cwd=ROOT,
        env={**os.environ, **offline},
        capture_output=True,
        check=False,
    ).returncode


def test_set_up_is_finished_or_starts_over(tree: Path) -> None:
    """A wrong hash and a kill in the middle leave nothing that counts as ready; the next start sets up in full."""
    lock = tree / "packaging" / "requirements.lock"
    environment = run.Environment(tree)
    line = write_wheel(tree)
    lock.write_text(line[:-5] + "0000\n", encoding="utf-8")
    assert set_up(tree) == 9
    assert not environment.ready()
    lock.write_text(line, encoding="utf-8")
    assert set_up(tree, killed=True) not in (0, 9)
    assert not environment.ready()
    assert set_up(tree) == 0
    assert environment.ready()
    assert environment.call(["-c", "import desk, sys; sys.exit(desk.WORD != 'lent')"]) == 0


def finished(tree: Path) -> run.Environment:
    """Return an environment whose set-up counts as finished."""
    environment = run.Environment(tree)
    environment.python.parent.mkdir(parents=True, exist_ok=True)
    environment.python.write_text("", encoding="utf-8")
    environment.finish()
    return environment


def test_a_finished_set_up_is_not_repeated(tree: Path) -> None:
    """The second start finds all as it was."""
    assert not run.Environment(tree).ready()
    assert finished(tree).ready()


def test_settings_of_the_tools_need_no_new_set_up(tree: Path) -> None:
    """Only what is installed counts."""
    environment = finished(tree)
    with (tree / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("[tool.ruff]\nline-length = 99\n")
    assert environment.ready()


@pytest.mark.parametrize("change", ["lock", "dependencies", "moved", "damaged", "python"])
def test_what_it_was_made_from_changed(tree: Path, change: str) -> None:
    """Another lock file, other dependencies, a moved folder, a damaged stamp or a lost Python mean a new set-up."""
    environment = finished(tree)
    if change == "lock":
        environment.lock.write_text("lent==2\n", encoding="utf-8")
    elif change == "dependencies":
        with (tree / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write('dependencies = ["lent"]\n')
    elif change == "moved":
        environment = run.Environment(tree.rename(tree.with_name("moved")))
    elif change == "damaged":
        environment.stamp.write_text("{", encoding="utf-8")
    else:
        environment.python.unlink()
    assert not environment.ready()
