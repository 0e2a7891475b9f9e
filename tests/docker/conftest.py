"""The image, built once. Where no engine answers, every test here is left out and says so."""

import os

import docker_engine
import pytest


@pytest.fixture(scope="session")
def image():
    if not docker_engine.answers():
        pytest.skip("no Docker engine answers")
    # For quick work on the tests: an image that is there already.
    if named := os.environ.get("VERBATIM_IMAGE"):
        return named
    docker_engine.build("verbatim-test")
    return "verbatim-test"
