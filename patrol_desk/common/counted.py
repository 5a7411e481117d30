"""Numbers that count something."""

from typing_extensions import override


class Counted(int):
    """A number whose thousands are set apart when it is put into a sentence: 8,500."""

    @override
    def __format__(self, spec: str) -> str:
        return format(int(self), spec or ",")
