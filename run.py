"""One command for a bare machine: ``python3 run.py`` (Windows: ``py run.py``) sets up `.venv` and opens the desk.

Without a screen it plans the sample week instead and saves the sheets and pictures of every page to ``out/``.
``run.py test [--long] [pytest arguments]`` sets up likewise and runs every check; other arguments go to `patrol_desk`.
Only the standard library is used, and older Pythons can read this file, so that they can say why they are refused.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST, NEWEST = (3, 11), (3, 13)
# What a bare Debian lacks for drawing without a window: the file that Qt looks for, and the package that holds it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libzstd.so.1": "libzstd1",
    "libz.so.1": "zlib1g",
}
# What it lacks for a real window, on a screen or on Xvfb's.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


SENTENCES = {
    "python": (
        "需要 CPython 3.11、3.12 或 3.13，现在运行的是 {found}。",
        "Patrol Desk needs CPython 3.11, 3.12 or 3.13; this is {found}.",
    ),
    "packages": (
        "系统缺少组件，请先执行下面的命令：",
        "The system lacks some packages; please run this command first:",
    ),
    "inside": (
        "请用系统的 Python 运行 run.py，不要用 .venv 里的。",
        "Please run run.py with the system's Python, not with the one in .venv.",
    ),
    "busy": (
        "无法写入 {folder}；请关闭正在使用它的程序后再运行。",
        "{folder} cannot be written; close what is using it and run again.",
    ),
    "step": (
        "准备运行环境时出错（{step}），原因见上；检查网络后再次运行即可。",
        "Set-up failed at {step}, see above; check the network and run the same command again.",
    ),
}


class SetupError(Exception):
    """Set-up cannot go on.

    Parameters
    ----------
    code
        Which of `SENTENCES` says why; its Chinese and English are in `words`.
    values
        What its placeholders stand for.
    command
        What to type to mend it, printed on a line of its own.
    """

    def __init__(self, code: str, *, command: str = "", **values: str) -> None:
        super().__init__(code)
        self.command = command
        self.words = [sentence.format(**values) for sentence in SENTENCES[code]]


def say(chinese: str, english: str) -> None:
    """Print one sentence in both languages, or in English alone where the console has no Chinese."""
    line = f"{chinese} {english}".strip()
    try:
        line.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        line = english
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def check_python(version: "tuple[int, int]", implementation: str) -> None:
    """Refuse a Python that the locked packages have no files for.

    Raises
    ------
    SetupError
        It is not CPython 3.11, 3.12 or 3.13.
    """
    if implementation != "CPython" or not OLDEST <= version <= NEWEST:
        found = "{} {}.{}".format(implementation, *version)
        raise SetupError("python", found=found)


def missing_packages(libraries: "Mapping[str, str]" = LIBRARIES) -> "list[str]":
    """Return the Debian packages whose libraries this machine cannot load, and the one that makes environments."""
    if platform.system() != "Linux":
        return []
    venv = [] if importlib.util.find_spec("ensurepip") else ["python{}.{}-venv".format(*sys.version_info)]
    return venv + _unloadable(libraries)


def missing_for_window(*, screen: bool) -> "list[str]":
    """Return the Debian packages a real window lacks; where there is no screen, Xvfb too."""
    if platform.system() != "Linux":
        return []
    missing = _unloadable(WINDOW_LIBRARIES)
    return missing if screen or shutil.which("Xvfb") else [*missing, "xvfb"]


def has_screen() -> bool:
    """Tell whether a window can be shown to somebody."""
    return platform.system() != "Linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _unloadable(libraries: "Mapping[str, str]") -> "list[str]":
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def install_packages(packages: "list[str]", *, may_install: bool) -> None:
    """Install Debian packages, or say which one command does it.

    Raises
    ------
    SetupError
        They are needed and could not be installed.
    """
    names = " ".join(packages)
    command = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
    if may_install and shutil.which("apt-get"):
        say(f"正在安装系统组件：{names}", f"Installing system packages: {names}")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "update", "-qq"], env=quiet)
        if not subprocess.call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=quiet):
            return
    raise SetupError("packages", command=command)


@contextlib.contextmanager
def only_one(path: Path) -> "Iterator[None]":
    """Wait until no other start of the desk is setting up; the system frees the lock of one that was killed."""
    with path.open("w", encoding="utf-8") as file:
        told = False
        while not _try_lock(file.fileno()):
            if not told:
                say("另一个窗口正在准备运行环境，请稍候…", "Another start is setting up; waiting for it…")
                told = True
            time.sleep(0.5)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


class Environment:
    """The virtual environment of one source tree.

    Parameters
    ----------
    root
        The folder that holds `pyproject.toml` and `packaging/requirements.lock`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.lock = root / "packaging" / "requirements.lock"
        self.stamp = self.folder / "set-up.json"
        scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
        self.python = self.folder / scripts

    def fingerprint(self) -> str:
        """Return a hash of all that the environment is made from."""
        import tomllib

        digest = hashlib.sha256(self.lock.read_bytes())
        settings = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        # The tools' settings in that file change nothing of what is installed.
        made_from = [settings.get(table) for table in ("project", "build-system")]
        digest.update(json.dumps(made_from, sort_keys=True).encode("utf-8"))
        # A moved tree or another Python needs a new environment: its scripts name both.
        where = [str(self.root), sys.base_prefix, platform.machine(), *map(str, sys.version_info[:2])]
        digest.update("\n".join(where).encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def ready(self) -> bool:
        """Tell whether set-up was finished for exactly this lock file, this Python and this folder."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(stamp == {"made_from": self.fingerprint()} and self.python.exists())

    def make(self) -> None:
        """Make the environment anew; the stamp is written last, so that an interrupted set-up starts over.

        Raises
        ------
        SetupError
            A package could not be fetched or installed, or the old environment is in use.
        """
        if Path(sys.prefix).resolve() == self.folder.resolve():
            raise SetupError("inside")
        say("正在准备运行环境（首次约一分钟）…", "Setting up .venv (about a minute, once)…")
        begun = time.monotonic()
        try:
            self.stamp.unlink(missing_ok=True)
        except OSError as error:
            raise SetupError("busy", folder=str(self.folder)) from error
        self._run("venv", [sys.executable, "-m", "venv", "--clear", str(self.folder)])
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        pip += [] if sys.stdout.isatty() else ["-qq"]
        locked = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile", "-r", str(self.lock)]
        self._run("packages", [*pip, "install", *locked])
        own = ["--no-index", "--no-build-isolation", "--no-deps", "--editable", str(self.root)]
        self._run("patrol-desk", [*pip, "install", *own])
        self._compile()
        self.finish()
        seconds = time.monotonic() - begun
        say(f"运行环境已就绪，用时 {seconds:.0f} 秒。", f"Ready after {seconds:.0f} s.")

    def finish(self) -> None:
        """Write the stamp, in one step: from now on set-up counts as finished."""
        whole = self.stamp.with_suffix(".tmp")
        whole.write_text(json.dumps({"made_from": self.fingerprint()}), encoding="utf-8")
        whole.replace(self.stamp)

    def call(self, arguments: "list[str]") -> int:
        """Run the environment's Python in the source tree and return its exit code; Ctrl-C is the child's to answer."""
        sys.stdout.flush()
        with subprocess.Popen([str(self.python), *arguments], cwd=self.root, env=_clean_variables()) as child:
            while True:
                try:
                    return child.wait()
                except KeyboardInterrupt:
                    continue

    def _run(self, step: str, command: "list[str]") -> None:
        if subprocess.call(command, env=_clean_variables(), cwd=self.root):
            raise SetupError("step", step=step)

    def _compile(self) -> None:
        """Compile packages (on all cores, which pip does not) and the engine's inner loops now, not at the first plan.

        Only time is lost when either fails: the first plan compiles what is missing, and says what is wrong.
        """
        say("正在编译…", "Compiling…")
        packages = ["compileall", "-qq", "-j", "0", "-x", r"[\\/]tests?[\\/]", str(self.folder)]
        for command in (packages, ["patrol_desk", "engine", "warm"]):
            whole = [str(self.python), "-m", *command]
            subprocess.run(whole, cwd=self.root, env=_clean_variables(), capture_output=True, check=False)


def _clean_variables() -> "dict[str, str]":
    """Return the environment variables without those that point Python elsewhere."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return {**kept, "PYTHONUTF8": "1"}


def commands_for(arguments: "list[str]", *, screen: bool) -> "list[list[str]]":
    """Return what the environment's Python is to run, one after the other, for the arguments given to `run.py`."""
    if not arguments and screen:
        return [["-m", "patrol_desk", "desk", "--sample"]]
    if not arguments:
        pictures = ["shots", "--quick", "--offscreen", "--out", "out", "--db", "out/sample-township.db"]
        return [["-m", "patrol_desk", "sample-week", "--out", "out"], ["-m", "patrol_desk", *pictures]]
    if arguments[0] == "test":
        return [[str(Path("tests", "gate.py")), *arguments[1:]]]
    return [["-m", "patrol_desk", *arguments]]


def prepare_window(arguments: "list[str]", *, may_install: bool) -> None:
    """Install what a real window needs, when one is going to be opened.

    Raises
    ------
    SetupError
        It is needed and could not be installed. For tests it is only wanted: those that lack it say so.
    """
    wanted = arguments[0] if arguments else "desk"
    if wanted == "shots" or (wanted == "desk" and has_screen()) or (wanted == "test" and may_install):
        packages = missing_for_window(screen=has_screen())
        if packages:
            with contextlib.ExitStack() as stack:
                if wanted == "test":
                    stack.enter_context(contextlib.suppress(SetupError))
                install_packages(packages, may_install=may_install)


def main(arguments: "list[str]") -> int:
    """Set up when needed, then run; return the exit code."""
    try:
        check_python(sys.version_info[:2], platform.python_implementation())
        environment = Environment(ROOT)
        may_install = hasattr(os, "geteuid") and os.geteuid() == 0
        if not environment.ready():
            packages = missing_packages()
            if packages:
                install_packages(packages, may_install=may_install)
            with only_one(ROOT / ".venv.lock"):
                if not environment.ready():
                    environment.make()
        prepare_window(arguments, may_install=may_install)
    except SetupError as error:
        say(*error.words)
        if error.command:
            say("", error.command)
        return 2
    except KeyboardInterrupt:
        say("已中断；再次运行会重新准备。", "Interrupted; run the same command again.")
        return 130
    for command in commands_for(arguments, screen=has_screen()):
        status = environment.call(command)
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
