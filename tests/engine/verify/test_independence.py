"""The checker shares no code with what it checks."""

import ast
from importlib import resources

ALLOWED = {"common", "engine.plan", "engine.problem", "engine.verify"}


def test_the_checker_imports_only_data_of_the_engine() -> None:
    """Of the program it knows the problem, the plan and what is common to all; no kernel, no solver library."""
    found: set[str] = set()
    for file in resources.files("patrol_desk.engine.verify").iterdir():
        if file.name.endswith(".py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            found |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    ours = {name.removeprefix("patrol_desk.") for name in found if name.startswith("patrol_desk.")}
    assert {name for name in ours if not any(name == a or name.startswith(a + ".") for a in ALLOWED)} == set()
    assert found.isdisjoint({"numba", "ortools"})
