"""What the tests of grading need: isolation, and a teacher with little patience."""

import functools

import pytest
from nbgrader import api

from tools.grading import isolation, sandbox


@pytest.fixture(scope="session", autouse=True)
def nbgrader_in_a_hurry():
    """nbgrader starts a program to ask for its own version whenever it makes a gradebook."""
    api.get_alembic_version = functools.cache(api.get_alembic_version)


@pytest.fixture(scope="session")
def bubblewrap():
    """Fails, and does not skip, where there can be no isolation: untested isolation is none."""
    assert not (reason := isolation.unavailable_reason()), reason


@pytest.fixture(scope="session")
def impatient():
    """Endless cells are given up soon."""
    patience = sandbox.SECONDS | {"cell": 4, "call": 2, "submission": 12}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "SECONDS", patience)
        patch.setattr("tools.grading.session.SECONDS", patience)
        yield
