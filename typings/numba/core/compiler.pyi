# The pipeline of one compilation, and its result.
from collections.abc import Callable
from typing import Self

from numba.core.codegen import JITCodeLibrary
from numba.core.types import Type

class _Signature:
    args: tuple[Type, ...]

class CompileResult:
    entry_point: object
    fndesc: object
    library: object
    signature: _Signature
    def _replace(self, *, entry_point: object) -> Self: ...

class _Flags:
    no_compile: bool

class _Context:
    def codegen(self) -> object: ...
    def insert_user_function(self, func: object, fndesc: object, libs: list[object]) -> None: ...

class _FunctionIdentity:
    func_qualname: str

class _State:
    flags: _Flags
    func_id: _FunctionIdentity
    library: JITCodeLibrary
    targetctx: _Context

class Compiler:
    state: _State
    def compile_extra(self, func: Callable[..., object]) -> CompileResult: ...
    def _compile_bytecode(self) -> CompileResult: ...
