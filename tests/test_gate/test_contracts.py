"""Who imports whom stays as the architecture says."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
FREE_TO = {
    "PySide6": {"app", "ui", "printing"},
    "sqlalchemy": {"models", "storage", "app"},
    "sqlcipher3": {"storage"},
    "ortools": {"engine"},
}


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts as the project's settings state them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def test_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """No package imports what stands above or beside it, nor a library that is another's to use."""
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_contract_has_exceptions() -> None:
    """A contract holds for every module: nothing is ignored."""
    assert not [contract["name"] for contract in contracts() if "ignore_imports" in contract]


@pytest.mark.parametrize("library", FREE_TO)
def test_every_package_is_held_to_each_contract(library: str) -> None:
    """A new package is kept from each library until somebody allows it."""
    (contract,) = [one for one in contracts() if library in one.get("forbidden_modules", [])]
    held = {name.removeprefix("patrol_desk.") for name in contract["source_modules"]}
    folder = ROOT / "patrol_desk"
    present = {path.parent.name for path in folder.glob("*/__init__.py")}
    present |= {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert present - held == present & FREE_TO[library]
