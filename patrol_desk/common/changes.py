"""What a transaction changed, so that views re-read only that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Kinds and ids of the records a transaction touched.

    Parameters
    ----------
    by_kind
        Table name → ids. An empty set of ids means "many; re-read the kind".
    """

    by_kind: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: str, ids: Iterable[str] = ()) -> "ChangeSet":
        """Return a change set of one kind."""
        return cls({kind: frozenset(ids)})

    def __or__(self, other: "ChangeSet") -> "ChangeSet":
        """Return the union; "many" of a kind stays "many"."""
        merged = dict(self.by_kind)
        for kind, ids in other.by_kind.items():
            held = merged.get(kind)
            merged[kind] = ids if held is None else (held | ids if held and ids else frozenset())
        return ChangeSet(merged)

    def touches(self, kind: str) -> bool:
        """Say whether records of the kind changed."""
        return kind in self.by_kind

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return bool(self.by_kind)
