"""What every test stands on: no window system, fixed example counts, and no unexpected log line."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Before any test imports Qt: a test never opens a real window, and prints the same on a desk and on a server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Speed is the machine's, not the code's: neither a deadline nor slow data makes a property wrong.
settings.register_profile(
    "default", max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--long``: the full counts."""
    parser.addoption("--long", action="store_true", help="run the full counts")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many examples a property test tries."""
    settings.load_profile("long" if config.getoption("--long") else "default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the tests marked ``first``, and leave out those marked ``long`` unless they were asked for."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("long")]


@pytest.fixture(scope="session")
def long_run(request: pytest.FixtureRequest) -> bool:
    """Tell whether the full counts were asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session", autouse=True)
def _application(qapp: object) -> None:
    """Make the application that windows need, before printing makes the smaller one that is enough for itself."""
    del qapp


@pytest.fixture(autouse=True)
def _no_unexpected_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse; one that expects it asserts on `caplog` and clears it."""
    yield
    records = [record for when in ("setup", "call") for record in caplog.get_records(when)]
    lines = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    if lines:
        pytest.fail("Unexpected log lines:\n" + "\n".join(lines), pytrace=False)
