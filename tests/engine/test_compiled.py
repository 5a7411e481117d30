"""Kernels are compiled when what they are made of has changed, once for any number, and only where that is of use."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from patrol_desk.engine import compiled
from patrol_desk.engine.compiled import digest_of, inlined, inner, kernel, sources
from patrol_desk.engine.core import cost, instance, spread


@inner
def _doubled(number: int) -> int:
    return number * 2


@inlined
def _tripled(number: int) -> int:
    return number * 3


@kernel
def _four_times(number: int) -> int:
    return _doubled(_doubled(number)) + _doubled(0)


def test_what_a_kernel_is_made_of_reaches_through_the_modules_it_needs() -> None:
    """A kernel's sources are those of all modules it needs."""
    found = sources(Path(cost.__file__))
    assert {Path(cost.__file__), Path(spread.__file__), Path(instance.__file__)} <= found


def test_a_kernel_is_stale_when_a_module_it_needs_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change in a needed module is seen."""
    outer, needed = tmp_path / "engine" / "outer.py", tmp_path / "engine" / "needed.py"
    outer.parent.mkdir()
    outer.write_text("from patrol_desk.engine.needed import one\n")
    needed.write_text("one = 1\n")
    monkeypatch.setattr(compiled, "_PACKAGE", tmp_path)

    def digest() -> str:
        sources.cache_clear()
        digest_of.cache_clear()
        return digest_of(outer)

    before = digest()
    assert digest() == before
    needed.write_text("one = 2\n")
    assert digest() != before


def test_a_copy_elsewhere_has_the_same_digest(tmp_path: Path) -> None:
    """Where a copy of the program stands does not count."""
    one, other = tmp_path / "a" / "same.py", tmp_path / "b" / "same.py"
    for file in (one, other):
        file.parent.mkdir()
        file.write_text("x = 1\n")
    assert digest_of(one) == digest_of(other)


def test_a_number_in_a_call_does_not_make_another_version() -> None:
    """Numbers written in calls share one version; nothing is kept here, so that it is compiled in any case."""

    def caller(number: int) -> int:
        return _doubled(_doubled(number)) + _doubled(0)

    fresh = cast(Callable[[int], int], compiled.Kernel(caller, targetoptions={"nopython": True, "_nrt": False}))
    assert fresh(5) == 20
    assert len(cast(compiled.Inner, _doubled).overloads) == 1


def test_a_kernel_for_kernels_runs_as_python_when_python_calls_it() -> None:
    """Its nesting in kernels leaves no machine code that could be called."""
    assert _four_times(4) == 16
    assert (_doubled(4), _tripled(4)) == (8, 12)
