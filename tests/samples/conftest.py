"""Townships that several tests look at."""

import pytest

from patrol_desk.samples import Sample, generate


@pytest.fixture(scope="session")
def small() -> Sample:
    """Return the small township of seed 1."""
    return generate("small", 1)


@pytest.fixture(scope="session")
def town() -> Sample:
    """Return the township of seed 1."""
    return generate("township", 1)
