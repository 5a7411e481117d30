"""The decorator of every compiled kernel, and where the compiled code is kept.

A kernel is plain Python on numbers and arrays; with ``NUMBA_DISABLE_JIT=1`` it runs as such and gives the same result,
because kernels use whole numbers only.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba
from platformdirs import user_cache_path

_F = TypeVar("_F", bound=Callable[..., object])


def sources_digest() -> str:
    """Return a digest of the sources that hold kernels.

    numba looks only at the file of the kernel itself when it asks whether a kept kernel is stale, not at the files of
    the kernels which that one calls; a folder per state of the sources closes this hole.
    """
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        text = file.read_bytes()
        if b"@kernel" in text or b"@inlined" in text:
            digest.update(text)
    return digest.hexdigest()


def cache_folder() -> Path:
    """Return the folder in which compiled kernels are kept between runs."""
    return user_cache_path("patrol-desk", appauthor=False) / f"kernels-{sources_digest()}"


if not os.environ.get("NUMBA_CACHE_DIR"):
    numba.config.CACHE_DIR = str(cache_folder())


def kernel(function: _F) -> _F:
    """Compile a function on its first call and keep the result for later runs.

    Without numba's runtime (``_nrt``) no array can be made in a kernel, and none is counted: kernels are handed named
    tuples of some forty arrays, and counting references to each at each step made the search 17 times slower.
    """
    return numba.njit(cache=True, _nrt=False)(function)


def inlined(function: _F) -> _F:
    """Compile a small function into each kernel that calls it: a call would hand over every array one by one."""
    return numba.njit(cache=True, _nrt=False, forceinline=True)(function)
