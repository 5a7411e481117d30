"""As much of JSON Schema as the shipped schemas use."""

import json
import re
from importlib import resources

Schema = dict[str, object]

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def shipped(kind: str) -> Schema:
    """Return one of the schemas in the package."""
    file = resources.files("patrol_desk.engine.formats") / "schemas" / f"{kind}.json"
    schema: Schema = json.loads(file.read_text(encoding="utf-8"))
    return schema


def faults(value: object, schema: Schema, path: str = "") -> list[str]:
    """Return where a value does not follow a schema."""
    options = schema.get("anyOf")
    if isinstance(options, list):
        return [] if any(not faults(value, option, path) for option in options) else [f"{path}: none fits"]
    if "const" in schema:
        return [] if value == schema["const"] else [f"{path}: not {schema['const']}"]
    found = [] if _typed(value, schema) else [f"{path}: not {schema.get('type')}"]
    if isinstance(value, dict):
        found += _in_object(value, schema, path)
    elif isinstance(value, list):
        found += _in_list(value, schema, path)
    elif isinstance(value, str):
        found += [] if re.search(str(schema.get("pattern", "")), value) else [f"{path}: pattern"]
        found += [] if _enum(value, schema) and len(value) >= _whole(schema, "minLength", 0) else [f"{path}: word"]
    elif isinstance(value, int):
        low, high = _whole(schema, "minimum", value), _whole(schema, "maximum", value)
        found += [] if low <= value <= high else [f"{path}: range"]
    return found


def _typed(value: object, schema: Schema) -> bool:
    names = schema.get("type")
    if names is None:
        return True
    several = names if isinstance(names, list) else [names]
    types = tuple(kind for name in several for kind in _TYPES[str(name)])
    return isinstance(value, types) and not (isinstance(value, bool) and "boolean" not in several)


def _enum(value: object, schema: Schema) -> bool:
    words = schema.get("enum")
    return not isinstance(words, list) or value in words


def _whole(schema: Schema, key: str, default: int) -> int:
    value = schema.get(key, default)
    assert isinstance(value, int)
    return value


def _in_object(value: dict[str, object], schema: Schema, path: str) -> list[str]:
    properties, more, required = (schema.get(key) for key in ("properties", "additionalProperties", "required"))
    assert isinstance(required, list | None)
    found = [f"{path}: lacks {name}" for name in required or () if name not in value]
    for name, item in value.items():
        inner = properties.get(name) if isinstance(properties, dict) else None
        if isinstance(inner, dict):
            found += faults(item, inner, f"{path}.{name}")
        elif isinstance(more, dict):
            found += faults(item, more, f"{path}.{name}")
        elif more is False:
            found.append(f"{path}: unknown {name}")
    return found


def _in_list(value: list[object], schema: Schema, path: str) -> list[str]:
    items = schema.get("items")
    assert isinstance(items, dict)
    found = [fault for number, item in enumerate(value) for fault in faults(item, items, f"{path}[{number}]")]
    low, high = _whole(schema, "minItems", 0), _whole(schema, "maxItems", len(value))
    return found if low <= len(value) <= high else [*found, f"{path}: length"]
