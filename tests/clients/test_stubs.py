"""`buf generate` as users run it, with plugins of this machine in place of buf.build's.

That is out of reach of tests: what is checked is the file of settings, that the contract
generates in each language, and the packages that come out. TypeScript's plugin comes
only from registries of its own.
"""

import pathlib
import shutil
import subprocess

import pytest
import yaml

from conftest import ROOT

SETTINGS = yaml.safe_load((ROOT / "buf.gen.yaml").read_text())

# Debian packages of the programs: .ci/run installs them where it can.
LOCAL = {
    "protocolbuffers/python": "protoc",
    "protocolbuffers/pyi": "protoc",
    "protocolbuffers/java": "protoc",
    "grpc/python": "grpc_python_plugin",
    "protocolbuffers/go": "protoc-gen-go",
    "grpc/go": "protoc-gen-go-grpc",
    "grpc/java": "grpc_java_plugin",
}

FILES = {
    "protocolbuffers/python": ["python/verbatim/v1/text_analysis_pb2.py"],
    "protocolbuffers/pyi": ["python/verbatim/v1/text_analysis_pb2.pyi"],
    "grpc/python": ["python/verbatim/v1/text_analysis_pb2_grpc.py"],
    "protocolbuffers/go": ["go/verbatim/v1/text_analysis.pb.go"],
    "grpc/go": ["go/verbatim/v1/text_analysis_grpc.pb.go"],
    "protocolbuffers/java": ["java/com/example/verbatim/v1/AnalyzeRequest.java"],
    "grpc/java": ["java/com/example/verbatim/v1/TextAnalysisServiceGrpc.java"],
}


def name(plugin):
    return plugin["remote"].removeprefix("buf.build/")


def local(plugin):
    """The plugin as a program of this machine; None where there is none."""
    program = shutil.which(LOCAL.get(name(plugin), ""))
    if not program:
        return None
    kept = {key: value for key, value in plugin.items() if key != "remote"}
    if LOCAL[name(plugin)] == "protoc":
        return {"protoc_builtin": name(plugin).split("/")[1], "protoc_path": program, **kept}
    return {"local": program, **kept}


def test_the_settings_name_all_four_languages():
    names = {name(plugin) for plugin in SETTINGS["plugins"]}
    assert names == {*LOCAL, "bufbuild/es"}


PLUGINS = [plugin for plugin in SETTINGS["plugins"] if local(plugin)]


@pytest.mark.parametrize("plugin", PLUGINS, ids=name)
def test_stubs_are_one_command_away(plugin, tmp_path):
    template = tmp_path / "buf.gen.yaml"
    template.write_text(yaml.safe_dump({**SETTINGS, "plugins": [local(plugin)]}))
    made = subprocess.run(
        ["buf", "generate", "--template", template, "-o", tmp_path],
        cwd=ROOT, capture_output=True, text=True,
    )
    assert made.returncode == 0, made.stderr
    for file in FILES[name(plugin)]:
        written = pathlib.Path(tmp_path, "gen", file)
        assert "AnalyzeRequest" in written.read_text()
