# The part of numba 0.68 in use: the decorator and two settings.
from collections.abc import Callable
from typing import TypeVar

from numba import config as config

_F = TypeVar("_F", bound=Callable[..., object])

def njit(*, cache: bool = ..., forceinline: bool = ..., _nrt: bool = ...) -> Callable[[_F], _F]: ...
