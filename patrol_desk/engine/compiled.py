"""The decorator of every compiled kernel, and where the compiled code is kept.

A kernel is plain Python on numbers and arrays; with ``NUMBA_DISABLE_JIT=1`` it runs as such and gives the same result,
because kernels use whole numbers only.
"""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypedDict, TypeVar, cast

import numba
from numba.core.caching import UserProvidedCacheLocator
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler, CompileResult
from numba.core.registry import CPUDispatcher
from numba.core.types import Type, unliteral
from platformdirs import user_cache_path

_F = TypeVar("_F", bound=Callable[..., object])
_PACKAGE: Final = Path(__file__).parents[1]
_IMPORTED: Final = re.compile(rb"^\s*from patrol_desk\.([\w.]+) import", re.MULTILINE)


def cache_folder() -> Path:
    """Return the folder in which compiled kernels are kept between runs."""
    return user_cache_path("patrol-desk", appauthor=False) / "kernels"


@cache
def sources(file: Path) -> frozenset[Path]:
    """Return a module's file and those of all modules of the program which it needs, also through others."""
    found, waiting = {file}, [file]
    while waiting:
        for name in _IMPORTED.findall(waiting.pop().read_bytes()):
            module = _PACKAGE.joinpath(*name.decode().split(".")).with_suffix(".py")
            if module not in found and module.is_file():
                found.add(module)
                waiting.append(module)
    return frozenset(found)


@cache
def digest_of(file: Path) -> str:
    """Return a digest of what a module's kernels are compiled from: its source and all sources it needs."""
    digest = blake2b(digest_size=8)
    for source in sorted(sources(file)):
        digest.update(blake2b(source.read_bytes()).digest())
    return digest.hexdigest()


class KeptByContent(UserProvidedCacheLocator):
    """Keeps a kernel under a digest of the sources it is compiled from.

    numba asks only whether the file of the kernel itself is still the same, not those of the kernels it calls, and
    keeps apart what stands in different folders. By content a kernel is compiled again when, and only when, something
    it is made of has changed, and every copy of the same program finds it.
    """

    def __init__(self, py_func: Callable[..., object], py_file: str) -> None:
        super().__init__(py_func, py_file)
        file = Path(py_file).resolve()
        self._stamp = digest_of(file)
        self._cache_path = str(Path(numba.config.CACHE_DIR) / f"{file.stem}-{self._stamp}")

    def get_source_stamp(self) -> str:
        """Return the digest of the sources."""
        return self._stamp


class Kernel(CPUDispatcher):
    """A kernel that is compiled once for a whole number, not again for each number that stands in a call."""

    def get_call_template(self, args: tuple[Type, ...], kws: Mapping[str, Type]) -> tuple[object, ...]:
        """Return how a call of this kernel is typed."""
        return super().get_call_template(
            tuple(unliteral(one) for one in args), {name: unliteral(one) for name, one in kws.items()}
        )


class Source(JITCodeLibrary):
    """The code of a kernel that exists only within others: not optimised by itself, and not made into machine code."""

    def _optimize_final_module(self) -> None:
        """Leave it to those into which this is inlined."""

    def _finalize_specific(self) -> None:
        """Make no machine code."""

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._finalized = True


class SourceCompiler(Compiler):
    """Compiles into a `Source`."""

    def _compile_bytecode(self) -> CompileResult:
        self.state.flags.no_compile = True
        self.state.library = Source(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
        return super()._compile_bytecode()


class _Within(TypedDict):
    targetoptions: dict[str, bool]
    pipeline_class: type[Compiler]


class Inner(Kernel):
    """A kernel that is compiled into each kernel which calls it; called from Python it runs as Python."""

    def add_overload(self, cres: CompileResult) -> None:
        """Note what was compiled, without offering it to Python."""
        named = cres._replace(entry_point=object())
        self.targetctx.insert_user_function(named.entry_point, named.fndesc, [named.library])
        self.overloads[tuple(named.signature.args)] = named

    def _compile_for_args(self, *_args: object, **_kws: object) -> object:
        return self.py_func


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(cache_folder())
numba.config.CACHE_LOCATOR_CLASSES = f"{__name__}.{KeptByContent.__name__},UserWideCacheLocator"


def kernel(function: _F) -> _F:
    """Compile a function on its first call and keep the result for later runs.

    Without numba's runtime (``_nrt``) no array can be made in a kernel, and none is counted: kernels are handed named
    tuples of some forty arrays, and counting references to each at each step made the search 17 times slower.
    """
    if numba.config.DISABLE_JIT:
        return function
    made = Kernel(function, targetoptions={"nopython": True, "_nrt": False, "no_cfunc_wrapper": True})
    made.enable_caching()
    return cast(_F, made)


def inner(function: _F) -> _F:
    """Compile a function into each kernel that calls it; called from Python it runs as Python, and slowly."""
    return function if numba.config.DISABLE_JIT else cast(_F, Inner(function, **_within(forced=False)))


def inlined(function: _F) -> _F:
    """Do as `inner` does, and put the code in the place of each call, which would hand over every array one by one."""
    return function if numba.config.DISABLE_JIT else cast(_F, Inner(function, **_within(forced=True)))


def _within(*, forced: bool) -> _Within:
    """Return how numba compiles what exists only within others."""
    options = {"nopython": True, "_nrt": False, "forceinline": forced}
    return {
        "targetoptions": options | {"no_cfunc_wrapper": True, "no_cpython_wrapper": True},
        "pipeline_class": SourceCompiler,
    }
