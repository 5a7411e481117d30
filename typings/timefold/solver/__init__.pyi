from typing import Generic, TypeVar

from timefold.solver.config import SolverConfig

_S = TypeVar("_S")

def init(*args: str) -> None: ...

class Solver(Generic[_S]):
    def solve(self, problem: _S) -> _S: ...

class SolverFactory(Generic[_S]):
    @staticmethod
    def create(solver_config: SolverConfig[_S]) -> SolverFactory[_S]: ...
    def build_solver(self) -> Solver[_S]: ...
