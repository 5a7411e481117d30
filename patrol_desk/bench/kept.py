"""Rows of a bench on disk, one JSON line each, so that an interrupted run goes on where it stopped."""

import hashlib
import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from patrol_desk.bench.jobs import Job
from patrol_desk.common.errors import InvalidDataError
from patrol_desk.common.message import Message

Row = dict[str, object]

_MEASURED = ("engine", "samples/problems")
"""The packages whose sources decide what a row says."""


class KeptRows:
    """The rows of one file; what is added is on disk before the next run begins.

    Parameters
    ----------
    path
        A new file, or one that an earlier run has left.

    Raises
    ------
    InvalidDataError
        The file is of another state of the engine, or none of a bench.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[str, Row] = {}
        self.sources = sources_digest()
        if path.exists():
            self._read()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._append({"bench": "engine", "sources": self.sources})

    def _read(self) -> None:
        lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
        try:
            head = json.loads(lines[0]) if lines else {}
            # A line without its end was being written when the run was ended; it is run again.
            rows = [json.loads(line) for line in lines[1:] if line.endswith("\n")]
        except json.JSONDecodeError as error:
            raise InvalidDataError(Message("bench.no_rows", {"file": self.path.name})) from error
        if not isinstance(head, dict) or head.get("sources") != self.sources:
            raise InvalidDataError(Message("bench.other_sources", {"file": self.path.name}))
        self.rows = {str(row["key"]): row for row in rows if "failed" not in row}
        if lines and not lines[-1].endswith("\n"):
            self.path.write_text("".join(lines[:-1]), encoding="utf-8")

    def add(self, job: Job, row: Row) -> None:
        """Keep the row of a job.

        Raises
        ------
        InvalidDataError
            The sources have changed since the first run: the row is of neither state.
        """
        if sources_digest() != self.sources:
            raise InvalidDataError(Message("bench.other_sources", {"file": self.path.name}))
        whole: Row = {
            "key": job.key, "kind": job.kind, "family": job.family, "seed": job.seed, "scale": round(job.scale, 6),
            "limit": job.limit, "asked_moves": job.moves, **row,
        }  # fmt: skip
        self.rows[job.key] = whole
        self._append(whole)

    def _append(self, row: Row) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def sources_digest() -> str:
    """Return a digest of the sources that decide what is measured."""
    digest = hashlib.blake2b(digest_size=8)
    for name in _MEASURED:
        root = files("patrol_desk")
        for part in name.split("/"):
            root = root.joinpath(part)
        _add(digest, root, name)
    return digest.hexdigest()


def _add(digest: "hashlib.blake2b", folder: Traversable, name: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda found: found.name):
        if entry.is_dir() and entry.name != "__pycache__":
            _add(digest, entry, f"{name}/{entry.name}")
        elif entry.name.endswith((".py", ".toml")):
            digest.update(f"{name}/{entry.name}".encode() + b"\0" + entry.read_bytes())
