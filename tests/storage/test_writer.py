"""One thread writes, in order, and nothing queued is lost."""

import threading
from functools import partial

import pytest

from patrol_desk.storage.database import Database
from patrol_desk.storage.writer import Writer
from tests.helpers.stations import add_people, people


def test_work_is_done_in_order_on_one_other_thread(database: Database) -> None:
    """Each future has its own result; closing waits for all of them."""
    threads: set[str] = set()

    def work(number: int) -> int:
        threads.add(threading.current_thread().name)
        add_people(database, [number])
        return len(people(database))

    with Writer() as writer:
        futures = [writer.submit(partial(work, number)) for number in range(20)]
    assert [future.result(0) for future in futures] == list(range(1, 21))
    assert len(threads) == 1
    assert threading.current_thread().name not in threads


def test_an_error_goes_to_who_asked() -> None:
    """One failure does not stop what comes after it."""
    with Writer() as writer:
        wrong = writer.submit(lambda: 1 // 0)
        right = writer.submit(lambda: 7)
    assert isinstance(wrong.exception(), ZeroDivisionError)
    assert right.result() == 7


def test_nothing_is_taken_after_the_end() -> None:
    """Work handed in too late is refused, not forgotten."""
    writer = Writer()
    writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(lambda: None)
