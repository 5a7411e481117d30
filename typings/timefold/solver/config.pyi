from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

from timefold.solver.score import Constraint, ConstraintFactory

_S = TypeVar("_S")

class Duration:
    def __init__(self, *, milliseconds: int = 0) -> None: ...

class EnvironmentMode(Enum):
    NON_REPRODUCIBLE = ...

class ScoreDirectorFactoryConfig:
    def __init__(
        self, *, constraint_provider_function: Callable[[ConstraintFactory], list[Constraint]] | None = None
    ) -> None: ...

class TerminationConfig:
    def __init__(self, *, spent_limit: Duration | None = None) -> None: ...

class SolverConfig(Generic[_S]):
    def __init__(
        self,
        *,
        solution_class: type[_S],
        entity_class_list: list[type],
        environment_mode: EnvironmentMode,
        score_director_factory_config: ScoreDirectorFactoryConfig,
        termination_config: TerminationConfig,
        xml_source_text: str | None = None,
    ) -> None: ...
