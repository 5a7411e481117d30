"""Every service function says what its actor must be allowed, and asks before it acts."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import patrol_desk.services
from patrol_desk.common.actor import Actor
from patrol_desk.common.errors import ForbiddenError
from patrol_desk.messages import render
from patrol_desk.models import Role
from patrol_desk.security.permissions import Permission
from patrol_desk.services.permits import permitted, require

FOLDER = Path(patrol_desk.services.__file__).parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


def actor(role: str) -> Actor:
    """Return somebody of a role."""
    return Actor(None, "测试", role)


def public_functions() -> Iterator[tuple[str, Function]]:
    """Yield every public function and method of the services that is handed an actor."""
    for path in sorted(FOLDER.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        owners: list[ast.Module | ast.ClassDef] = [tree]
        owners += [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        for owner in owners:
            for node in owner.body:
                if isinstance(node, Function) and not node.name.startswith("_") and takes_actor(node):
                    yield f"{path.relative_to(FOLDER).as_posix()}:{node.name}", node


def takes_actor(function: Function) -> bool:
    """Say whether a parameter is an `Actor`."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(isinstance(one.annotation, ast.Name) and one.annotation.id == "Actor" for one in parameters)


def declares(function: Function) -> bool:
    """Say whether a function is decorated with its permission or asks for it in its first lines."""
    named = [node for node in function.decorator_list if isinstance(node, ast.Call)]
    named += [
        node.value for node in function.body[:2] if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return any(isinstance(call.func, ast.Name) and call.func.id in {"permitted", "require"} for call in named)


def is_public(path: Path, function: Function) -> bool:
    """Say whether others may call a function: no underscore, and exported where its package lists what it exports."""
    exported = (path.parent / "__init__.py").read_text(encoding="utf-8")
    listed = "__all__" not in exported or f'"{function.name}"' in exported
    return listed and not function.name.startswith("_")


def test_every_service_function_declares_its_permission() -> None:
    """A function that is handed an actor asks what the actor may do before anything else.

    `require` itself asks, what begins with `may_` and the refusals only answer, and `Station.write` begins a unit of
    work for a service that asked.
    """
    undeclared = {name for name, function in public_functions() if not declares(function)}
    assert undeclared == {
        "permits.py:require", "people/records.py:may_edit", "people/records.py:may_export", "station.py:write",
        "planning/visit_record.py:may_see_ahead", "printed/place_list.py:may_print",
        "settings/access.py:edit_refusal", "settings/access.py:import_refusal", "settings/access.py:export_refusal",
    }  # fmt: skip


def test_a_service_function_that_opens_a_station_takes_an_actor() -> None:
    """Nothing reads or writes a station's data for nobody; steps inside a package that it does not export may."""
    without = []
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, Function) and is_public(path, node) and not takes_actor(node):
                kinds = {ast.unparse(one.annotation) for one in node.args.args if one.annotation is not None}
                without += [f"{path.name}:{node.name}"] if "Station" in kinds else []
    assert without == []


def test_who_may_is_let_through() -> None:
    """A permission held is no obstacle."""
    require(actor(Role.CLERK), Permission.DATA_IMPORT)


@pytest.mark.parametrize("role", [*(role for role in Role if role is not Role.CHIEF), "stranger"])
def test_who_may_not_is_told(role: str) -> None:
    """The sentence names the role and what it lacks, in both languages."""
    with pytest.raises(ForbiddenError) as caught:
        require(actor(role), Permission.STATION_MANAGE)
    assert "manage the station" in render(caught.value.message, "en")
    assert "管理本站" in render(caught.value.message, "zh")


def test_a_declaration_is_checked_before_the_function_runs() -> None:
    """However the actor is passed; and the declaration can be read."""
    ran: list[str] = []

    @permitted(Permission.PRINT)
    def work(what: str, actor: Actor) -> str:
        ran.append(what)
        return actor.name

    assert work("a", actor(Role.CLERK)) == "测试"
    assert work(actor=actor(Role.CLERK), what="b") == "测试"
    with pytest.raises(ForbiddenError):
        work("c", actor(Role.VIEWER))
    assert ran == ["a", "b"]
    assert vars(work)["permission"] is Permission.PRINT
