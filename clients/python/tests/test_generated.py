"""What protoc makes of the contract today is what is checked in, and types hold."""

import pathlib
import subprocess
import sys

import generate


def test_messages_and_stub_are_up_to_date():
    assert generate.stale() == [], "run clients/python/generate.py"


def test_types_hold():
    where = pathlib.Path(generate.__file__).parent
    checked = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=where, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
