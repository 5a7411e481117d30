"""Write the lock file and the table of what is locked: ``python packaging/lock.py`` (needs uv and the package index).

Fails when a locked package has no wheel for one of the targets, or a licence that the product cannot ship with.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

FOLDER = Path(__file__).resolve().parent
LOCK = FOLDER / "requirements.lock"
README = FOLDER / "README.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"
# Debian 12 has glibc 2.36.
LINUX = [f"manylinux_2_{minor}_x86_64" for minor in range(36, 4, -1)] + ["manylinux2014_x86_64", "manylinux1_x86_64"]
MACHINES = {"linux": LINUX, "win32": ["win_amd64"]}
PYTHONS = [(3, 11), (3, 12), (3, 13)]
# Their pages on the index name no licence; this is what the LICENSE file in the wheel says.
READ = {"mypy-extensions": "MIT", "sqlcipher3": "Zlib"}


class Row(NamedTuple):
    """One locked version as the table shows it."""

    name: str
    version: str
    licence: str
    released: str
    missing: tuple[str, ...]


def compile_lock() -> None:
    """Let uv resolve `pyproject.toml` for every target at once, with hashes and without any address."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
    if uv is None:
        sys.exit("uv is missing: pip install uv")
    arguments = "--no-config --universal --generate-hashes --only-binary :all: --python-version 3.11 --upgrade --quiet"
    target = "--no-emit-index-url --no-annotate --extra test --output-file packaging/requirements.lock pyproject.toml"
    command = [uv, "pip", "compile", *f"{arguments} {target}".split()]
    named = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "python packaging/lock.py"}
    subprocess.run(command, cwd=FOLDER.parent, env=named, check=True)


def locked() -> list[tuple[str, str, Marker | None]]:
    """Return name, version and marker of every line of the lock file."""
    lines = re.findall(r"^([a-z0-9-]+)==(\S+?)(?: ; (.+?))? \\$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    return [(name, version, Marker(marker) if marker else None) for name, version, marker in lines]


def targets(marker: Marker | None) -> dict[str, set[Tag]]:
    """Return the targets that a marker holds for, each with the wheel tags it can install."""
    found = {}
    for system, platforms in MACHINES.items():
        for python in PYTHONS:
            dotted = ".".join(map(str, python))
            about = {"sys_platform": system, "python_version": dotted, "python_full_version": f"{dotted}.9"}
            about |= {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
            if marker is None or marker.evaluate(about):
                tags = {*cpython_tags(python, platforms=platforms), *compatible_tags(python, platforms=platforms)}
                found[f"{system} {dotted}"] = tags
    return found


def describe(name: str, version: str, marker: Marker | None) -> Row:
    """Ask the package index about one locked version."""
    with urlopen(f"https://pypi.org/pypi/{name}/json", timeout=60) as answer:
        about = json.load(answer)
    files = about["releases"][version]
    tags: set[Tag] = set()
    for file in files:
        try:
            tags |= parse_wheel_filename(file["filename"])[3]
        except InvalidWheelFilename:
            continue
    info = about["info"]
    classes = [line.split(" :: ")[-1] for line in info["classifiers"] if line.startswith("License :: ")]
    licence = info["license_expression"] or ", ".join(classes) or READ.get(name) or info["license"] or "unknown"
    missing = tuple(target for target, wanted in targets(marker).items() if not tags & wanted)
    return Row(name, version, licence, max(file["upload_time"] for file in files)[:10], missing)


def refused(licence: str) -> bool:
    """Tell whether a licence forbids shipping: unknown, or the GPL without another to choose."""
    return licence == "unknown" or ("GPL" in licence.replace("LGPL", "") and "LGPL" not in licence)


def main() -> None:
    """Write both files, or say which package does not fit."""
    compile_lock()
    rows = [describe(*line) for line in locked()]
    lines = ["| package | version | licence | released |\n", "|---|---|---|---|\n"]
    lines += [f"| {row.name} | {row.version} | {row.licence} | {row.released} |\n" for row in rows]
    head, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    README.write_text(head + BEGIN + "".join(lines) + END + rest.partition(END)[2], encoding="utf-8", newline="\n")
    bad = [f"{row.name} {row.version}: no wheel for {', '.join(row.missing)}" for row in rows if row.missing]
    bad += [f"{row.name} {row.version}: licence {row.licence}" for row in rows if refused(row.licence)]
    sys.exit("\n".join(bad) or None)


if __name__ == "__main__":
    main()
